import type { AlertMessage } from '../../shared/contract/alerts.ts';
import type { DeliveryOutcome } from '../../shared/model/alerts.ts';
import type { Client } from '../../shared/rpc/client.ts';
import { followNews, toTell } from './news.ts';
import { notificationPermission } from './permission.ts';

/** Held by the tab that shows notifications; the browser passes it on when that tab closes. */
const lockName = 'cachedeck-notifications';
const icon = '/notification.png';

/** Calls `lead` once this tab is the one that shows notifications: at once where tabs cannot agree. */
function whenLeading(signal: AbortSignal, lead: () => void): void {
  if (!('locks' in navigator)) return lead();
  const held = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => held.resolve());
  navigator.locks
    .request(lockName, { signal }, async () => {
      if (signal.aborted) return;
      lead();
      await held.promise;
    })
    .catch(() => {
      if (!signal.aborted) lead(); // locks are denied here
    });
}

/**
 * Shows what main wants shown as notifications of the system: in the browser host, and in exactly one of its tabs. In
 * the desktop app the shell does it. Returns the way to stop.
 */
export function followSystemMessages(client: Client): () => void {
  const stopped = new AbortController();
  /** By tag; also keeps them alive: a notification that was collected loses its click. */
  const shown = new Map<string, Notification>();
  let inBrowser: Promise<boolean> | null = null;

  function ours(): Promise<boolean> {
    inBrowser ??= client.call('app.info', {}).then(
      ({ host }) => host === 'browser',
      () => {
        inBrowser = null;
        return false;
      },
    );
    return inBrowser;
  }

  function report({ id }: AlertMessage, outcome: DeliveryOutcome): void {
    // Main takes no word for an outcome that nobody knows; there is nothing to add here.
    client.call('alerts.delivered', { id, outcome }).catch(() => {});
  }

  function show(message: AlertMessage): void {
    const { title, body, tag, route, sound } = message;
    if (notificationPermission() !== 'granted') return report(message, 'no-permission');
    shown.get(tag)?.close(); // one that takes another's place makes no stir of its own
    try {
      const notification = new Notification(title, { body, tag, silent: !sound, icon });
      shown.set(tag, notification);
      const forget = (): void => {
        if (shown.get(tag) === notification) shown.delete(tag);
      };
      notification.addEventListener('show', () => report(message, 'shown'));
      notification.addEventListener('error', () => {
        forget();
        report(message, 'failed');
      });
      notification.addEventListener('close', forget);
      notification.addEventListener('click', () => {
        window.focus();
        window.location.hash = route;
        notification.close();
      });
    } catch {
      report(message, 'failed'); // browsers of phones have the name but not the thing
    }
  }

  async function tell(messages: readonly AlertMessage[]): Promise<void> {
    if (messages.length === 0 || !(await ours())) return;
    for (const message of messages) show(message);
  }

  whenLeading(stopped.signal, () => {
    const stop = followNews(client, (news) => void tell(toTell(news, 'system')));
    stopped.signal.addEventListener('abort', stop);
  });
  return () => stopped.abort();
}
