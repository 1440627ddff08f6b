import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

type Environment = Readonly<Record<string, string | undefined>>;

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'msedge',
  'microsoft-edge',
];

/** Whether this account may run the file. */
export function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Browsers that macOS and Windows install outside PATH. */
function installed(environment: Environment, platform: NodeJS.Platform): string[] {
  if (platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (platform !== 'win32') return [];
  const folders = [
    environment['ProgramFiles'],
    environment['ProgramFiles(x86)'],
    environment['LOCALAPPDATA'],
  ];
  return folders
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]);
}

/** A Chromium to test in: from PATH, from where systems install one, then Playwright's own. null: none. */
export function findBrowser(
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  playwrightsOwn: string = chromium.executablePath(),
): string | null {
  const endings = platform === 'win32' ? ['.exe'] : [''];
  const onPath = (environment['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => commands.flatMap((name) => endings.map((ending) => join(folder, name + ending))));
  // A preferred name further down PATH loses to any name further up: what a person put first is what they use.
  const candidates = [...onPath, ...installed(environment, platform), playwrightsOwn];
  return candidates.find((path) => path !== '' && runnable(path)) ?? null;
}

/** The packages that bring a browser and one font on Debian. */
export const debianPackages = ['chromium', 'chromium-sandbox', 'fonts-dejavu-core'] as const;

/** The line that installs a browser here. */
export function installLine(onDebian: boolean): string {
  return onDebian
    ? `apt-get install -y --no-install-recommends ${debianPackages.join(' ')}`
    : 'npx playwright install chromium';
}
