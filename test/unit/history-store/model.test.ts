import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { ProfileHistory } from '../../../electron/core/history/store/history-store.ts';
import type { SampleRange } from '../../../electron/core/history/store/samples.ts';
import { historySeries, historySeriesNames } from '../../../shared/model/history.ts';
import type { HistorySeries } from '../../../shared/model/history.ts';
import { hour, HistoryBed, lab, minute, plant, retention, second, start } from './history-bed.ts';

const bed = new HistoryBed();
afterAll(() => bed.remove());

type Values = Partial<Record<HistorySeries, number | null>>;

const profiles = [lab, plant] as const;

const value = fc.oneof(fc.nat(1_000), fc.double({ min: 0, max: 1e6, noNaN: true }), fc.constant(null));
const values: fc.Arbitrary<Values> = fc.record(
  Object.fromEntries(historySeriesNames.map((name) => [name, value])),
  { requiredKeys: [] },
);
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('ticks' as const),
      // At each moment of either profile, of both or of none.
      values: fc.array(fc.tuple(fc.option(values), fc.option(values)), { minLength: 1, maxLength: 30 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      ms: fc.constantFrom(minute, 7 * minute, 50 * minute, 3 * hour, 20 * hour, 50 * hour),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('prune' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('forget' as const), profile: fc.constantFrom(...profiles) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('query' as const),
      profile: fc.constantFrom(...profiles),
      back: fc.integer({ min: 0, max: 90 * hour }),
      length: fc.integer({ min: 0, max: 90 * hour }),
      points: fc.integer({ min: 10, max: 240 }),
    }),
  },
);

interface Tick {
  readonly at: number;
  readonly values: Values;
}

/** The series' value over ticks, straight from the definition. */
function combine(name: HistorySeries, ticks: readonly Tick[]): number | null {
  const known = ticks.flatMap((tick) => tick.values[name] ?? []);
  if (known.length === 0) return null;
  const sum = known.reduce((all, one) => all + one, 0);
  return historySeries[name] === 'sum' ? sum : sum / known.length;
}

function close(ours: number | null | undefined, model: number | null): boolean {
  if (ours === null || ours === undefined || model === null) return ours === model;
  return Math.abs(ours - model) <= 1e-9 * Math.max(1, Math.abs(model));
}

/** Buckets looked at, by the tier that made them as wide as they were. */
const checked = [0, 0, 0];

function check(history: ProfileHistory, ticks: readonly Tick[], range: SampleRange): void {
  const { from, to, points } = range;
  const { at, bucketMs, series } = history.query(range);
  expect(at.length).toBeLessThanOrEqual(points);
  for (const [index, begin] of at.entries()) {
    if (begin < from || begin + bucketMs > to) continue;
    const inside = ticks.filter((tick) => tick.at >= begin && tick.at < begin + bucketMs);
    expect(inside).not.toEqual([]);
    for (const name of historySeriesNames) {
      if (!close(series[name][index], combine(name, inside))) {
        throw new Error(`${name}: ${series[name][index]} for ${combine(name, inside)}`);
      }
    }
    const tier = [15 * minute, minute, 0].findIndex((width) => bucketMs >= width);
    checked[tier] = (checked[tier] ?? 0) + 1;
  }
  // No tick of the range is missing, but for the part of a bucket at its start that was one point too many.
  const told = new Set(at);
  const first = Math.floor(from / bucketMs) * bucketMs + bucketMs;
  for (const tick of ticks.filter((one) => one.at >= first && one.at < to)) {
    expect(told).toContain(Math.floor(tick.at / bucketMs) * bucketMs);
  }
}

test(
  'any samples of two profiles, pauses, restarts and prunings: each whole bucket answers what the ticks in it add up to',
  { timeout: 60_000 },
  () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 30 }), (steps) => {
        const ticks: Record<(typeof profiles)[number], Tick[]> = { [lab]: [], [plant]: [] };
        let store = bed.open();
        for (const profile of profiles) store.forget(profile);
        bed.clock.jumpWall(start - bed.clock.wall());
        for (const one of steps) {
          const now = bed.clock.wall();
          switch (one.kind) {
            case 'ticks':
              for (const [n, known] of one.values.entries()) {
                const at = now + n * 5 * second;
                for (const [index, profile] of profiles.entries()) {
                  const values = known[index] ?? null;
                  if (values === null) continue;
                  ticks[profile].push({ at, values });
                  store.of(profile).addSample(at, values);
                }
              }
              bed.clock.jumpWall(one.values.length * 5 * second);
              break;
            case 'pass':
              bed.clock.jumpWall(one.ms);
              break;
            case 'prune':
              store.prune(retention);
              break;
            case 'restart':
              store.close();
              store = bed.open();
              break;
            case 'forget':
              store.forget(one.profile);
              ticks[one.profile] = [];
              break;
            case 'query': {
              const from = now - one.back;
              const range = { from, to: Math.min(now, from + one.length), points: one.points };
              check(store.of(one.profile), ticks[one.profile], range);
              break;
            }
          }
        }
        for (const profile of profiles) {
          const range = { from: start, to: bed.clock.wall() + hour, points: 240 };
          check(store.of(profile), ticks[profile], range);
        }
        store.close();
        expect(bed.told).toEqual([]);
      }),
      { numRuns: 100, seed: 20261121 },
    );
    expect(Math.min(...checked)).toBeGreaterThan(50);
  },
);
