import type { Counters, CacheStatistics } from '../../../shared/contract/cache.ts';
import type { CacheEntry } from '../../../shared/contract/explorer.ts';
import type { EntryOrigin } from '../../../shared/model/explorer.ts';
import type { CacheEvent } from '../../../electron/core/cache/types.ts';

/** One request as the backend saw it. UTC ms. */
export interface Answer {
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

/** What a scripted run wrote down: the cache's events, and where the switch of the cache was turned. */
export type Line = CacheEvent | { readonly switched: 'off' | 'on'; readonly at: number };

interface OpenLoad {
  readonly origin: EntryOrigin;
  readonly at: number;
  /** How each lookup that waits began. */
  readonly waiters: ('misses' | 'coalesced')[];
  forced: boolean;
  nextForced: boolean;
}

interface Stored {
  readonly at: number;
  /** ms of its load. */
  readonly ms: number;
  readonly origin: EntryOrigin;
}

interface KeyBook {
  readonly counts: Counters;
  readonly loads: { readonly at: number; readonly ms: number }[];
  open: OpenLoad | null;
  stored: Stored | null;
  taken: Stored | null;
  /** Whether what is stored, or was taken, has expired. */
  expired: boolean;
  /** Waiters of a load that just failed, until each turns out as it does. */
  failed: ('misses' | 'coalesced')[];
  failures: number;
  heldBackUntil: number;
  lastHitAt: number | null;
}

export interface LedgerOptions {
  readonly answers: readonly Answer[];
  /** ms. */
  readonly ttlOf: (key: string) => number;
  readonly staleWindowOf: (key: string) => number;
  readonly bytesOf: (key: string) => number;
  /** When the cache was started: it sweeps every minute from then. */
  readonly startedAt: number;
}

const backOff = [5, 10, 20, 40, 60].map((seconds) => 1000 * seconds);
const zero: Counters = {
  hits: 0,
  staleHits: 0,
  misses: 0,
  coalesced: 0,
  bypasses: 0,
  prefetches: 0,
  loads: 0,
  loadErrors: 0,
  evictions: 0,
  expirations: 0,
  invalidations: 0,
  cacheErrors: 0,
};

/** Recomputes from what was written down every number that the Cache page shows, by the rules in words alone. */
export class Ledger {
  readonly #options: LedgerOptions;
  readonly #books = new Map<string, KeyBook>();
  /** Lookups as they ended. */
  readonly #lookups: { readonly at: number; readonly hit: boolean }[] = [];
  readonly #timedHits: string[] = [];
  #hits = 0;
  #off: number | null = null;

  constructor(lines: readonly Line[], options: LedgerOptions) {
    this.#options = options;
    for (const line of lines) {
      if (!('switched' in line)) this.#enter(line, this.#book(line.key));
      else if (line.switched === 'off') this.#off = line.at;
      else this.#endOff(line.at);
    }
  }

  /** Counters of the keys that fit. */
  counters(fits: (key: string) => boolean): Counters {
    const sum = { ...zero };
    for (const [key, { counts }] of this.#books) {
      if (!fits(key)) continue;
      for (const name of Object.keys(sum) as (keyof Counters)[]) sum[name] += counts[name];
    }
    return sum;
  }

  keys(): string[] {
    return [...this.#books.keys()];
  }

  /** ms of each load that succeeded, in the order they ended. */
  loadTimes(fits: (key: string) => boolean): number[] {
    return [...this.#books]
      .flatMap(([key, { loads }]) => (fits(key) ? loads : []))
      .toSorted((a, b) => a.at - b.at)
      .map(({ ms }) => ms);
  }

  /** Hits whose time was taken: every 16th of all. */
  timedHits(fits: (key: string) => boolean): number {
    return this.#timedHits.filter(fits).length;
  }

  rateSince(from: number): CacheStatistics['hitRate1m'] {
    const lookups = this.#lookups.filter(({ at }) => at > from);
    const hits = lookups.filter(({ hit }) => hit).length;
    return { percent: lookups.length === 0 ? 0 : (100 * hits) / lookups.length, n: lookups.length };
  }

  /** What is stored at `now`, after the last sweep before it. */
  entries(now: number): CacheEntry[] {
    const { ttlOf, staleWindowOf, bytesOf, startedAt } = this.#options;
    const swept = startedAt + Math.floor((now - startedAt) / 60_000) * 60_000;
    return [...this.#books].flatMap(([key, { stored, counts, lastHitAt }]) => {
      const ttl = ttlOf(key);
      if (stored === null || swept - stored.at >= ttl + staleWindowOf(key)) return [];
      const age = now - stored.at;
      return {
        key,
        namespace: key.split(':')[0] ?? key,
        state: age < ttl ? ('fresh' as const) : ('expired' as const),
        dataAge: age + stored.ms,
        age,
        ttl,
        ttlRemaining: ttl - age,
        bytes: bytesOf(key),
        hits: counts.hits,
        lastHitAt,
        origin: stored.origin,
      };
    });
  }

  #book(key: string): KeyBook {
    const known = this.#books.get(key);
    if (known) return known;
    const book: KeyBook = {
      counts: { ...zero },
      loads: [],
      open: null,
      stored: null,
      taken: null,
      expired: false,
      failed: [],
      failures: 0,
      heldBackUntil: -Infinity,
      lastHitAt: null,
    };
    this.#books.set(key, book);
    return book;
  }

