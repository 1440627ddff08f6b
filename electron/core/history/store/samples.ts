import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { historySeries, historySeriesNames, maxHistoryPoints } from '../../../../shared/model/history.ts';
import type { HistorySeries } from '../../../../shared/model/history.ts';
import { divide } from './buckets.ts';
import { countColumn, sampleColumns, tiers } from './tiers.ts';
import type { Tier } from './tiers.ts';

/** What was known at one tick: counts in the tick itself, not since start. What is missing or null was not known. */
export type SampleValues = Readonly<Partial<Record<HistorySeries, number | null>>>;

/** Down-sampled columns, one value for each of `at`. */
export interface HistoryColumns {
  /** ms one point stands for. */
  readonly bucketMs: number;
  /** Start of each bucket that has samples, UTC ms, oldest first. */
  readonly at: number[];
  readonly series: Record<HistorySeries, (number | null)[]>;
}

/** UTC ms; `to` is not included, so that ranges side by side share no sample. */
export interface SampleRange {
  readonly from: number;
  readonly to: number;
  readonly points: number;
}

const names = sampleColumns.map(({ name }) => `"${name}"`);
const allColumns = names.join(', ');
/** All that have rows: with it a range of moments is found by the primary key, whatever profile they are of. */
const ofAnyProfile = 'profile IN (SELECT id FROM profile)';
/** Two rows of a profile at the same moment, after a clock was set back or within one bucket, count together. */
const addUp = `ON CONFLICT (profile, at) DO UPDATE SET ${names
  .map((name) => `${name} = coalesce(${name} + excluded.${name}, ${name}, excluded.${name})`)
  .join(', ')}`;

const insertSql = `INSERT INTO ${tiers[0].table} (profile, at, ${allColumns}) VALUES (?, ?, ${names.map(() => '?').join(', ')}) ${addUp}`;

/** Adds rows older than a moment to the rows of the next tier. */
function rollUpSql(from: Tier, to: Tier): string {
  const sums = names.map((name) => `sum(${name})`).join(', ');
  return `INSERT INTO ${to.table} (profile, at, ${allColumns})
    SELECT profile, at - at % ${to.width} AS start, ${sums} FROM ${from.table}
    WHERE ${ofAnyProfile} AND at < ? GROUP BY profile, start ${addUp}`;
}

const combined = historySeriesNames.map((name) =>
  historySeries[name] === 'sum' ? `sum("${name}")` : `sum("${name}") / sum("${countColumn(name)}")`,
);
/** Parameters: the bucket's width, then for each tier the profile, the oldest row and the end. */
const querySql = `SELECT at - at % CAST(? AS INTEGER) AS start, ${combined.join(', ')} FROM (${tiers
  .map(({ table }) => `SELECT at, ${allColumns} FROM ${table} WHERE profile = ? AND at >= ? AND at < ?`)
  .join(' UNION ALL ')}) GROUP BY start ORDER BY start`;

interface Step {
  readonly keeps: number;
  readonly coarser: number;
  readonly rollUp: StatementSync;
  readonly remove: StatementSync;
}

