import { SourceError } from './source-error.ts';

/**
 * One question with one answer for all callers: asked on first need, joined while it runs, kept until forgotten.
 * A failed question is not kept. It is given up when the last caller has stopped waiting.
 */
export class SharedAnswer<T> {
  readonly #ask: (signal: AbortSignal) => Promise<T>;
  #running: { promise: Promise<T>; stop: AbortController; waiting: number } | null = null;
  #answer: { value: T } | null = null;

  constructor(ask: (signal: AbortSignal) => Promise<T>) {
    this.#ask = ask;
  }

  forget(): void {
    this.#answer = null;
  }

  /** @throws what the question threw, or the caller's own abort reason. */
  async get(signal: AbortSignal): Promise<T> {
    if (this.#answer) return this.#answer.value;
    signal.throwIfAborted();
    this.#running ??= this.#start();
    const run = this.#running;
    run.waiting += 1;
    try {
      return await untilAborted(run.promise, signal);
    } finally {
      run.waiting -= 1;
      if (run.waiting === 0 && this.#running === run) {
        this.#running = null;
        run.stop.abort(new SourceError('cancelled', 'Nobody waits for the answer any more.'));
      }
    }
  }

  #start(): { promise: Promise<T>; stop: AbortController; waiting: number } {
    const stop = new AbortController();
    const promise = this.#ask(stop.signal).then((value) => {
      if (!stop.signal.aborted) this.#answer = { value };
      return value;
    });
    return { promise, stop, waiting: 0 };
  }
}

/** The promise's outcome, or the signal's reason when that comes first. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
