import { spanText } from '../../../../shared/model/age.ts';
import { ruleSeverities } from '../../../../shared/model/alerts.ts';
import { resourceTitles, verbsOf, watchedResources } from '../../../../shared/model/resources.ts';
import type { WatchedResource } from '../../../../shared/model/resources.ts';
import { partsOfAlertKey } from '../rules/key.ts';
import type { OutgoingItem } from '../types.ts';
import { liveSources, readingOf } from './facts.ts';
import type { WordSources } from './facts.ts';
import { usualTitle } from './fit.ts';
import { namesOfKey } from './names.ts';
import { plainSpan } from './spans.ts';

export interface TitleAndBody {
  readonly title: string;
  readonly body: string;
}

type ItemText = (item: OutgoingItem) => TitleAndBody;

/** Several alerts in one message. */
export function groupText(
  items: readonly OutgoingItem[],
  textOf: ItemText,
  sources: WordSources,
): TitleAndBody {
  const stale = items.every(({ rule }) => rule === 'stale');
  if (stale && items.every(({ kind }) => kind === 'firing')) return staleGroup(items, sources);
  if (stale && items.every(({ kind }) => kind === 'recovered')) return liveGroup(items);
  const back = items.find(({ rule, kind }) => rule === 'unreachable' && kind === 'recovered');
  return back ? partlyBack(back, items, textOf) : mixedGroup(items, textOf);
}

function staleGroup(items: readonly OutgoingItem[], { factsOf }: WordSources): TitleAndBody {
  const sources = items.map(sourceOf).filter((one) => one !== null);
  const facts = items[0] ? factsOf(items[0].key) : null;
  const ageOf = (source: WatchedResource): string => {
    const age = facts ? readingOf(facts, source).age : null;
    return age === null ? 'no data yet' : spanText(age);
  };
  const list = sentenceList(sources.map((source) => [resourceTitles[source], ` (${ageOf(source)})`]));
  const live = facts ? liveSources(facts).find((source) => !sources.includes(source)) : undefined;
  const anyValue = facts !== null && sources.some((source) => readingOf(facts, source).age !== null);
  const rest =
    live !== undefined
      ? ` ${resourceTitles[live]} ${verbsOf(live).is} still live.`
      : anyValue
        ? ' Showing the old values.'
        : '';
  return { title: `${items.length} sources are stale`, body: `${list}.${rest}` };
}

function liveGroup(items: readonly OutgoingItem[]): TitleAndBody {
  const sources = items.map(sourceOf).filter((one) => one !== null);
  const longest = Math.max(...items.map(({ lasted }) => lasted));
  const list = sentenceList(sources.map((source) => [resourceTitles[source], '']));
  return {
    title: `${items.length} sources are live again`,
    body: `${list}. Were stale for up to ${plainSpan(longest)}.`,
  };
}

/** The backend answers again, but not all that hung on it is well. */
function partlyBack(back: OutgoingItem, items: readonly OutgoingItem[], textOf: ItemText): TitleAndBody {
  const { title, body } = textOf(back);
  const rest = items
    .filter((item) => item !== back)
    .map((item) =>
      item.kind === 'firing'
        ? `${namesOfKey(item.key, item.rule).stillSentence} (${plainSpan(item.lasted)}).`
        : `${textOf(item).title}.`,
    );
  return { title, body: [body, ...rest].join(' ') };
}

/** The worst in full, the others by their titles. */
function mixedGroup(items: readonly OutgoingItem[], textOf: ItemText): TitleAndBody {
  const [first, ...others] = items.toSorted((a, b) => rank(a) - rank(b));
  if (!first) return { title: '', body: '' };
  const { title, body } = textOf(first);
  const rest = others.map((item) => `${textOf(item).title}.`);
  return {
    title: usualTitle([`${title} and ${others.length} more`, title]),
    body: [body, ...rest].join(' '),
  };
}

const kinds: readonly OutgoingItem['kind'][] = ['firing', 'unstable', 'still', 'recovered', 'settled'];

function rank({ rule, kind }: OutgoingItem): number {
  const bad = rule === 'unreachable' ? 0 : ruleSeverities[rule] === 'bad' ? 1 : 2;
  return 3 * kinds.indexOf(kind) + bad;
}

function sourceOf({ key }: OutgoingItem): WatchedResource | null {
  const subject = partsOfAlertKey(key)?.subject;
  return watchedResources.find((one) => one === subject) ?? null;
}

/** Names at the start of a sentence: from the second on without their capital, unless it is an abbreviation's. */
function sentenceList(entries: readonly (readonly [name: string, after: string])[]): string {
  return entries
    .map(([name, after], index) => {
      const abbreviated = /^\p{Lu}{2}/u.test(name);
      const inside = index === 0 || abbreviated ? name : name.charAt(0).toLowerCase() + name.slice(1);
      return `${inside}${after}`;
    })
    .join(', ');
}
