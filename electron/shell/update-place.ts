import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { App } from 'electron';
import type { Place } from './update-owner.ts';

const run = promisify(execFile);
/** Where Homebrew keeps its records, on Apple's processors and on Intel's. */
const caskrooms = ['/opt/homebrew/Caskroom/cachedeck', '/usr/local/Caskroom/cachedeck'];

export interface PlaceNeeds {
  readonly app: Pick<App, 'isPackaged' | 'isInApplicationsFolder'>;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly executable: string;
  /** Electron's resources folder. */
  readonly resources: string;
  readonly windowsStore: boolean;
}

/** Looks where this copy is; see update-owner.ts for what follows from it. */
export async function placeOf(needs: PlaceNeeds): Promise<Place> {
  const { app, platform, environment, executable, resources, windowsStore } = needs;
  const mac = platform === 'darwin' && app.isPackaged;
  // Elsewhere they are Electron's own.
  const resource = (name: string): string | null => (app.isPackaged ? join(resources, name) : null);
  const source = resource('app-update.yml');
  return {
    platform,
    packaged: app.isPackaged,
    environment,
    executable,
    packageType: packageType(resource('package-type')),
    hasSource: source !== null && existsSync(source),
    windowsStore,
    mac: {
      inApplications: mac && app.isInApplicationsFolder(),
      signed: mac && (await isSigned(executable)),
      cask: mac && caskrooms.some((folder) => existsSync(folder)),
    },
  };
}

function packageType(file: string | null): string | null {
  if (file === null || !existsSync(file)) return null;
  return readFileSync(file, 'utf8').trim().slice(0, 40) || null;
}

/** Asks macOS' own tool, which writes to standard error. An ad-hoc signature names no team. */
async function isSigned(executable: string): Promise<boolean> {
  try {
    const { stderr } = await run('/usr/bin/codesign', ['-dv', executable], { timeout: 2000 });
    return namesTeam(stderr);
  } catch {
    return false; // not signed at all
  }
}

/** Whether what `codesign -dv` says names who signed it. */
export function namesTeam(said: string): boolean {
  return /^TeamIdentifier=(?!not set)\S+/m.test(said);
}
