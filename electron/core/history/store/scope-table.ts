import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { allResources, maxHistoryPoints, maxScopes, scopeCounts } from '../../../../shared/model/history.ts';
import type { ScopeCount } from '../../../../shared/model/history.ts';
import { userOfScope } from '../scope-names.ts';
import { percentiles, tidy } from '../time-counts.ts';
import type { TimeCounts } from '../time-counts.ts';
import { divide } from './buckets.ts';
import type { SampleRange } from './samples.ts';
import { transaction } from './schema.ts';
import { scopeColumn, scopeTiers } from './scope-tiers.ts';

/** What was asked of one resource or for one user since the tick before. */
export interface ScopeSample {
  /** A resource's key, or `user:` and the id of a portal user. */
  readonly scope: string;
  readonly counts: Readonly<Record<ScopeCount, number>>;
  readonly hitTimes: TimeCounts;
  readonly loadTimes: TimeCounts;
}

type TimeColumn = 'hitP50' | 'hitP95' | 'loadP50' | 'loadP95';

/** One value for each of `at`; a count is 0 where only others were asked. */
export type ScopeColumns = { readonly scope: string } & Record<ScopeCount, number[]> &
  Record<TimeColumn, (number | null)[]>;

export interface ScopeHistories {
  /** ms one point stands for. */
  readonly bucketMs: number;
  /** Start of each bucket in which anything was counted, UTC ms, oldest first. */
  readonly at: number[];
  /** All resources together, if any was asked; then those that were asked most. */
  readonly scopes: ScopeColumns[];
}

const counts = scopeCounts.map(scopeColumn);
const columns = [...counts, 'hit_times', 'load_times'].join(', ');
const addUp = [
  ...counts.map((name) => `${name} = ${name} + excluded.${name}`),
  ...['hit_times', 'load_times'].map((name) => `${name} = tidy_times(${name} || excluded.${name})`),
].join(', ');
const sums = counts.map((name) => `sum(${name})`).join(', ');
const times = "group_concat(hit_times, ''), group_concat(load_times, '')";

interface Step {
  readonly width: number;
  /** ms; null: the operator decides. */
  readonly keeps: number | null;
  readonly insert: StatementSync;
  readonly query: StatementSync;
  readonly remove: StatementSync;
  readonly forget: StatementSync;
}

/**
 * What was asked of each resource and for each portal user, of all profiles. Every sample is added to a row of each
 * tier, so that a range needs one of them alone and nothing has to be moved. Methods throw what SQLite says.
 */
