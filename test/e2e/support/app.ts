import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inProject } from '../../../build/paths.ts';
import { posix } from '../../support/posix.ts';

const linkPattern = /http:\S+\/login\?code=\S+/;

/** The built browser host, run as a user runs it. */
export interface RunningApp {
  /** A fresh one-time link, by Enter in its terminal. */
  link(): Promise<string>;
  /** Everything it printed so far. */
  output(): string;
  /** It stands still, as on a computer that sleeps, until `thaw`. Not on Windows. */
  freeze(): void;
  thaw(): void;
  /** Ctrl-C; on Windows, where no process can send one, as `kill`. Resolves with the ms it took to end. */
  stop(): Promise<number>;
  /** Ends it at once, as a crash or a power cut does. What it kept stays where the test chose the data folder. */
  kill(): Promise<void>;
  /** ms from the start of the process to the first link. */
  readonly readyMs: number;
}

/**
 * Starts the built browser host on a port of the system's choice. `environment` is all it sees of `CACHEDECK_*`: in a
 * data folder of its own unless one is given, and on the demo unless it names an address or, empty, no profile.
 */
export async function startApp(
  environment: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<RunningApp> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('CACHEDECK_'));
  const folder =
    environment['CACHEDECK_DATA'] === undefined ? mkdtempSync(join(tmpdir(), 'cachedeck-')) : null;
  const ours = {
    ...(folder === null ? {} : { CACHEDECK_DATA: folder }),
    ...(environment['CACHEDECK_ORCHESTRATOR_URL'] === undefined ? { CACHEDECK_PROFILE: 'demo' } : {}),
  };
  const began = performance.now();
  const child = spawn(process.execPath, [inProject('out/serve/index.js'), '--no-open', ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...Object.fromEntries(inherited), ...ours, ...environment },
  });
  const lines = new Lines(child);
  let unused: string | null = await lines.next(linkPattern);
  const readyMs = performance.now() - began;
  return {
    readyMs,
    async link() {
      const link = unused;
      unused = null;
      if (link !== null) return link;
      const fresh = lines.next(linkPattern);
      child.stdin?.write('\n');
      return fresh;
    },
    output: () => lines.all.join('\n'),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    async kill() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      const asked = performance.now();
      if (child.exitCode === null && child.signalCode === null) {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        if (posix) child.kill('SIGCONT');
        child.kill('SIGINT');
        await ended;
      }
      const ms = performance.now() - asked;
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
      return ms;
    },
  };
}

/** What a process prints, line by line. */
class Lines {
  readonly all: string[] = [];
  #waiting: { pattern: RegExp; resolve: (text: string) => void; reject: (error: Error) => void }[] = [];

  constructor(child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.#take(line));
    }
    child.once('exit', (code) => {
      const error = new Error(`The app ended with ${code}:\n${this.all.join('\n')}`);
      for (const { reject } of this.#waiting) reject(error);
    });
  }

  /** The next part of a line that matches. */
  next(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => this.#waiting.push({ pattern, resolve, reject }));
  }

  #take(line: string): void {
    this.all.push(line);
    this.#waiting = this.#waiting.filter(({ pattern, resolve }) => {
      const match = pattern.exec(line);
      if (match) resolve(match[0]);
      return !match;
    });
  }
}
