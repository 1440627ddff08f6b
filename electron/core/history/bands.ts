import type { ChartBand } from '../../../shared/contract/charts.ts';
import type { EventDraft } from '../events/event-log.ts';
import type { TimelineEvent } from './store/event-table.ts';

/** As the contract has it. */
const mostBands = 500;
const switched = { on: 'cache:on', off: 'cache:off' } as const;

/** The event of a cache that is turned off or on again. Its subject is what bands are drawn by. */
export function cacheSwitched(on: boolean): EventDraft {
  return {
    kind: 'settings',
    severity: on ? 'info' : 'attention',
    subject: on ? switched.on : switched.off,
    title: on ? 'Cache turned on' : 'Cache turned off: every lookup goes to the backend',
  };
}

/**
 * The times within a range (UTC ms) in which the computer slept, the app was closed or paused, or its cache was off.
 * @param events what `HistoryStore.timeline` answers for the range
 */
export function bandsOf(events: readonly TimelineEvent[], from: number, to: number): ChartBand[] {
  const bands: ChartBand[] = [];
  const open = new Map<'paused' | 'cache-off', number>();
  const add = (kind: ChartBand['kind'], begin: number, end: number): void => {
    const band = { kind, from: Math.max(from, begin), to: Math.min(to, end) };
    if (band.from < band.to) bands.push(band);
  };
  const end = (kind: 'paused' | 'cache-off', at: number): void => {
    const begin = open.get(kind);
    open.delete(kind);
    if (begin !== undefined) add(kind, begin, at);
  };
  const begin = (kind: 'paused' | 'cache-off', at: number): void => {
    if (!open.has(kind)) open.set(kind, at);
  };
  /** Neither outlasts a run. */
  const endBoth = (at: number): void => {
    end('paused', at);
    end('cache-off', at);
  };
  for (const { at, kind, subject, span } of events) {
    const since = at - (span ?? 0);
    if (kind === 'pause') begin('paused', at);
    else if (kind === 'resume') end('paused', at);
    else if (kind === 'sleep') add('asleep', since, at);
    else if (kind === 'stop') endBoth(at);
    else if (kind === 'start') {
      endBoth(since);
      add('closed', since, at);
    } else if (subject === switched.off) begin('cache-off', at);
    else if (subject === switched.on) end('cache-off', at);
  }
  endBoth(to);
  return bands.toSorted((a, b) => a.from - b.from).slice(-mostBands);
}
