import type { EventKind, Severity } from '../../shared/model/events.ts';

/** ms back from now; null: everything that is kept. */
export const rangeMs = {
  '1 h': 3_600_000,
  '24 h': 86_400_000,
  '7 d': 604_800_000,
  all: null,
} as const;
export type EventRange = keyof typeof rangeMs;
export const ranges = Object.keys(rangeMs) as readonly EventRange[];

/** What the page shows. An empty list of kinds or severities leaves none out. */
export interface EventFilter {
  readonly kinds: readonly EventKind[];
  readonly severities: readonly Severity[];
  readonly search: string;
  readonly range: EventRange;
}

export const noFilter: EventFilter = { kinds: [], severities: [], search: '', range: 'all' };

/** The list with `item` in it, or without it where it was. */
export function toggled<T>(list: readonly T[], item: T): readonly T[] {
  return list.includes(item) ? list.filter((each) => each !== item) : [...list, item];
}

export function isNarrowed({ kinds, severities, search, range }: EventFilter): boolean {
  return kinds.length > 0 || severities.length > 0 || search !== '' || range !== 'all';
}
