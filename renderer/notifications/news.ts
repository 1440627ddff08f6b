import type { AlertMessage } from '../../shared/contract/alerts.ts';
import type { Client } from '../../shared/rpc/client.ts';

/** Of what came while the page could not hear main, so many are told one by one; the bell has them all. */
const mostAtOnce = 3;

/** Numbers begin anew with each run of the app: the time makes them one of a kind. */
function nameOf({ id, at }: AlertMessage): string {
  return `${at} ${id}`;
}

/**
 * Calls `onNews` with the messages that were not there before, oldest first. Those of before the first look are none.
 * Returns the way to stop.
 */
export function followNews(client: Client, onNews: (news: readonly AlertMessage[]) => void): () => void {
  let known: ReadonlySet<string> | null = null;
  return client.subscribe('alerts.messages', (messages) => {
    const before = known;
    known = new Set(messages.map(nameOf));
    const news = before === null ? [] : messages.filter((message) => !before.has(nameOf(message)));
    if (news.length > 0) onNews(news);
  });
}

/** Those of the news that are told one by one. */
export function toTell(news: readonly AlertMessage[], way: AlertMessage['way']): readonly AlertMessage[] {
  return news.filter((message) => message.way === way).slice(-mostAtOnce);
}
