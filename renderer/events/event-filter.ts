import type { Severity } from '../../shared/model/events.ts';
import { ownKinds } from './shown-event.ts';
import type { Origin, ShownEvent, ShownKind } from './shown-event.ts';

/** ms back from now; null: everything that is kept. */
export const rangeMs = {
  '1 h': 3_600_000,
  '24 h': 86_400_000,
  '7 d': 604_800_000,
  all: null,
} as const;
export type EventRange = keyof typeof rangeMs;
export const ranges = Object.keys(rangeMs) as readonly EventRange[];

/** What the page shows. An empty list of origins, kinds or severities leaves none out. */
export interface EventFilter {
  readonly origins: readonly Origin[];
  readonly kinds: readonly ShownKind[];
  readonly severities: readonly Severity[];
  readonly search: string;
  readonly range: EventRange;
}

export const noFilter: EventFilter = { origins: [], kinds: [], severities: [], search: '', range: 'all' };

/** The list with `item` in it, or without it where it was. */
export function toggled<T>(list: readonly T[], item: T): readonly T[] {
  return list.includes(item) ? list.filter((each) => each !== item) : [...list, item];
}

export function isNarrowed({ origins, kinds, severities, search, range }: EventFilter): boolean {
  return origins.length + kinds.length + severities.length > 0 || search !== '' || range !== 'all';
}

function allows<T>(list: readonly T[], item: T): boolean {
  return list.length === 0 || list.includes(item);
}

/** Whether events of this origin can fit at all. */
export function wants({ origins, kinds }: EventFilter, origin: Origin): boolean {
  if (!allows(origins, origin)) return false;
  return origin === 'orchestrator' || kinds.length === 0 || ownKinds(kinds).length > 0;
}

/**
 * Whether a server's event fits; main decides it for its own.
 * @param now UTC ms, for the range
 */
export function fits(event: ShownEvent, filter: EventFilter, now: number): boolean {
  const span = rangeMs[filter.range];
  const wanted = filter.search.toLowerCase();
  return (
    allows(filter.kinds, event.kind) &&
    allows(filter.severities, event.severity) &&
    (span === null || event.at >= now - span) &&
    [event.title, event.detail ?? '', event.subject ?? ''].some((text) => text.toLowerCase().includes(wanted))
  );
}