  #enter({ kind, key, at, ms }: CacheEvent, book: KeyBook): void {
    const { counts, open } = book;
    switch (kind) {
      case 'hit':
        counts.hits += 1;
        book.lastHitAt = at;
        this.#hits += 1;
        if (this.#hits % 16 === 0) this.#timedHits.push(key);
        this.#lookups.push({ at, hit: true });
        return;
      case 'stale': {
        const began = book.failed.shift();
        if (began) this.#uncount(book, began);
        counts.staleHits += 1;
        this.#lookups.push({ at, hit: false });
        return;
      }
      case 'miss':
        if (open === null && at >= book.heldBackUntil) this.#begin(book, 'miss', at, ['misses']);
        else this.#countWaiters(book, ['misses'], at);
        return;
      case 'coalesced':
        open?.waiters.push('coalesced');
        return;
      case 'bypass':
        counts.bypasses += 1;
        if (this.#off !== null) counts.loads += 1;
        else if (open) open.nextForced = true;
        else this.#begin(book, 'force', at, []);
        return;
      case 'prefetch':
        counts.prefetches += 1;
        this.#begin(book, 'prefetch', at, []);
        return;
      case 'set':
        if (ms === null) book.stored = book.taken && { ...book.taken, origin: 'undo' };
        else {
          book.loads.push({ at, ms });
          book.stored = { at, ms, origin: open?.origin ?? 'set' };
          book.expired = false;
          book.failures = 0;
          book.heldBackUntil = -Infinity;
          this.#end(book, at);
        }
        return;
      case 'refresh-failed':
        counts.loadErrors += 1;
        book.failed = open ? [...open.waiters] : [];
        book.heldBackUntil = at + (backOff[Math.min(book.failures, backOff.length - 1)] ?? 0);
        book.failures += 1;
        this.#end(book, at);
        return;
      case 'delete':
      case 'invalidate':
        counts.invalidations += 1;
        book.taken = book.stored ?? book.taken;
        book.stored = null;
        book.failures = 0;
        book.heldBackUntil = -Infinity;
        if (open) this.#detach(key, book, open, at);
        return;
      case 'evict':
        counts.evictions += 1;
        book.stored = null;
        return;
      case 'expire':
        // A value expires once, and not before its time.
        if (book.stored === null || at - book.stored.at < this.#options.ttlOf(key) || book.expired) {
          throw new Error(`${key} cannot expire at ${at}`);
        }
        book.expired = true;
        counts.expirations += 1;
        return;
      case 'recovered':
        return;
    }
  }

  #begin(book: KeyBook, origin: EntryOrigin, at: number, waiters: OpenLoad['waiters']): void {
    book.counts.loads += 1;
    book.failed = [];
    book.open = { origin, at, waiters, forced: origin === 'force', nextForced: false };
  }

  #end(book: KeyBook, at: number): void {
    const { open } = book;
    book.open = null;
    if (open === null) return;
    this.#countWaiters(book, open.waiters, at);
    if (open.nextForced) this.#begin(book, 'force', at, []);
  }

  /** Who waits gets the value all the same; a load nobody waits for is cancelled: neither a time nor an error. */
  #detach(key: string, book: KeyBook, open: OpenLoad, at: number): void {
    const ended = this.#options.answers.find((one) => one.key === key && one.from < at && one.to >= at);
    if (ended && (open.waiters.length > 0 || open.forced)) {
      book.loads.push({ at: ended.to, ms: ended.to - open.at });
      this.#countWaiters(book, open.waiters, ended.to);
    }
    book.open = null;
    if (open.nextForced) this.#begin(book, 'force', at, []);
  }

  /** With the cache off each lookup was a load of its own; none of them waited for a place. */
  #endOff(at: number): void {
    const off = this.#off ?? at;
    for (const { key, from, to } of this.#options.answers) {
      if (from >= off && from < at) this.#book(key).loads.push({ at: to, ms: to - from });
    }
    this.#off = null;
  }

  #countWaiters(book: KeyBook, waiters: OpenLoad['waiters'], at: number): void {
    for (const waiter of waiters) {
      book.counts[waiter] += 1;
      this.#lookups.push({ at, hit: false });
    }
  }

  /** A lookup that waited for a load and was served the last good value counts as that alone. */
  #uncount(book: KeyBook, began: 'misses' | 'coalesced'): void {
    book.counts[began] -= 1;
    this.#lookups.splice(
      this.#lookups.findLastIndex(({ hit }) => !hit),
      1,
    );
  }
}
