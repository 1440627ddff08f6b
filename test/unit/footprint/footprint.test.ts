import { expect, test } from 'vitest';
import { FootprintMeter } from '../../../electron/core/footprint/footprint.ts';
import type { Work } from '../../../electron/core/footprint/footprint.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { thisUsage } from '../../../electron/runtime.ts';

const busy: Work = { cacheBytes: 900, callsPerMinute: 36, savedPerMinute: 24 };

function meter() {
  const clock = new FakeClock();
  const used = { cpuMs: 1000, memoryBytes: 1e8 };
  const at: { work: Work | null } = { work: busy };
  const one = new FootprintMeter({ clock, usage: () => ({ ...used }), work: () => at.work });
  one.start();
  return { clock, used, at, one };
}

test('the first sample knows no processor time, later ones what was used since', async () => {
  const { clock, used, one } = meter();
  const began = clock.wall();
  expect(one.feed.value).toEqual({ at: began, cpuPercent: null, memoryBytes: 1e8, ...busy });
  used.cpuMs += 250;
  await clock.advance(5000);
  expect(one.feed.value).toMatchObject({ at: began + 5000, cpuPercent: 5 });
  await clock.advance(5000);
  expect(one.feed.value.cpuPercent).toBe(0);
});

test('asleep for an hour, nothing was used', async () => {
  const { clock, used, one } = meter();
  used.cpuMs += 36;
  clock.jumpWall(3_595_000);
  await clock.advance(5000);
  expect(one.feed.value.cpuPercent).toBe(0.001);
});

test('while another profile is being connected nothing is called', async () => {
  const { clock, at, one } = meter();
  at.work = null;
  await clock.advance(5000);
  expect(one.feed.value).toMatchObject({ cacheBytes: 0, callsPerMinute: 0, savedPerMinute: 0 });
});

test('once stopped it measures no more', async () => {
  const { clock, one } = meter();
  one.stop();
  const last = one.feed.value;
  await clock.advance(60_000);
  expect(one.feed.value).toBe(last);
  expect(clock.pending).toBe(0);
});

test('this process uses memory, and time that only grows', () => {
  const before = thisUsage();
  expect(before.memoryBytes).toBeGreaterThan(10e6);
  expect(thisUsage().cpuMs).toBeGreaterThanOrEqual(before.cpuMs);
  expect(before.cpuMs).toBeGreaterThan(0);
});
