import { spanText } from '../../../shared/model/age.ts';
import type { Failure } from '../../../shared/model/reading.ts';
import { resourceTitles } from '../../../shared/model/resources.ts';
import type { WatchedResource } from '../../../shared/model/resources.ts';

/** A resource that turned stale. Times in ms; `lastGood` wall clock. */
interface StaleItem {
  readonly key: WatchedResource;
  readonly age: number;
  readonly lastGood: number | null;
  readonly failure: Failure | null;
}

/** A resource that is live again after `wasStaleFor` ms. */
interface RecoveredItem {
  readonly key: WatchedResource;
  readonly wasStaleFor: number;
}

interface NoticeText {
  readonly title: string;
  readonly body: string;
}

/** @param timeOfDay writes a UTC ms as local time */
export function staleText(
  items: readonly StaleItem[],
  stillLive: readonly WatchedResource[],
  timeOfDay: (at: number) => string,
): NoticeText {
  const [only] = items;
  if (items.length === 1 && only) return singleStaleText(only, timeOfDay);
  const list = items.map((item) => `${resourceTitles[item.key]} (${spanText(item.age)})`).join(', ');
  const live =
    stillLive.length === 0
      ? ' Showing the old values.'
      : ` ${stillLive.map((key) => resourceTitles[key]).join(', ')} still live.`;
  return { title: `${items.length} sources are stale`, body: `${list}.${live}` };
}

export function recoveredText(items: readonly RecoveredItem[]): NoticeText {
  const [only] = items;
  if (items.length === 1 && only) {
    return {
      title: `${resourceTitles[only.key]} is live again`,
      body: `Was stale for ${spanText(only.wasStaleFor)}.`,
    };
  }
  const longest = Math.max(...items.map((item) => item.wasStaleFor));
  return {
    title: `${items.length} sources are live again`,
    body: `${items.map((item) => resourceTitles[item.key]).join(', ')}. Were stale for up to ${spanText(longest)}.`,
  };
}

function singleStaleText(item: StaleItem, timeOfDay: (at: number) => string): NoticeText {
  const title = resourceTitles[item.key];
  const tries = item.failure
    ? ` Last ${item.failure.count === 1 ? 'try' : `${item.failure.count} tries`} failed: ${item.failure.message}`
    : '';
  if (item.lastGood === null) {
    return {
      title: `No data yet from ${title}`,
      body: `Nothing received for ${spanText(item.age)}.${tries}`,
    };
  }
  const good = `Last good value ${spanText(item.age)} ago (${timeOfDay(item.lastGood)}).`;
  return { title: `${title} is stale`, body: `${good}${tries} Showing the old value.` };
}
