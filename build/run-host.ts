import { createInterface } from 'node:readline';
import type { Child, Children } from './children.ts';
import { firstLine } from './electron-download.ts';
import { inProject, root } from './paths.ts';

/** The line the desktop app prints once its window is shown. */
export const readyLine = 'Cachedeck is ready';

export type DesktopResult =
  | { readonly started: true; readonly exitCode: number }
  /** As the middle of a sentence. */
  | { readonly started: false; readonly why: string };

/** Resolves with what came first: the ready line, the end of the process, or the time limit. Other lines are passed on. */
async function firstOf(child: Child, limitMs: number): Promise<'ready' | 'ended' | 'late'> {
  const { promise, resolve } = Promise.withResolvers<'ready' | 'ended' | 'late'>();
  const limit = setTimeout(() => resolve('late'), limitMs);
  void child.ended.then(() => resolve('ended'));
  if (child.process.stdout) {
    createInterface({ input: child.process.stdout }).on('line', (line) => {
      if (line === readyLine) resolve('ready');
      else process.stdout.write(`${line}\n`);
    });
  }
  const first = await promise;
  clearTimeout(limit);
  return first;
}

/** Runs the desktop app until it ends, or reports why it never became ready. */
export async function runDesktop(
  children: Children,
  binary: string,
  profile: string | null,
  limitMs = 15_000,
  app = root,
): Promise<DesktopResult> {
  const child = children.start(binary, [app], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: profile === null ? process.env : { ...process.env, CACHEDECK_PROFILE: profile },
  });
  // Kept back until the app is ready: if it never is, one sentence has to do.
  let complaint = '';
  let ready = false;
  child.process.stderr?.on('data', (chunk: Buffer) => {
    if (ready) process.stderr.write(chunk);
    else complaint = (complaint + String(chunk)).slice(-16_000);
  });
  const first = await firstOf(child, limitMs);
  if (first === 'ready') {
    ready = true;
    process.stderr.write(complaint);
    const { code } = await child.ended;
    return { started: true, exitCode: code ?? 1 };
  }
  if (first === 'late') {
    await children.end(child);
    return { started: false, why: `it was not ready after ${Math.round(limitMs / 1000)} s` };
  }
  const { code, signal, error } = await child.ended;
  // Another instance is running and has been told to show itself.
  if (code === 0) return { started: true, exitCode: 0 };
  const ending = error ? error.message : signal ? `ended by ${signal}` : `exit code ${code}`;
  const line = firstLine(complaint);
  return { started: false, why: line === null ? ending : `${ending}: ${line}` };
}

/** Runs the browser host until it ends; it reads the terminal itself (Enter prints a fresh link). */
export async function runBrowserHost(children: Children, args: readonly string[]): Promise<number> {
  const child = children.start(process.execPath, [inProject('out/serve/index.js'), ...args], {
    stdio: 'inherit',
  });
  const { code } = await child.ended;
  return code ?? 1;
}