export class ScopeTable {
  readonly #database: DatabaseSync;
  readonly #tiers: readonly Step[];

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.function('tidy_times', { deterministic: true }, (text) => tidy(String(text)));
    this.#tiers = scopeTiers.map(({ table, width, keeps }) => {
      const query = database.prepare(
        `SELECT at - at % CAST(? AS INTEGER) AS start, scope, ${sums}, ${times} FROM ${table}
         WHERE profile = ? AND at >= ? AND at < ? GROUP BY start, scope`,
      );
      query.setReturnArrays(true);
      return {
        width,
        keeps,
        query,
        insert: database.prepare(
          `INSERT INTO ${table} (profile, at, scope, ${columns})
           VALUES (?, ?, ?, ${[...counts, '', ''].map(() => '?').join(', ')})
           ON CONFLICT (profile, at, scope) DO UPDATE SET ${addUp}`,
        ),
        remove: database.prepare(`DELETE FROM ${table} WHERE profile IN (SELECT id FROM profile) AND at < ?`),
        forget: database.prepare(`DELETE FROM ${table} WHERE profile = ?`),
      };
    });
  }

  /** @param at the tick, UTC ms */
  add(profile: number, at: number, samples: readonly ScopeSample[]): void {
    transaction(this.#database, () => {
      for (const { width, insert } of this.#tiers) {
        const start = Math.floor(at / width) * width;
        for (const { scope, counts: counted, hitTimes, loadTimes } of samples) {
          insert.run(profile, start, scope, ...scopeCounts.map((name) => counted[name]), hitTimes, loadTimes);
        }
      }
    });
  }

  /**
   * The counts of a range, in buckets as fine as `points` and what is kept of that time allow. The first bucket may begin
   * before the range and is a whole one then. Of too many scopes those that were asked least are left out.
   * @param profile null: one of which nothing is kept
   * @param now UTC ms
   */
  query(profile: number | null, { from, to, points }: SampleRange, now: number): ScopeHistories {
    const most = Math.min(maxHistoryPoints, Math.max(1, Math.floor(points)));
    const kept = this.#tiers.filter(({ keeps }) => keeps === null || from >= now - keeps);
    const tier = kept.findLast(({ width }) => width <= (to - from) / most) ?? kept[0];
    const { width, start } = divide(from, to, most, tier?.width ?? 1);
    const answer = new Collector();
    for (const row of tier?.query.iterate(width, profile, start, to) ?? []) answer.add(Object.values(row));
    return { bucketMs: width, at: answer.at, scopes: answer.busiest() };
  }

  /**
   * The counts of each scope in one minute; empty when the minute is not kept any more, or nobody asked.
   * @param minute its start, UTC ms
   */
  minute(profile: number | null, minute: number): ReadonlyMap<string, Readonly<Record<ScopeCount, number>>> {
    const found = new Map<string, Record<ScopeCount, number>>();
    for (const row of this.#tiers[0]?.query.iterate(60_000, profile, minute, minute + 1) ?? []) {
      const [, scope, ...values] = Object.values(row);
      const entries = scopeCounts.map((name, index) => [name, Number(values[index])]);
      found.set(String(scope), Object.fromEntries(entries) as Record<ScopeCount, number>);
    }
    return found;
  }

  /**
   * Deletes what is old.
   * @param now UTC ms
   * @param days how long the coarser rows are kept
   */
  prune(now: number, days: number): void {
    for (const { keeps, remove } of this.#tiers) remove.run(now - (keeps ?? days * 86_400_000));
  }

  /** Deletes all of a profile. */
  forget(profile: number): void {
    for (const { forget } of this.#tiers) forget.run(profile);
  }
}

/** What one bucket counted. */
interface Bucket {
  readonly counts: number[];
  hitTimes: TimeCounts;
  loadTimes: TimeCounts;
}

/** Turns rows, ordered by time, into columns. */
class Collector {
  readonly at: number[] = [];
  readonly #scopes = new Map<string, ScopeColumns>();
  /** Of all resources in the last of `at`; null: none was counted in it. */
  #all: Bucket | null = null;

  add([start, scope, ...values]: readonly unknown[]): void {
    if (this.at.at(-1) !== start) {
      this.#endBucket();
      this.at.push(Number(start));
    }
    const counted = values.slice(0, scopeCounts.length).map(Number);
    const [hitTimes = '', loadTimes = ''] = values.slice(scopeCounts.length).map(String);
    const bucket = { counts: counted, hitTimes, loadTimes };
    this.#put(String(scope), bucket);
    if (userOfScope(String(scope)) !== null) return;
    this.#all ??= { counts: counted.map(() => 0), hitTimes: '', loadTimes: '' };
    for (const [nth, count] of counted.entries())
      this.#all.counts[nth] = (this.#all.counts[nth] ?? 0) + count;
    this.#all.hitTimes += hitTimes;
    this.#all.loadTimes += loadTimes;
  }

  #endBucket(): void {
    if (this.#all) this.#put(allResources, this.#all);
    this.#all = null;
  }

  #put(scope: string, { counts: counted, hitTimes, loadTimes }: Bucket): void {
    const columnsOf = this.#open(scope);
    const index = this.at.length - 1;
    for (const [nth, name] of scopeCounts.entries()) {
      const column = columnsOf[name];
      pad(column, index, 0);
      column.push(counted[nth] ?? 0);
    }
    const hit = percentiles(hitTimes);
    const load = percentiles(loadTimes);
    put(columnsOf.hitP50, index, hit.p50);
    put(columnsOf.hitP95, index, hit.p95);
    put(columnsOf.loadP50, index, load.p50);
    put(columnsOf.loadP95, index, load.p95);
  }

  /** Every column as long as `at`. */
  busiest(): ScopeColumns[] {
    this.#endBucket();
    const all = this.#scopes.get(allResources);
    this.#scopes.delete(allResources);
    const ranked = [...this.#scopes.values()].map((one) => ({ one, asked: asked(one) }));
    ranked.sort((a, b) => b.asked - a.asked || (a.one.scope < b.one.scope ? -1 : 1));
    const chosen = [...(all ? [all] : []), ...ranked.slice(0, maxScopes).map(({ one }) => one)];
    for (const one of chosen) {
      for (const name of scopeCounts) pad(one[name], this.at.length, 0);
      for (const column of [one.hitP50, one.hitP95, one.loadP50, one.loadP95]) {
        pad(column, this.at.length, null);
      }
    }
    return chosen;
  }

  #open(scope: string): ScopeColumns {
    const known = this.#scopes.get(scope);
    if (known) return known;
    const empty = Object.fromEntries(
      [...scopeCounts, 'hitP50', 'hitP95', 'loadP50', 'loadP95'].map((name) => [name, []]),
    );
    const fresh = { scope, ...empty } as unknown as ScopeColumns;
    this.#scopes.set(scope, fresh);
    return fresh;
  }
}

function put(column: (number | null)[], index: number, value: number | null | undefined): void {
  pad(column, index, null);
  column.push(value ?? null);
}

function pad<T>(column: T[], length: number, value: T): void {
  while (column.length < length) column.push(value);
}

/** Lookups, and those that went past the cache. */
function asked(one: ScopeColumns): number {
  return [one.hits, one.staleHits, one.misses, one.coalesced, one.bypasses]
    .flat()
    .reduce((sum, count) => sum + count, 0);
}
