import type { Updater } from '../../electron/core/updates/updater.ts';

/** An updater that answers what the test says, when the test says so. */
export class ScriptedUpdater implements Updater {
  checks = 0;
  downloads = 0;
  installs = 0;
  /** Whether the last download was given up. */
  givenUp = false;
  #checking: PromiseWithResolvers<string | null> | null = null;
  #downloading: PromiseWithResolvers<void> | null = null;
  #onPercent: (percent: number) => void = () => {};
  /** What a check answers at once; undefined: when `found` or `failed` is called. */
  answer: string | null | Error | undefined = undefined;

  check(): Promise<string | null> {
    this.checks += 1;
    this.#checking = Promise.withResolvers();
    const { promise } = this.#checking;
    if (this.answer instanceof Error) this.failed(this.answer.message);
    else if (this.answer !== undefined) this.found(this.answer);
    return promise;
  }

  download(onPercent: (percent: number) => void, signal: AbortSignal): Promise<void> {
    this.downloads += 1;
    this.givenUp = false;
    this.#onPercent = onPercent;
    this.#downloading = Promise.withResolvers();
    const { promise, reject } = this.#downloading;
    signal.addEventListener('abort', () => {
      this.givenUp = true;
      reject(new Error('It was given up.'));
    });
    return promise;
  }

  install(): void {
    this.installs += 1;
  }

  found(version: string | null): void {
    this.#checking?.resolve(version);
  }

  /** What is under way fails. */
  failed(why: string): void {
    this.#checking?.reject(new Error(why));
    this.#downloading?.reject(new Error(why));
  }

  moved(percent: number): void {
    this.#onPercent(percent);
  }

  downloaded(): void {
    this.#downloading?.resolve();
  }
}
