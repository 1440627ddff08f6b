import { expect, test } from 'vitest';
import { bandsOf, cacheSwitched } from '../../../electron/core/history/bands.ts';
import type { TimelineEvent } from '../../../electron/core/history/store/event-table.ts';

const event = (at: number, kind: TimelineEvent['kind'], span: number | null = null): TimelineEvent => ({
  at,
  kind,
  subject: null,
  span,
});
const cache = (at: number, on: boolean): TimelineEvent => ({
  at,
  kind: 'settings',
  subject: cacheSwitched(on).subject ?? null,
  span: null,
});

test('nothing happened: no band', () => {
  expect(bandsOf([], 0, 1000)).toEqual([]);
  expect(bandsOf([event(10, 'start'), event(500, 'settings')], 0, 1000)).toEqual([]);
});

test('a sleep ends when it is told, closed when it started again', () => {
  expect(bandsOf([event(500, 'sleep', 200), event(900, 'start', 100)], 0, 1000)).toEqual([
    { kind: 'asleep', from: 300, to: 500 },
    { kind: 'closed', from: 800, to: 900 },
  ]);
});

test('paused from pause to resume; what is paused still lasts to the end of the range', () => {
  const events = [event(100, 'pause'), event(200, 'resume'), event(300, 'pause'), event(350, 'pause')];
  expect(bandsOf(events, 0, 1000)).toEqual([
    { kind: 'paused', from: 100, to: 200 },
    { kind: 'paused', from: 300, to: 1000 },
  ]);
});

test('a stop ends a pause and a cache that is off; so does the last sign of a run that was killed', () => {
  const stopped = [event(100, 'pause'), cache(150, false), event(200, 'stop'), event(500, 'start', 300)];
  expect(bandsOf(stopped, 0, 1000)).toEqual([
    { kind: 'paused', from: 100, to: 200 },
    { kind: 'cache-off', from: 150, to: 200 },
    { kind: 'closed', from: 200, to: 500 },
  ]);
  const killed = [event(100, 'pause'), event(500, 'start', 260)];
  expect(bandsOf(killed, 0, 1000)).toEqual([
    { kind: 'paused', from: 100, to: 240 },
    { kind: 'closed', from: 240, to: 500 },
  ]);
});

test('off until it is turned on again', () => {
  expect(bandsOf([cache(100, false), cache(300, true)], 0, 1000)).toEqual([
    { kind: 'cache-off', from: 100, to: 300 },
  ]);
});

test('only what lies within the range is told', () => {
  const events = [
    event(50, 'pause'),
    event(150, 'resume'),
    event(400, 'sleep', 250),
    event(900, 'start', 600),
  ];
  expect(bandsOf(events, 100, 320)).toEqual([
    { kind: 'paused', from: 100, to: 150 },
    { kind: 'asleep', from: 150, to: 320 },
    { kind: 'closed', from: 300, to: 320 },
  ]);
  expect(bandsOf(events, 950, 1000)).toEqual([]);
});

test('the newest 500', () => {
  const events = Array.from({ length: 600 }, (_, n) => event(10 * n + 5, 'sleep', 1));
  const bands = bandsOf(events, 0, 10_000);
  expect(bands).toHaveLength(500);
  expect(bands.at(-1)).toEqual({ kind: 'asleep', from: 5994, to: 5995 });
});
