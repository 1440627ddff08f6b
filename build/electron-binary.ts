import { accessSync, constants, existsSync, readFileSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { inProject } from './paths.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where Electron's package puts its executable inside a runtime folder. */
export function executableName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // absent, or not meant to be run
  }
}

/**
 * Finds Electron's runtime without loading its package, which would start a download:
 * ELECTRON_OVERRIDE_DIST_PATH first, then what the package's installer left. null: there is none.
 */
export function findElectron(
  environment: Environment = process.env,
  packageFolder = inProject('node_modules/electron'),
  platform: NodeJS.Platform = process.platform,
): string | null {
  const override = environment['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) {
    const path = join(override, executableName(platform));
    return runnable(path) ? path : null;
  }
  const note = join(packageFolder, 'path.txt'); // written last, so a broken-off installation has none
  if (!existsSync(note)) return null;
  const path = join(packageFolder, 'dist', readFileSync(note, 'utf8').trim());
  return runnable(path) ? path : null;
}

/** The version of Electron's package, without a leading v. */
export function electronVersion(packageFolder = inProject('node_modules/electron')): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  if (typeof manifest === 'object' && manifest && 'version' in manifest) return String(manifest.version);
  throw new Error('The package electron has no version.');
}

/** Names of the runtime's archive as the package's downloader forms them. */
export function archiveName(version: string, platform: string, arch: string): string {
  return `electron-v${version}-${platform}-${arch}.zip`;
}

/** The address the runtime is downloaded from; a mirror of the environment or of npm's settings goes first. */
export function downloadUrl(
  environment: Environment,
  version: string,
  platform: string = process.platform,
  arch: string = process.arch,
): string {
  const mirror =
    environment['npm_config_electron_mirror'] ||
    environment['ELECTRON_MIRROR'] ||
    'https://github.com/electron/electron/releases/download/';
  const folder =
    environment['npm_config_electron_custom_dir'] || environment['ELECTRON_CUSTOM_DIR'] || `v${version}`;
  return `${mirror}${folder.replace('{{ version }}', version)}/${archiveName(version, platform, arch)}`;
}

function cacheFolder(environment: Environment, platform: NodeJS.Platform): string {
  const own = environment['electron_config_cache'];
  if (own) return own;
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'electron');
  if (platform === 'win32') {
    return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'electron', 'Cache');
  }
  return join(environment['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'electron');
}

/** Whether an earlier download lies in the downloader's cache, so that no network is needed. */
export function archiveCached(
  environment: Environment,
  version: string,
  platform: NodeJS.Platform = process.platform,
  arch: string = process.arch,
): boolean {
  const folder = cacheFolder(environment, platform);
  const archive = archiveName(version, platform, arch);
  if (!existsSync(folder)) return false;
  return readdirSync(folder).some((entry) => existsSync(join(folder, entry, archive)));
}
