import type { ScopeCount } from '../../../../shared/model/history.ts';
import type { Tier } from './tiers.ts';

const minute = 60_000;
const hour = 60 * minute;

/** The chart of a day begins a little before a day ago. */
const aDay = 25 * hour;

/**
 * Finest first. A sample is in each of them at the same time: minutes for a day, quarters of an hour for good, and between
 * and above them what answers every range from few rows.
 */
export const scopeTiers: readonly Tier[] = [
  { table: 'scope_1m', width: minute, keeps: aDay },
  { table: 'scope_3m', width: 3 * minute, keeps: aDay },
  { table: 'scope_15m', width: 15 * minute, keeps: null },
  { table: 'scope_1h', width: hour, keeps: null },
  { table: 'scope_3h', width: 3 * hour, keeps: null },
];

/** Its column, in SQL's way of writing: `load_errors`. */
export function scopeColumn(name: ScopeCount): string {
  return name.replace(/[A-Z]/, (letter) => `_${letter.toLowerCase()}`);
}
