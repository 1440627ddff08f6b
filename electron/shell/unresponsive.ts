import type { MessageBoxOptions, WebContents } from 'electron';
import type { Cancel, Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';

/** ms a page may be busy before somebody is asked about it. */
export const patience = 30_000;

export interface UnresponsiveNeeds {
  readonly contents: Pick<WebContents, 'on'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Shows a native message box; resolves with the button's index, the cancel one when `signal` ends it. */
  readonly ask: (options: MessageBoxOptions) => Promise<{ readonly response: number }>;
  readonly restart: () => void;
}

/** Asks what to do about a page that does not respond for long: wait, again as long, or reload it. */
export function watchUnresponsive({ contents, clock, log, ask, restart }: UnresponsiveNeeds): void {
  let busy = false;
  let cancel: Cancel = () => {};
  let question: AbortController | null = null;

  function wait(): void {
    cancel = clock.after(patience, () => {
      askPerson().catch((error: unknown) => {
        log.error(`page: could not ask (${error instanceof Error ? error.message : 'no reason'})`);
      });
    });
  }

  async function askPerson(): Promise<void> {
    const asked = new AbortController();
    question = asked;
    const { response } = await ask({
      type: 'warning',
      message: 'The page does not respond',
      detail: 'Cachedeck itself goes on watching. Reloading the page loses nothing that was saved.',
      buttons: ['Wait', 'Reload'],
      defaultId: 0,
      cancelId: 0,
      signal: asked.signal,
    });
    if (question !== asked) return; // it recovered meanwhile
    question = null;
    if (response === 1) restart();
    else wait();
  }

  function over(): void {
    busy = false;
    cancel();
    question?.abort();
    question = null;
  }

  contents.on('unresponsive', () => {
    if (busy) return;
    busy = true;
    log.warn('page: does not respond');
    wait();
  });
  contents.on('responsive', () => {
    log.info('page: responds again');
    over();
  });
  contents.on('render-process-gone', over);
  contents.on('destroyed', over);
}
