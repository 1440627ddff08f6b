import { historySeries, historySeriesNames } from '../../../../shared/model/history.ts';
import type { HistorySeries } from '../../../../shared/model/history.ts';

const hour = 3_600_000;

/** Rows of one width. */
export interface Tier {
  readonly table: string;
  /** ms a row stands for. */
  readonly width: number;
  /** ms until a row moves on to the next tier; null: the operator decides when it is deleted. */
  readonly keeps: number | null;
}

/** Finest first. A sample is in one tier at a time. */
export const tiers = [
  { table: 'sample_5s', width: 5_000, keeps: hour },
  { table: 'sample_1m', width: 60_000, keeps: 24 * hour },
  { table: 'sample_15m', width: 15 * 60_000, keeps: null },
] as const satisfies readonly Tier[];

/** A column of every tier's table. */
export interface SampleColumn {
  readonly name: string;
  readonly type: 'NUMERIC' | 'REAL' | 'INTEGER';
}

/** Column that counts how many values were added up in the column of a mean. */
export function countColumn(name: HistorySeries): string {
  return `${name}_n`;
}

/**
 * Rows hold sums: of a count the sum, of a measurement the sum of the values that were known and how many they are, so
 * that means of means are weighted.
 */
export const sampleColumns: readonly SampleColumn[] = historySeriesNames.flatMap((name): SampleColumn[] =>
  historySeries[name] === 'sum'
    ? [{ name, type: 'NUMERIC' }]
    : [
        { name, type: 'REAL' },
        { name: countColumn(name), type: 'INTEGER' },
      ],
);
