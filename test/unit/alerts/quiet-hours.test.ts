import { describe, expect, test } from 'vitest';
import { nextMorning, quietUntil } from '../../../electron/core/alerts/quiet-hours.ts';

const night = { on: true, from: '22:00', to: '07:00' };
const noon = { on: true, from: '12:00', to: '13:30' };
const berlin = 'Europe/Berlin';
/** +10:30 in winter, +11:00 in summer: its clocks are changed by half an hour. */
const lordHowe = 'Australia/Lord_Howe';

const at = (text: string): number => Date.parse(text);
const until = (now: string, hours: typeof night, zone: string): string | null => {
  const end = quietUntil(at(now), hours, zone);
  return end === null ? null : new Date(end).toISOString();
};

test.each([
  ['2026-11-21T20:59:59.999Z', null],
  ['2026-11-21T21:00:00Z', '2026-11-22T06:00:00.000Z'],
  ['2026-11-21T23:30:00Z', '2026-11-22T06:00:00.000Z'],
  ['2026-11-22T05:59:59.999Z', '2026-11-22T06:00:00.000Z'],
  ['2026-11-22T06:00:00Z', null],
])('22:00 to 07:00 in Berlin at %s: until %s', (now, end) => {
  expect(until(now, night, berlin)).toBe(end);
});

test('within one day, and in a zone of half hours', () => {
  expect(until('2026-11-21T11:59:00Z', noon, 'UTC')).toBeNull();
  expect(until('2026-11-21T12:00:00Z', noon, 'UTC')).toBe('2026-11-21T13:30:00.000Z');
  expect(until('2026-11-21T13:30:00Z', noon, 'UTC')).toBeNull();
  expect(until('2026-11-21T17:00:00Z', night, 'Asia/Kolkata')).toBe('2026-11-22T01:30:00.000Z');
});

test('off, or as long as nothing: never', () => {
  for (let hour = 0; hour < 24; hour += 1) {
    const now = Date.UTC(2026, 10, 21, hour, 30);
    expect(quietUntil(now, { ...night, on: false }, berlin)).toBeNull();
    expect(quietUntil(now, { ...night, from: '07:00' }, berlin)).toBeNull();
  }
});

test('the zone of this machine', () => {
  const sixLocal = new Date(2026, 10, 21, 6).getTime();
  expect(quietUntil(sixLocal, night, 'system')).toBe(new Date(2026, 10, 21, 7).getTime());
});

describe('the nights on which the clocks are changed (row B5)', () => {
  test.each([
    // Berlin: from 02:00 to 03:00 on 29 March, from 03:00 back to 02:00 on 25 October.
    [berlin, '2026-03-28T21:00:00Z', '2026-03-29T05:00:00.000Z', 8],
    [berlin, '2026-10-24T20:00:00Z', '2026-10-25T06:00:00.000Z', 10],
    // Lord Howe: from 02:00 to 02:30 on 4 October, from 02:00 back to 01:30 on 5 April.
    [lordHowe, '2026-10-03T11:30:00Z', '2026-10-03T20:00:00.000Z', 8.5],
    [lordHowe, '2026-04-04T11:00:00Z', '2026-04-04T20:30:00.000Z', 9.5],
  ])('%s from %s: until %s, which is 07:00 there, after %d h', (zone, start, end, hours) => {
    expect((at(end) - at(start)) / 3_600_000).toBe(hours);
    const shown = new Date(end).toLocaleTimeString('en-GB', { timeZone: zone });
    expect(shown).toBe('07:00:00');
    expect(quietUntil(at(start) - 1, night, zone)).toBeNull();
    for (let now = at(start); now < at(end); now += 60_000)
      expect(quietUntil(now, night, zone)).toBe(at(end));
    expect(quietUntil(at(end), night, zone)).toBeNull();
  });

  test('an end that clocks leave out comes as much after the leap; one they show twice counts once', () => {
    const early = { on: true, from: '22:00', to: '02:30' };
    expect(until('2026-03-28T23:00:00Z', early, berlin)).toBe('2026-03-29T01:30:00.000Z');
    expect(until('2026-10-24T23:00:00Z', early, berlin)).toBe('2026-10-25T00:30:00.000Z');
    expect(until('2026-10-25T01:10:00Z', early, berlin)).toBeNull();
  });
});

test.each([
  ['2026-11-21T07:59:59Z', '2026-11-21T08:00:00.000Z', berlin],
  ['2026-11-21T08:00:00Z', '2026-11-22T08:00:00.000Z', berlin],
  ['2026-03-28T12:00:00Z', '2026-03-29T07:00:00.000Z', berlin],
  ['2026-10-24T12:00:00Z', '2026-10-25T08:00:00.000Z', berlin],
  ['2026-12-31T23:00:00Z', '2027-01-01T03:30:00.000Z', 'Asia/Kolkata'],
])('the morning after %s is at %s', (now, morning, zone) => {
  expect(new Date(nextMorning(at(now), zone)).toISOString()).toBe(morning);
});
