import { describe, expect, test } from 'vitest';
import { newCounters } from '../../../electron/core/cache/counters.ts';
import { userScope } from '../../../electron/core/history/scope-names.ts';
import { ScopeSampler } from '../../../electron/core/history/scope-sampler.ts';
import type { ScopeCounters } from '../../../electron/core/history/scope-sampler.ts';
import type { Counters } from '../../../shared/contract/cache.ts';

const minute = 60_000;
const start = 1_000_000_020_000; // a whole minute

function of(scope: string, counters: Partial<Counters>): ScopeCounters {
  return { scope, counters: { ...newCounters(), ...counters } };
}

test('counts from nothing at first, then what happened since the tick before', () => {
  const sampler = new ScopeSampler();
  const [first] = sampler.sample(start, [of('vpn:status', { hits: 2, loads: 1 })]);
  expect(first).toMatchObject({ scope: 'vpn:status', counts: { hits: 2, loads: 1, misses: 0 } });
  const [second] = sampler.sample(start + 5000, [of('vpn:status', { hits: 5, loads: 1, misses: 1 })]);
  expect(second?.counts).toMatchObject({ hits: 3, loads: 0, misses: 1 });
});

test('a resource is told at least once a minute, a user only when something happened', () => {
  const sampler = new ScopeSampler();
  const now = [of('vpn:status', { hits: 1 }), of(userScope('a'), { hits: 1 })];
  const scopesAt = (tick: number): string[] => sampler.sample(tick, now).map(({ scope }) => scope);
  expect(scopesAt(start)).toEqual(['vpn:status', 'user:a']);
  expect(scopesAt(start + 5000)).toEqual([]);
  expect(scopesAt(start + minute)).toEqual(['vpn:status']);
});

test('times go to the scope they were taken of, once', () => {
  const sampler = new ScopeSampler();
  sampler.time('vpn:status', { key: 'vpn:status', user: undefined, by: 'load', ms: 100 });
  sampler.time('vpn:status', { key: 'vpn:status', user: undefined, by: 'hit', ms: 0.01 });
  sampler.time('stats:total', { key: 'stats:total', user: undefined, by: 'load', ms: 100 });
  const now = [of('vpn:status', { hits: 1 }), of('stats:total', {})];
  const [vpn, stats] = sampler.sample(start, now);
  expect([vpn?.loadTimes, stats?.loadTimes]).toEqual(['165:1 ', '165:1 ']);
  expect([vpn?.hitTimes, stats?.hitTimes]).toEqual([expect.stringMatching(/^\d+:1 $/), '']);
  expect(sampler.sample(start + 5000, now)).toEqual([]);
});

describe('zeroed counters', () => {
  test('announced: nothing is lost and nothing negative, even when more follows than there was', () => {
    const sampler = new ScopeSampler();
    sampler.sample(start, [of('vpn:status', { hits: 5 })]);
    sampler.beforeReset([of('vpn:status', { hits: 7 })]);
    const [after] = sampler.sample(start + 5000, [of('vpn:status', { hits: 10 })]);
    expect(after?.counts.hits).toBe(12);
    const [next] = sampler.sample(start + 10_000, [of('vpn:status', { hits: 11 })]);
    expect(next?.counts.hits).toBe(1);
  });

  test('twice between two ticks', () => {
    const sampler = new ScopeSampler();
    sampler.sample(start, [of('vpn:status', { hits: 5 })]);
    sampler.beforeReset([of('vpn:status', { hits: 6 })]);
    sampler.beforeReset([of('vpn:status', { hits: 3 })]);
    expect(sampler.sample(start + 5000, [of('vpn:status', { hits: 2 })])[0]?.counts.hits).toBe(6);
  });

  test('without a word, as after a user was cleared: what is there counts', () => {
    const sampler = new ScopeSampler();
    sampler.sample(start, [of(userScope('a'), { hits: 5 })]);
    expect(sampler.sample(start + 5000, [])).toEqual([]);
    const [again] = sampler.sample(start + 10_000, [of(userScope('a'), { hits: 2 })]);
    expect(again?.counts.hits).toBe(2);
  });
});

test('of too many within a minute the users who asked least are left out, resources never', () => {
  const sampler = new ScopeSampler();
  const users = Array.from({ length: 100 }, (_, n) => of(userScope(`u${n}`), { hits: n + 1 }));
  const first = sampler.sample(start, [...users, of('vpn:status', { hits: 1 })]);
  expect(first).toHaveLength(60);
  expect(first[0]?.scope).toBe('vpn:status');
  expect(first.slice(1).map(({ counts }) => counts.hits)).toEqual(
    Array.from({ length: 59 }, (_, n) => 100 - n),
  );
  // The same ones go on being counted until the minute is over; the others get their turn then.
  const later = users.map(({ scope, counters }) => of(scope, { hits: counters.hits + 1 }));
  expect(sampler.sample(start + 5000, later)).toHaveLength(59);
  const turned = users.slice(0, 10).map(({ scope, counters }) => of(scope, { hits: counters.hits + 5 }));
  expect(sampler.sample(start + minute, turned)).toHaveLength(10);
});
