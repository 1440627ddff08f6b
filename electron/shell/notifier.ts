import { createHash } from 'node:crypto';
import type { Notification, NotificationConstructorOptions } from 'electron';
import type { AlertMessage } from '../../shared/contract/alerts.ts';
import type { DeliveryOutcome, MessageKind, SnoozeChoice } from '../../shared/model/alerts.ts';
import type { Log } from '../core/log.ts';
import type { PageRoute } from '../../shared/model/pages.ts';

type Shown = Pick<Notification, 'on' | 'show' | 'close'>;

export interface NotifierNeeds {
  readonly log: Log;
  readonly icon: string;
  readonly platform: NodeJS.Platform;
  /** null: the system shows none. */
  readonly create: ((options: NotificationConstructorOptions) => Shown) | null;
  /** Brings the window back on a page. */
  readonly open: (route: PageRoute) => void;
  readonly snooze: (keys: readonly string[], choice: SnoozeChoice) => void;
  readonly delivered: (id: number, outcome: DeliveryOutcome) => void;
}

/** Notifications that can still be clicked; most systems say when one is gone, but none promises it. */
const mostKept = 50;

/** What is still going on can be muted from its notification. */
const canSnooze: readonly MessageKind[] = ['firing', 'still', 'unstable'];
const snoozeButton = { label: 'Snooze 1 h', choice: '1h' } as const;

/**
 * Shows messages meant for the system as its notifications, and tells what became of each. A newer one replaces the
 * older of its tag, also one that goes another way: what the older says is over.
 */
export function createNotifier(needs: NotifierNeeds): (message: AlertMessage) => void {
  const { log, create, delivered } = needs;
  // Keeps them alive: a notification that was collected loses its click.
  const shown = new Map<string, Shown>();

  function show(message: AlertMessage, make: NonNullable<NotifierNeeds['create']>): void {
    const notification = make(optionsOf(message, needs));
    shown.set(message.tag, notification);
    const [oldest] = shown.keys();
    if (shown.size > mostKept && oldest !== undefined) shown.delete(oldest);
    const forget = (): void => {
      if (shown.get(message.tag) === notification) shown.delete(message.tag);
    };
    let told = false;
    notification.on('show', () => {
      if (!told) delivered(message.id, 'shown');
      told = true;
    });
    notification.on('click', () => needs.open(message.route));
    notification.on('action', ({ actionIndex }) => {
      if (actionIndex === 0) needs.open(message.route);
      else needs.snooze(message.keys, snoozeButton.choice);
    });
    notification.on('close', ({ reason }) => {
      // Windows keeps what timed out in its centre, where it can still be clicked.
      if (reason !== 'timedOut') forget();
    });
    notification.on('failed', (_event, error) => {
      forget();
      log.warn(`notification: not shown (${error})`); // unsigned on macOS; tray and page still tell
      delivered(message.id, 'failed');
    });
    notification.show();
  }

  return (message) => {
    const before = shown.get(message.tag);
    shown.delete(message.tag);
    before?.close(); // Linux has no ids that would replace it
    if (message.way !== 'system') return;
    if (create) show(message, create);
    else delivered(message.id, 'failed');
  };
}

function optionsOf(
  { tag, title, body, sound, severity, kind, keys }: AlertMessage,
  { icon, platform }: NotifierNeeds,
): NotificationConstructorOptions {
  const plain = { title, body, silent: !sound, icon };
  // A critical one stays until it is closed.
  if (platform === 'linux') return { ...plain, urgency: severity === 'bad' ? 'critical' : 'normal' };
  const id = idOf(tag);
  // Buttons look different or are missing elsewhere: there a click opens.
  if (platform !== 'darwin') return { ...plain, id };
  const texts = ['Open', ...(canSnooze.includes(kind) && keys.length > 0 ? [snoozeButton.label] : [])];
  return { ...plain, id, actions: texts.map((text) => ({ type: 'button', text })) };
}

/** Windows takes 64 characters, a tag may have more. */
function idOf(tag: string): string {
  return createHash('sha256').update(tag).digest('hex').slice(0, 32);
}
