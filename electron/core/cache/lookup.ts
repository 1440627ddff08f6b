import type { Clock } from '../clock.ts';
import { checkDuration } from './errors.ts';
import type { Load, Outcome } from './load.ts';
import type { Entry, KeyRecord } from './records.ts';
import { detachedSnapshot, snapshotOf } from './snapshot.ts';
import type { LoadPolicy, Lookup } from './types.ts';

/** Throws `RangeError` for a span that is none. */
export function checkPolicy(policy: LoadPolicy): void {
  checkDuration('ttl', policy.ttl);
  if (policy.staleWindow !== undefined) checkDuration('staleWindow', policy.staleWindow);
  if (policy.timeout !== undefined) checkDuration('timeout', policy.timeout);
}

/** The caller counts as waiting, so that a detached load runs on for it. */
export function waitFor(load: Load): Promise<Outcome> {
  load.waiters += 1;
  return load.outcome;
}

/** What a load brought to those who waited, whether or not the key still holds it. */
export function loadedLookup<T>(
  record: KeyRecord,
  load: Load,
  value: unknown,
  served: Lookup<T>['served'],
  clock: Clock,
): Lookup<T> {
  const held = record.entry?.loadedAt === load.startedAt;
  const snapshot = held
    ? snapshotOf<T>(record.key, record, clock)
    : detachedSnapshot(record, load, value as T, clock);
  return { value: value as T, served, snapshot, error: undefined };
}

/** The last good value beside the error, or the error alone. */
export function failedLookup<T>(
  record: KeyRecord,
  error: unknown,
  entry: Entry | null,
  clock: Clock,
): Lookup<T> {
  const snapshot = snapshotOf<T>(record.key, record, clock);
  if (entry === null) return { value: undefined, served: 'none', snapshot, error };
  return { value: entry.value as T, served: 'last-good', snapshot, error };
}

/** The value of a lookup; rejects with its error when nothing could be served. */
export async function valueOf<T>(lookup: Promise<Lookup<T>>): Promise<T> {
  const { value, served, error } = await lookup;
  if (served === 'none') throw error;
  return value as T;
}
