import { spanSince, type Clock } from '../clock.ts';
import type { Load } from './load.ts';
import { ageOf, type KeyRecord } from './records.ts';
import type { Snapshot } from './types.ts';

/** What `record` holds now. The type of the value is the caller's word. */
export function snapshotOf<T>(key: string, record: KeyRecord | undefined, clock: Clock): Snapshot<T> {
  const entry = record?.entry ?? null;
  const age = entry && ageOf(entry, clock.mono(), clock.wall());
  return {
    key,
    stored: entry !== null,
    value: entry?.value as T | undefined,
    loadedAt: entry && entry.loadedAt.wall,
    dataAge: entry && spanSince(clock, entry.loadedAt),
    age,
    ttl: entry && entry.ttl,
    fresh: entry !== null && age !== null && age < entry.ttl,
    loadingFor: record?.load ? spanSince(clock, record.load.startedAt) : null,
    failure: record?.failure?.run(clock) ?? null,
  };
}

/** The same for a value that was loaded for its waiters but is not, or no longer, what the key holds. */
export function detachedSnapshot<T>(
  record: KeyRecord,
  load: Pick<Load, 'startedAt' | 'policy'>,
  value: T,
  clock: Clock,
): Snapshot<T> {
  return {
    ...snapshotOf<T>(record.key, record, clock),
    stored: false,
    value,
    loadedAt: load.startedAt.wall,
    dataAge: spanSince(clock, load.startedAt),
    age: null,
    ttl: load.policy.ttl,
    fresh: false,
  };
}
