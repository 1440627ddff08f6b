import { everyAlert } from '../../shared/model/alerts.ts';
import type { AppCore } from '../core/ports.ts';
import type { Log } from '../core/log.ts';
import { pauseOf, snoozeOf } from '../core/tray/tray-model.ts';
import type { TrayAction } from './tray.ts';

/** Does an entry of the tray or the menu; `choice` is the value chosen from its submenu. */
export type RunAction = (action: TrayAction, choice?: string) => void;

/** What an entry of the tray or the menu does: the core's part there, opening and quitting here. */
export function createActions(
  core: Pick<AppCore, 'refreshAll' | 'setPaused' | 'snooze' | 'unsnooze'>,
  shell: { readonly show: () => void; readonly quit: () => void },
  log: Log,
): RunAction {
  return (action, choice) => {
    switch (action) {
      case 'refresh':
        core.refreshAll().catch((error: unknown) => {
          log.error(`refresh: ${error instanceof Error ? error.message : 'failed without a reason'}`);
        });
        return;
      case 'pause':
        return core.setPaused(true, pauseOf(choice));
      case 'resume':
        return core.setPaused(false);
      case 'snooze': {
        const until = snoozeOf(choice);
        if (until) core.snooze([everyAlert], until);
        return;
      }
      case 'unsnooze':
        return core.unsnooze([everyAlert]);
      case 'open':
        return shell.show();
      case 'quit':
        return shell.quit();
    }
  };
}
