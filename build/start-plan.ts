/** How the app will run. `reason`: why it is not the desktop, null when the browser was asked for. */
export type Plan =
  | { readonly host: 'desktop'; readonly binary: string }
  | { readonly host: 'browser'; readonly reason: string | null };

/** What the decision needs to know; each question is asked only when its answer matters. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  /** null where the system has no user ids. */
  readonly uid: number | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly browserWanted: boolean;
  findRuntime(): string | null;
  /** Whether the runtime can be had now. At most 3 s. */
  canDownload(): Promise<boolean>;
  /** null: it is there now. Otherwise why not, as the middle of a sentence. */
  download(): Promise<string | null>;
}

/** Whether a window could be shown at all. */
export function hasDisplay(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY']);
}

/** The one sentence for a person who gets the browser instead of the desktop. */
export function fallbackSentence(why: string): string {
  return `${why}, so Cachedeck opens in the browser instead.`;
}

function browser(why: string): Plan {
  return { host: 'browser', reason: fallbackSentence(why) };
}

/** Decides between desktop and browser; downloads the runtime at most once and only where it could start. */
export async function planStart(around: Surroundings): Promise<Plan> {
  if (around.browserWanted) return { host: 'browser', reason: null };
  if (!hasDisplay(around.platform, around.environment)) return browser('There is no display here');
  if (around.platform === 'linux' && around.uid === 0) {
    return browser('Electron does not run as root without giving up its sandbox');
  }
  const present = around.findRuntime();
  if (present !== null) return { host: 'desktop', binary: present };
  if (!(await around.canDownload())) {
    return browser('The Electron runtime is missing and its download server cannot be reached');
  }
  const failure = await around.download();
  if (failure !== null) return browser(`The Electron runtime could not be downloaded (${failure})`);
  const binary = around.findRuntime();
  if (binary === null) return browser('The Electron runtime was downloaded but cannot be run');
  return { host: 'desktop', binary };
}

/** What the command line of `npm start` and `npm run serve` asks for. */
export interface StartArguments {
  readonly browserWanted: boolean;
  readonly profile: string | null;
  /** As given, for the browser host. */
  readonly passedOn: readonly string[];
}

export const usage =
  'Usage: npm start -- [--profile <name>]\n' +
  '       npm run serve -- [--host <address>] [--port <number>] [--profile <name>] [--no-open]';

/** @throws Error whose message is for the person who typed the command. */
export function readArguments(args: readonly string[]): StartArguments {
  let browserWanted = false;
  let profile: string | null = null;
  const passedOn: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (word === '--browser') {
      browserWanted = true;
      continue;
    }
    if (word === '--no-open') {
      passedOn.push(word);
      continue;
    }
    const [name = '', joined] = word.split(/=(.*)/s, 2);
    if (!['--host', '--port', '--profile'].includes(name))
      throw new Error(`Unknown option ${word}.\n${usage}`);
    const value = joined ?? args[(at += 1)];
    if (value === undefined || value === '') throw new Error(`${name} needs a value.\n${usage}`);
    if (name === '--profile') profile = value;
    else if (!browserWanted && !args.includes('--browser')) {
      throw new Error(`${name} is for the browser host: use "npm run serve".\n${usage}`);
    }
    passedOn.push(name, value);
  }
  return { browserWanted, profile, passedOn };
}
