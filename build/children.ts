import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';

/** How a child ended. `code` is null when a signal ended it or when it could not be started. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be started. */
  readonly error: Error | null;
}

export interface Child {
  readonly process: ChildProcess;
  /** Never rejects. */
  readonly ended: Promise<Ending>;
}

/** Long enough for a clean end, short enough that everything is gone within a second on a busy machine too. */
const graceMs = 700;

/** Every process a command started, so that none outlives it. */
export class Children {
  readonly #running = new Set<Child>();
  #stopping = false;

  /** Starts a process. Once `stop` was called nothing starts any more: the ending says so. */
  start(command: string, args: readonly string[], options: SpawnOptions = {}): Child {
    if (this.#stopping) throw new Error('Stopping: nothing is started any more.');
    const child = spawn(command, args, options);
    const ended = new Promise<Ending>((resolve) => {
      child.once('error', (error) => {
        // A failed kill reports here too; only a failed start has no process id.
        if (child.pid === undefined) resolve({ code: null, signal: null, error });
      });
      child.once('exit', (code, signal) => resolve({ code, signal, error: null }));
    });
    const entry: Child = { process: child, ended };
    this.#running.add(entry);
    void ended.then(() => this.#running.delete(entry));
    return entry;
  }

  /**
   * Ends one process: asks it, and kills it when it is not gone after the grace time. On Windows each signal kills, but
   * a Ctrl-C has reached every process of the terminal by itself: there it is only waited for.
   */
  async end(child: Child, grace = graceMs, platform: NodeJS.Platform = process.platform): Promise<void> {
    if (!this.#running.has(child)) return;
    if (platform !== 'win32') child.process.kill('SIGTERM');
    const killer = setTimeout(() => child.process.kill('SIGKILL'), grace);
    await child.ended;
    clearTimeout(killer);
  }

  /** Ends all of them within a second, and lets none start after. */
  async stop(grace = graceMs): Promise<void> {
    this.#stopping = true;
    await Promise.all([...this.#running].map((child) => this.end(child, grace)));
  }

  /** Kills all of them without waiting: for the last moment of this process. */
  kill(): void {
    this.#stopping = true;
    for (const child of this.#running) child.process.kill('SIGKILL');
  }

  get stopping(): boolean {
    return this.#stopping;
  }
}

/**
 * Runs `stop` at the first Ctrl-C, termination or closed terminal, then exits with 0: the person asked for it.
 * A second signal does not wait.
 */
export function stopOnSignal(stop: () => Promise<void>): void {
  let asked = false;
  const onSignal = (): void => {
    if (asked) process.exit(0);
    asked = true;
    void stop().finally(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
}
