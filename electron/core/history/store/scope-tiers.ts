import type { ScopeCount } from '../../../../shared/model/history.ts';
import type { Tier } from './tiers.ts';

const minute = 60_000;
const hour = 60 * minute;

/**
 * Finest first. A sample is in each of them at the same time. A day is kept by the minute, and an hour more: the chart of
 * a day begins a little before a day ago. The widest rows are there to answer weeks and months from few of them.
 */
export const scopeTiers: readonly Tier[] = [
  { table: 'scope_1m', width: minute, keeps: 25 * hour },
  { table: 'scope_15m', width: 15 * minute, keeps: null },
  { table: 'scope_1h', width: hour, keeps: null },
];

/** Its column, in SQL's way of writing: `load_errors`. */
export function scopeColumn(name: ScopeCount): string {
  return name.replace(/[A-Z]/, (letter) => `_${letter.toLowerCase()}`);
}
