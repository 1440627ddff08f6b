import type { Warming } from '../../../shared/contract/tuning.ts';
import { titleOfKey } from '../../../shared/model/resources.ts';
import type { EventDraft } from '../events/event-log.ts';

/** As the contract has it. */
const longestDetail = 1000;

/** The one line about a run of `ms`; null: everything was there, or there was nothing to load. */
export function warmedEvent({ items }: Warming, ms: number): EventDraft | null {
  const of = (state: Warming['items'][number]['state']): Warming['items'] =>
    items.filter((item) => item.state === state);
  const failed = of('failed');
  const givenUp = of('given-up').length;
  const loaded = of('ok');
  const sessions = loaded.filter(({ key }) => key.startsWith('session:')).length;
  if (loaded.length + failed.length + givenUp === 0) return null;
  const rest = [
    ...(failed.length > 0 ? [`${failed.length} failed`] : []),
    ...(givenUp > 0 ? [`${givenUp} given up`] : []),
  ].join(', ');
  const took = `in ${(ms / 1000).toFixed(1)} s`;
  const title = `Warmed ${loadedText(loaded.length - sessions, sessions)} ${took}${rest === '' ? '' : ` (${rest})`}`;
  const detail = failed
    .map(({ key, message }) => `${nameOf(key)}: ${message ?? 'no reason given'}`)
    .join(' ');
  return {
    kind: 'warming',
    severity: 'info',
    title,
    detail: detail === '' ? null : detail.slice(0, longestDetail),
  };
}

function loadedText(resources: number, sessions: number): string {
  const parts = [
    ...(resources > 0 || sessions === 0 ? [counted(resources, 'resource')] : []),
    ...(sessions > 0 ? [counted(sessions, 'session')] : []),
  ];
  return parts.join(' and ');
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function nameOf(key: string): string {
  return titleOfKey(key) ?? key.replace(/^session:/, 'Session of ');
}
