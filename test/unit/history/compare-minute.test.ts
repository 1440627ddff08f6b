import { describe, expect, test } from 'vitest';
import { compareMinute, hourAround } from '../../../electron/core/history/compare-minute.ts';
import type { LoggedRequest } from '../../../electron/core/history/store/request-log.ts';
import { scopeCounts } from '../../../shared/model/history.ts';
import type { ScopeCount } from '../../../shared/model/history.ts';

const minute = 1_000_000_020_000;
const second = 1000;

function counts(some: Partial<Record<ScopeCount, number>>): Record<ScopeCount, number> {
  const zeros = Object.fromEntries(scopeCounts.map((name) => [name, 0])) as Record<ScopeCount, number>;
  return { ...zeros, ...some };
}

function request(at: number, resource: string, ms: number, over: Partial<LoggedRequest> = {}): LoggedRequest {
  return { at, resource, ms, outcome: 'ok', calls: 1, ...over };
}

describe('a scripted minute, its numbers by hand', () => {
  /*
   * VPN status: 12 polls, 9 of them hits, 1 joined a load, 1 was served the last good value, 1 missed; 4 loads of 100, 120,
   * 140 and 4500 ms, the last of which failed. Elsewhere in the hour two loads took 80 and 160 ms. The median of what
   * succeeded (80, 100, 120, 140, 160) is 120 ms: without the cache 12 × 120 = 1440 ms and 12 calls.
   *
   * Engine list: 3 polls and 1 forced; each load sends 2 calls. Its one load of the minute took 300 ms, another one in the
   * hour 500: the median is 400, without the cache 4 × 400 = 1600 ms and 4 × 2 = 8 calls.
   */
  const recorded = {
    minute,
    pollMs: 5 * second,
    counts: new Map([
      [
        'vpn:status',
        counts({ hits: 9, coalesced: 1, staleHits: 1, misses: 1, prefetches: 3, loads: 4, loadErrors: 1 }),
      ],
      ['engines:list', counts({ hits: 3, bypasses: 1, loads: 1 })],
      ['health:status', counts({})],
      ['user:0123', counts({ hits: 50, misses: 50, loads: 50 })],
    ]),
    requests: [
      request(minute + 50 * second, 'vpn:status', 4500, { outcome: 'timeout' }),
      request(minute + 31 * second, 'vpn:status', 140),
      request(minute + 11 * second, 'vpn:status', 120),
      // Four seconds before the minute: its first tick counts what came of it.
      request(minute - 4 * second, 'vpn:status', 100),
      request(minute - 4 * second - 1, 'vpn:status', 80),
      request(minute + 56 * second, 'vpn:status', 160),
      request(minute + 20 * second, 'engines:list', 300, { calls: 2 }),
      request(minute + 600 * second, 'engines:list', 500, { calls: 2 }),
    ],
    bands: [
      { kind: 'paused' as const, from: minute, to: minute + 60_000 },
      { kind: 'cache-off' as const, from: minute + 10_000, to: minute + 14_000 },
      { kind: 'cache-off' as const, from: minute + 58_500, to: minute + 60_000 },
    ],
  };

  test('each resource', () => {
    expect(compareMinute(recorded).byResource).toEqual([
      {
        resource: 'vpn:status',
        lookups: 12,
        hits: 9,
        loads: 4,
        loadMs: 120,
        measured: { calls: 4, ms: 100 + 120 + 140 + 4500 },
        without: { calls: 12, ms: 1440 },
      },
      {
        resource: 'engines:list',
        lookups: 4,
        hits: 3,
        loads: 1,
        loadMs: 400,
        measured: { calls: 2, ms: 300 },
        without: { calls: 8, ms: 1600 },
      },
    ]);
  });

  test('all of them, without what is not of the backends in the log', () => {
    const { byResource: _, ...all } = compareMinute(recorded);
    expect(all).toEqual({
      minute,
      lookups: 16,
      measured: { calls: 6, ms: 5160 },
      without: { calls: 20, ms: 3040 },
      offFor: 5500,
    });
  });
});

test('the cache was off: what was asked is what was sent', () => {
  const { byResource, lookups, measured, without } = compareMinute({
    minute,
    pollMs: 5 * second,
    counts: new Map([['vpn:status', counts({ bypasses: 2, loads: 2 })]]),
    requests: [request(minute, 'vpn:status', 100), request(minute + 5 * second, 'vpn:status', 100)],
    bands: [{ kind: 'cache-off', from: minute, to: minute + 60_000 }],
  });
  expect(byResource).toHaveLength(1);
  expect({ lookups, measured, without }).toEqual({
    lookups: 2,
    measured: { calls: 2, ms: 200 },
    without: { calls: 2, ms: 200 },
  });
});

test('no load succeeded within the hour: no time is made up', () => {
  const { byResource } = compareMinute({
    minute,
    pollMs: 5 * second,
    counts: new Map([['vpn:status', counts({ misses: 1, loads: 1, loadErrors: 1 })]]),
    requests: [request(minute, 'vpn:status', 4500, { outcome: 'timeout' })],
    bands: [],
  });
  expect(byResource[0]).toMatchObject({
    loadMs: null,
    measured: { calls: 1, ms: 4500 },
    without: { calls: 1, ms: 0 },
  });
});

test('polled once a minute, the tick at its start counts the minute before it', () => {
  const { measured } = compareMinute({
    minute,
    pollMs: 60 * second,
    counts: new Map([['vpn:status', counts({ misses: 1, loads: 1 })]]),
    requests: [
      request(minute - 59 * second, 'vpn:status', 1),
      request(minute, 'vpn:status', 10),
      request(minute + second, 'vpn:status', 100),
    ],
    bands: [],
  });
  expect(measured).toEqual({ calls: 2, ms: 11 });
});

test('the hour around a minute', () => {
  expect(hourAround(minute)).toEqual({ from: minute - 29.5 * 60_000, to: minute + 30.5 * 60_000 });
});
