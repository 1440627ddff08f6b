import type { Cancel, Clock } from '../clock.ts';
import type { SessionFiles } from './session-files.ts';
import type { StoredSession } from './stored-session.ts';

/** ms from a change to its write: the fields of one user come in one after the other. */
const delay = 250;
/** ms between two files: each write waits for the disk, and so does everything else of main. */
const pause = 10;

interface SaverOptions {
  readonly clock: Clock;
  readonly files: SessionFiles;
  /** What to write of a user; null: there is nothing to keep. */
  readonly content: (ref: string) => StoredSession | null;
}

/** Writes changed sessions a little later, one at a time. */
export class SessionSaver {
  readonly #options: SaverOptions;
  readonly #changed = new Set<string>();
  /** Tried again with the next change: a full disk is not freed by asking often. */
  readonly #failed = new Set<string>();
  #timer: Cancel | null = null;
  #stopped = false;

  constructor(options: SaverOptions) {
    this.#options = options;
  }

  changed(ref: string): void {
    if (this.#stopped) return;
    this.#changed.add(ref);
    for (const failed of this.#failed) this.#changed.add(failed);
    this.#failed.clear();
    this.#plan(delay);
  }

  /** Writes a user's file now. */
  save(ref: string): void {
    this.#changed.delete(ref);
    this.#failed.delete(ref);
    const content = this.#options.content(ref);
    if (content === null) this.#options.files.remove(ref);
    else if (!this.#options.files.write(ref, content)) this.#failed.add(ref);
  }

  /** Removes all there is of a user. */
  forget(ref: string): void {
    this.#changed.delete(ref);
    this.#failed.delete(ref);
    this.#options.files.forget(ref);
  }

  forgetAll(): void {
    this.#changed.clear();
    this.#failed.clear();
    this.#options.files.forgetAll();
  }

  /** Writes what has changed, all of it, and nothing more after that. */
  stop(): void {
    this.#timer?.();
    this.#timer = null;
    for (const ref of [...this.#changed, ...this.#failed]) this.save(ref);
    this.#stopped = true;
  }

  #plan(ms: number): void {
    this.#timer ??= this.#options.clock.after(ms, () => {
      this.#timer = null;
      const [next] = this.#changed;
      if (next !== undefined) this.save(next);
      if (this.#changed.size > 0) this.#plan(pause);
    });
  }
}