/** The samples of all profiles and tiers. Methods throw what SQLite says. */
export class Samples {
  readonly #insert: StatementSync;
  readonly #newest: StatementSync;
  readonly #ticks: StatementSync;
  readonly #query: StatementSync;
  readonly #presence: readonly { readonly width: number; readonly exists: StatementSync }[];
  readonly #steps: readonly Step[];
  readonly #removeOldest: StatementSync;
  readonly #forget: readonly StatementSync[];

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(insertSql);
    this.#newest = database.prepare(
      `SELECT max((SELECT max(at) FROM ${tiers[0].table} AS row WHERE row.profile = profile.id)) AS at FROM profile`,
    );
    this.#ticks = database.prepare(
      `SELECT at FROM ${tiers[0].table} WHERE profile = ? AND at >= ? AND at < ? ORDER BY at`,
    );
    this.#query = database.prepare(querySql);
    this.#query.setReturnArrays(true);
    this.#presence = tiers.map(({ table, width }) => ({
      width,
      exists: database.prepare(`SELECT 1 FROM ${table} WHERE profile = ? AND at > ? AND at < ? LIMIT 1`),
    }));
    const steps: Step[] = [];
    let removeOldest = '';
    for (const [index, tier] of tiers.entries()) {
      const next = tiers[index + 1];
      const removeSql = `DELETE FROM ${tier.table} WHERE ${ofAnyProfile} AND at < ?`;
      if (next === undefined || tier.keeps === null) removeOldest = removeSql;
      else {
        steps.push({
          keeps: tier.keeps,
          coarser: next.width,
          rollUp: database.prepare(rollUpSql(tier, next)),
          remove: database.prepare(removeSql),
        });
      }
    }
    this.#steps = steps;
    this.#removeOldest = database.prepare(removeOldest);
    this.#forget = tiers.map(({ table }) => database.prepare(`DELETE FROM ${table} WHERE profile = ?`));
  }

  /** @param at the tick, UTC ms */
  add(profile: number, at: number, values: SampleValues): void {
    const row: (number | null)[] = [];
    for (const name of historySeriesNames) {
      const value = finite(values[name]);
      row.push(value);
      if (historySeries[name] === 'mean') row.push(value === null ? 0 : 1);
    }
    this.#insert.run(profile, Math.floor(at), ...row);
  }

  /**
   * The samples of a range, in buckets as fine as `points` and the coarsest rows in the range allow. The first bucket may
   * begin before the range and is a whole one then.
   * @param profile null: one without samples
   */
  query(profile: number | null, { from, to, points }: SampleRange): HistoryColumns {
    const most = Math.min(maxHistoryPoints, Math.max(1, Math.floor(points)));
    const resolution = this.#resolution(profile, from, to);
    const { width, start } = divide(from, to, most, resolution, this.#tickDistance(profile, from, to));
    const at: number[] = [];
    const columns = historySeriesNames.map((): (number | null)[] => []);
    // Coarser rows may end in the first bucket, before the range: no part of one can be told.
    const ranges = tiers.flatMap((tier) => [profile, tier.width <= resolution ? start : to, to]);
    for (const row of this.#query.iterate(width, ...ranges)) {
      const [begin, ...values] = Object.values(row);
      at.push(Number(begin));
      for (const [index, column] of columns.entries()) column.push(numberOrNull(values[index]));
    }
    const series = Object.fromEntries(historySeriesNames.map((name, index) => [name, columns[index] ?? []]));
    return { bucketMs: width, at, series: series as HistoryColumns['series'] };
  }

  /** The newest tick of any profile within the time that ticks are kept, UTC ms; null: there is none. */
  newest(): number | null {
    return numberOrNull(this.#newest.get()?.['at']);
  }

  /**
   * Moves what is older than its tier keeps to the next one, and deletes what is oldest; of every profile. Whole rows of
   * the next tier at a time: nothing is deleted that was not added up in the same transaction, which is the caller's to
   * open.
   * @param now UTC ms
   * @param days how long the coarsest tier is kept
   */
  prune(now: number, days: number): void {
    for (const { keeps, coarser, rollUp, remove } of this.#steps) {
      const limit = Math.floor((now - keeps) / coarser) * coarser;
      rollUp.run(limit);
      remove.run(limit);
    }
    this.#removeOldest.run(now - days * 86_400_000);
  }

  /** Deletes all of a profile. */
  forget(profile: number): void {
    for (const statement of this.#forget) statement.run(profile);
  }

  /** What most ticks of the finest tier are apart, ms: profiles are polled every 5 to 60 s. 0: not known. */
  #tickDistance(profile: number | null, from: number, to: number): number {
    const ticks = this.#ticks.all(profile, from, to).map(({ at }) => Number(at));
    const distances = ticks.slice(1).map((at, index) => at - (ticks[index] ?? at));
    return distances.toSorted((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 0;
  }

  /** Width of the coarsest rows that reach into the range, ms. */
  #resolution(profile: number | null, from: number, to: number): number {
    const coarsest = this.#presence.findLast(
      ({ width, exists }) => exists.get(profile, from - width, to) !== undefined,
    );
    return coarsest?.width ?? tiers[0].width;
  }
}

function finite(value: number | null | undefined): number | null {
  return value !== undefined && value !== null && Number.isFinite(value) ? value : null;
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
