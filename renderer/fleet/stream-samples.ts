import type { StreamSamples } from '../../shared/contract/fleet.ts';
import type { Frame } from '../charts/chart-data.ts';
import { maxHistoryPoints } from '../../shared/model/history.ts';
import { mebibyte } from './units.ts';

/** ms; samples come about one a second, not to the tick: three of them in one point leave no false gap. */
const finest = 3000;
/** ms that a chart shows at least. */
const shortest = 60_000;

export interface SampleCharts {
  readonly frame: Frame;
  /** MiB/s. */
  readonly down: readonly (number | null)[];
  readonly up: readonly (number | null)[];
  readonly peers: readonly (number | null)[];
}

type Values = readonly (number | null)[];

/** The samples of one stream as what charts draw: at most 240 points, each the mean of what falls into it. */
export function chartsOf({ at, speedDown, speedUp, peers }: StreamSamples): SampleCharts | null {
  const first = at[0];
  const last = at.at(-1);
  if (first === undefined || last === undefined) return null;
  const bucketMs = Math.max(finest, Math.ceil((last - first) / maxHistoryPoints / 1000) * 1000);
  const buckets = new Map<number, number[]>();
  for (const [index, moment] of at.entries()) {
    const start = Math.floor(moment / bucketMs) * bucketMs;
    const held = buckets.get(start);
    if (held) held.push(index);
    else buckets.set(start, [index]);
  }
  const kept = [...buckets].toSorted(([a], [b]) => a - b).slice(-maxHistoryPoints);
  const means = (values: Values, unit: number): Values =>
    kept.map(([, indexes]) =>
      meanOf(
        indexes.flatMap((index) => values[index] ?? []),
        unit,
      ),
    );
  return {
    frame: {
      from: Math.min(kept[0]?.[0] ?? first, last - shortest),
      to: last + bucketMs,
      bucketMs,
      at: kept.map(([start]) => start),
      marks: [],
      bands: [],
    },
    down: means(speedDown, mebibyte),
    up: means(speedUp, mebibyte),
    peers: means(peers, 1),
  };
}

function meanOf(values: readonly number[], unit: number): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length / unit;
}
