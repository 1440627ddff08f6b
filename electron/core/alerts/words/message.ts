import type { AlertMessage } from '../../../../shared/contract/alerts.ts';
import { ruleSeverities } from '../../../../shared/model/alerts.ts';
import type { Severity } from '../../../../shared/model/events.ts';
import { partsOfAlertKey } from '../rules/key.ts';
import type { Outgoing, OutgoingItem } from '../types.ts';
import { alertDetail } from './detail.ts';
import type { WordSources } from './facts.ts';
import { fitBody, fitTitle } from './fit.ts';
import { groupText } from './group.ts';
import type { TitleAndBody } from './group.ts';
import { alertTitle, namesOfKey } from './names.ts';
import { aheadSpan, plainSpan } from './spans.ts';
import { tagOf } from './tag.ts';

export type MessageText = Pick<AlertMessage, 'title' | 'body' | 'severity' | 'tag' | 'route' | 'keys'>;

/** The most keys a message names; see the contract. */
const mostKeys = 50;

/** A message in words: what happened, how old it is, what follows from it. */
export function messageText(outgoing: Outgoing, sources: WordSources): MessageText {
  const { items } = outgoing;
  const [only] = items;
  const text =
    outgoing.kind === 'digest'
      ? digestText(items)
      : only && items.length === 1
        ? itemText(only, outgoing, sources)
        : groupText(items, (item) => itemText(item, outgoing, sources), sources);
  return {
    title: fitTitle(text.title),
    body: fitBody(text.body),
    severity: worst(items.map(severityOf)),
    tag: tagOf(outgoing),
    route:
      items.length > 0 && items.every(({ rule }) => rule === 'session-expiring') ? '#/sessions' : '#/alerts',
    keys: items.map(({ key }) => key).slice(0, mostKeys),
  };
}

/** What "Send test notification" sends. */
export function testText(): MessageText {
  return {
    title: 'Test notification',
    body: 'Alerts arrive like this one. A click opens Cachedeck.',
    severity: 'info',
    tag: 'test',
    route: '#/alerts',
    keys: [],
  };
}

function itemText(item: OutgoingItem, outgoing: Outgoing, sources: WordSources): TitleAndBody {
  const names = namesOfKey(item.key, item.rule);
  const { times } = sources;
  const calm = plainSpan(times.flapCalm);
  switch (item.kind) {
    case 'firing':
      return firingText(item, sources);
    case 'recovered':
      return { title: names.recovered, body: `${names.lasted} ${plainSpan(item.lasted)}.` };
    case 'still': {
      const number = `Reminder ${item.reminder} of ${times.reminders}.`;
      const next =
        item.nextReminderAt === null
          ? 'It is the last.'
          : `Next in ${aheadSpan(item.nextReminderAt - outgoing.at)}.`;
      return {
        title: `${names.still} (${plainSpan(item.lasted)})`,
        body: `${number} ${next} Snooze / Open.`,
      };
    }
    case 'unstable': {
      const change = `${ordinal(times.flapEntries)} change in ${plainSpan(times.flapWindow)}.`;
      return {
        title: names.unstable,
        body: `${change} Quiet until it holds still for ${calm}.`,
      };
    }
    case 'settled': {
      const now = item.state === null ? names.well : names.ill;
      const changes = item.changes === 1 ? '1 change' : `${item.changes} changes`;
      return { title: names.settled, body: `${now} for ${calm} after ${changes}.` };
    }
  }
}

function firingText(item: OutgoingItem, sources: WordSources): TitleAndBody {
  const parts = partsOfAlertKey(item.key);
  const facts = sources.factsOf(item.key);
  if (!parts) return { title: namesOfKey(item.key, item.rule).firing, body: '' };
  return { title: alertTitle(parts, facts), body: alertDetail(parts, facts, sources) };
}

function digestText(items: readonly OutgoingItem[]): TitleAndBody {
  const active = items.filter(isActive).length;
  const recovered = items.length - active;
  const parts = [
    ...(active > 0 ? [`${active} still active`] : []),
    ...(recovered > 0 ? [`${recovered} recovered`] : []),
  ];
  const alerts = items.length === 1 ? '1 alert' : `${items.length} alerts`;
  return { title: `${alerts} while notifications were held`, body: `${parts.join(', ')}. Open Alerts.` };
}

/** How bad what an item tells is: good news is none. */
function severityOf(item: OutgoingItem): Severity {
  switch (item.kind) {
    case 'firing':
    case 'still':
      return isActive(item) ? ruleSeverities[item.rule] : 'info';
    case 'unstable':
      return 'attention';
    case 'settled':
      return isActive(item) ? ruleSeverities[item.rule] : 'info';
    case 'recovered':
      return 'info';
  }
}

function isActive({ kind, state }: OutgoingItem): boolean {
  return kind !== 'recovered' && (state === 'firing' || state === 'recovering');
}

function worst(severities: readonly Severity[]): Severity {
  if (severities.includes('bad')) return 'bad';
  return severities.includes('attention') ? 'attention' : 'info';
}

const ordinals = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth'] as const;

function ordinal(n: number): string {
  return ordinals[n - 1] ?? `${n}th`;
}
