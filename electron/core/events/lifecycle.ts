import type { EventLog } from './event-log.ts';

interface RunFacts {
  readonly version: string;
  readonly host: 'desktop' | 'browser';
}

/**
 * Records the start of a run, and whether the run before it came to an end that it could record itself.
 * @param closedFor ms since the last sign of that run; null: there is none
 */
export function recordStart(log: EventLog, { version, host }: RunFacts, closedFor: number | null): void {
  const { events } = log.list({
    kinds: ['start', 'stop'],
    severities: null,
    search: '',
    from: null,
    to: null,
    before: null,
    limit: 1,
  });
  const cutOff = events[0]?.kind === 'start';
  log.record({
    kind: 'start',
    severity: cutOff ? 'attention' : 'info',
    title: cutOff ? 'Cachedeck started again; the last run ended without a stop' : 'Cachedeck started',
    detail: `Version ${version}, ${host === 'desktop' ? 'desktop app' : 'browser host'}.`,
    span: closedFor,
  });
}

/** To be called last, while the store still takes events. */
export function recordStop(log: EventLog): void {
  log.record({ kind: 'stop', severity: 'info', title: 'Cachedeck stopped' });
}
