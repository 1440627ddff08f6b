import type { BrowserWindow, MessageBoxOptions } from 'electron';
import type { CloseChoice } from '../../shared/model/settings.ts';
import type { Log } from '../core/log.ts';

export interface CloseNeeds {
  /** Others are open: then closing this one closes it. */
  readonly isLast: () => boolean;
  readonly trayPresent: () => boolean;
  readonly quitting: () => boolean;
  /** The setting, as it is now. */
  readonly onClose: () => CloseChoice;
  /** Keeps the answer; throws when it cannot be stored. */
  readonly remember: (choice: Exclude<CloseChoice, 'ask'>) => void;
  readonly ask: (
    options: MessageBoxOptions,
  ) => Promise<{ readonly response: number; readonly checkboxChecked: boolean }>;
  readonly quit: () => void;
  readonly log: Log;
}

/** The buttons of the question, in order. The last one is Escape: nothing happens, and the next close asks again. */
const answers = ['tray', 'quit', null] as const;

/**
 * What closing the last window does: hides it in the tray or ends the app, as the setting says; the first time it asks.
 * Without a tray it ends the app and never asks: from a hidden window there would be no way back.
 */
export function handleClose(window: Pick<BrowserWindow, 'on' | 'hide'>, needs: CloseNeeds): void {
  let asking = false;

  window.on('close', (event) => {
    if (needs.quitting() || !needs.isLast() || !needs.trayPresent()) return;
    const choice = needs.onClose();
    if (choice === 'quit') return;
    event.preventDefault();
    if (choice === 'tray') return window.hide();
    if (asking) return;
    asking = true;
    askOnce()
      .catch((error: unknown) => needs.log.error(`window: could not ask (${reasonOf(error)})`))
      .finally(() => (asking = false));
  });

  async function askOnce(): Promise<void> {
    const { response, checkboxChecked } = await needs.ask({
      type: 'question',
      message: 'Keep Cachedeck running in the tray?',
      detail: 'It goes on watching there and tells when data turns stale. Settings can change this later.',
      buttons: ['Keep running in the tray', 'Quit', 'Cancel'],
      defaultId: 0,
      cancelId: 2,
      checkboxLabel: "Don't ask again",
      checkboxChecked: true,
    });
    const choice = answers[response] ?? null;
    if (choice === null) return;
    if (checkboxChecked) remember(choice);
    if (choice === 'quit') needs.quit();
    else if (needs.trayPresent()) window.hide(); // it may have gone while the question stood
  }

  /** An answer that cannot be kept still counts this time. */
  function remember(choice: Exclude<CloseChoice, 'ask'>): void {
    try {
      needs.remember(choice);
    } catch (error) {
      needs.log.warn(`window: the answer could not be kept (${reasonOf(error)})`);
    }
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'no reason given';
}
