import { describe, expect, it } from 'vitest';
import { chipOf } from '../../../shared/model/freshness.ts';
import type { ChipKind } from '../../../shared/model/freshness.ts';
import type { Reading } from '../../../shared/model/reading.ts';
import { failureOf, readingOf } from '../../support/page-world.ts';

interface Case {
  readonly age: number | null;
  readonly paused?: boolean;
  readonly reading?: Partial<Reading<number>>;
}

function kindOf({ age, paused = false, reading = {} }: Case): ChipKind {
  return chipOf(readingOf(age === null ? null : 1, reading), { age, paused }).kind;
}

describe('chipOf', () => {
  it.each<[ChipKind, string, Case]>([
    ['live', 'at two intervals exactly', { age: 10_000 }],
    ['late', 'just above two intervals', { age: 10_001 }],
    ['late', 'just below six intervals', { age: 29_999 }],
    ['stale', 'at six intervals exactly', { age: 30_000 }],
    ['live', 'a list cached for 300 s, 299 s old', { age: 299_000, reading: { interval: 300_000 } }],
    ['live', 'after one failed attempt', { age: 3000, reading: { failure: failureOf({ count: 1 }) } }],
    ['failing', 'after two failed attempts', { age: 3000, reading: { failure: failureOf({ count: 2 }) } }],
    ['stale', 'when failing and stale', { age: 31_000, reading: { failure: failureOf() } }],
    ['failing', 'when failing and late', { age: 12_000, reading: { failure: failureOf() } }],
    ['live', 'a request running for 400 ms', { age: 3000, reading: { updatingFor: 400 } }],
    ['updating', 'a request running for longer', { age: 3000, reading: { updatingFor: 401 } }],
    ['late', 'late before updating', { age: 12_000, reading: { updatingFor: 900 } }],
    ['paused', 'paused before stale', { age: 60_000, paused: true }],
    ['not-loaded', 'no value, no failure', { age: null }],
    ['not-loaded', 'no value, paused', { age: null, paused: true }],
    ['no-data', 'no value, one failure', { age: null, reading: { failure: failureOf({ count: 1 }) } }],
    ['not-reported', 'unsupported before all else', { age: 1, paused: true, reading: { supported: false } }],
    ['last-session', 'restored from disk', { age: 3000, reading: { served: 'restored' } }],
  ])('says %s: %s', (kind, _why, given) => {
    expect(kindOf(given)).toBe(kind);
  });
});
