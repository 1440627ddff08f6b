import type { AppCore } from '../core/ports.ts';
import type { Log } from '../core/log.ts';
import type { TrayAction } from './tray.ts';

/** What an entry of the tray or the menu does: the core's part there, opening and quitting here. */
export function createActions(
  core: Pick<AppCore, 'refreshAll' | 'setPaused'>,
  shell: { readonly show: () => void; readonly quit: () => void },
  log: Log,
): (action: TrayAction) => void {
  return (action) => {
    switch (action) {
      case 'refresh':
        core.refreshAll().catch((error: unknown) => {
          log.error(`refresh: ${error instanceof Error ? error.message : 'failed without a reason'}`);
        });
        return;
      case 'pause':
        return core.setPaused(true);
      case 'resume':
        return core.setPaused(false);
      case 'snooze':
      case 'unsnooze':
        return; // offered once the alert service is there
      case 'open':
        return shell.show();
      case 'quit':
        return shell.quit();
    }
  };
}
