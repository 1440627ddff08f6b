import type { Notification, NotificationConstructorOptions } from 'electron';
import type { Notice } from '../../shared/contract/app.ts';
import type { Log } from '../core/log.ts';

type Shown = Pick<Notification, 'on' | 'show' | 'close'>;

export interface NotifierNeeds {
  readonly log: Log;
  readonly icon: string;
  readonly create: (options: NotificationConstructorOptions) => Shown;
  /** A click brings the window back. */
  readonly onClick: () => void;
}

/** Two notices about the same resources are about the same thing, whatever they say. */
export function noticeKey(notice: Pick<Notice, 'resources'>): string {
  return notice.resources.toSorted().join(' ');
}

/** Shows notices of the core as system notifications, silently; a newer one replaces the older of its key. */
export function createNotifier({ log, icon, create, onClick }: NotifierNeeds): (notice: Notice) => void {
  // Also keeps them alive: a notification that was collected loses its click.
  const shown = new Map<string, Shown>();
  return (notice) => {
    const id = noticeKey(notice);
    shown.get(id)?.close(); // Linux has no ids that would replace it
    const notification = create({ id, title: notice.title, body: notice.body, silent: true, icon });
    shown.set(id, notification);
    const forget = (): void => {
      if (shown.get(id) === notification) shown.delete(id);
    };
    notification.on('click', () => {
      forget();
      onClick();
    });
    notification.on('close', forget);
    notification.on('failed', (_event, error) => {
      forget();
      log.warn(`notification: not shown (${error})`); // unsigned on macOS; tray and page still tell
    });
    notification.show();
  };
}
