import type { Undo } from '../../../shared/contract/cache.ts';
import type { EntryPage, EntryQuery } from '../../../shared/contract/explorer.ts';
import type { CallOutput } from '../../../shared/rpc/client.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import type { PutBack, Selection } from '../cache/removal.ts';
import type { TtlCache } from '../cache/ttl-cache.ts';
import type { Clock } from '../clock.ts';
import type { EventDraft } from '../events/event-log.ts';
import { queryEntries } from './entry-query.ts';
import { expiryOf } from './expiry.ts';
import { KeptRemovals } from './kept-removals.ts';

/** Keys listed under a pattern before it is used. */
const mostListed = 200;
const mostNamespaces = 1000;
const everything = /^\*+$/;

interface CacheExplorerOptions {
  readonly clock: Clock;
  readonly cache: TtlCache;
  /** Loads at once what of `keys` has a subscriber; returns how many that are. */
  readonly reload: (keys: readonly string[]) => number;
  /** Called after everything was removed and is being reloaded. */
  readonly onClear: () => void;
  readonly newId: () => string;
  readonly record: (event: EventDraft) => void;
}

export interface Removed {
  readonly removed: number;
  readonly reloading: number;
  readonly undo: Undo;
}

/** What operators see of main's cache and do to it. Looking changes neither counters nor recency. */
export class CacheExplorer {
  readonly #options: CacheExplorerOptions;
  readonly #kept: KeptRemovals;

  constructor(options: CacheExplorerOptions) {
    this.#options = options;
    this.#kept = new KeptRemovals(options);
  }

  entries(query: EntryQuery): EntryPage {
    const { clock, cache } = this.#options;
    const all = cache.entries();
    return { now: clock.wall(), total: all.length, bytes: cache.bytes, ...queryEntries(all, query) };
  }

  /** Largest first. */
  namespaces(): CallOutput<'cache.namespaces'> {
    const namespaces = this.#options.cache
      .namespaceStatistics()
      .toSorted((a, b) => b.bytes - a.bytes || (a.namespace < b.namespace ? -1 : 1))
      .slice(0, mostNamespaces)
      .map(({ namespace, entries, bytes, counters, hitRate, hit, load }) => {
        return { namespace, entries, bytes, counters, hitRate, hitMs: hit, loadMs: load };
      });
    return { namespaces };
  }

  expiry(): CallOutput<'cache.expiry'> {
    const { clock, cache } = this.#options;
    return { now: clock.wall(), ...expiryOf(cache.entries().flatMap((entry) => entry.ttlRemaining ?? [])) };
  }

  /** @throws RpcError `bad-request` for a blank pattern. */
  match(pattern: string): CallOutput<'cache.match'> {
    const { cache } = this.#options;
    const keys = cache.match(notBlank(pattern)).toSorted();
    return { keys: keys.slice(0, mostListed), matching: keys.length, total: cache.entries().length };
  }

  /** @throws RpcError `bad-request` for a blank pattern, `conflict` for one that means everything. */
  invalidate(pattern: string): Removed {
    if (everything.test(notBlank(pattern))) {
      throw new RpcError('conflict', `${pattern} would remove every entry. Use Clear cache for that.`);
    }
    const removed = this.#remove({ pattern });
    if (removed.removed > 0) this.#tell('invalidate', `Invalidated ${pattern}: ${entriesText(removed)}`);
    return removed;
  }

  delete(keys: readonly string[]): Removed {
    const removed = this.#remove({ keys });
    if (removed.removed > 0) {
      this.#tell('invalidate', `Deleted from the cache: ${entriesText(removed)}`, keys.join(', '));
    }
    return removed;
  }

  clear(): Removed {
    const removed = this.#remove('all');
    this.#tell('clear', `Cache cleared: ${entriesText(removed)}`);
    this.#options.onClear();
    return removed;
  }

  /**
   * Puts back what was removed, with its true ages, unless something newer is there.
   * @throws RpcError `not-found` when it is too late.
   */
  undo(id: string): PutBack {
    const taken = this.#kept.take(id);
    if (!taken) throw new RpcError('not-found', 'It is too late to undo this.');
    const back = this.#options.cache.putBack(taken);
    const { restored, newer, expired } = back;
    const rest = [...(newer > 0 ? [`${newer} newer`] : []), ...(expired > 0 ? [`${expired} expired`] : [])];
    this.#tell(
      'invalidate',
      `Undone: ${entriesText({ removed: restored })} put back`,
      rest.length > 0 ? `Not put back: ${rest.join(', ')}.` : null,
    );
    return back;
  }

  /** From now on nothing that was removed before can be put back. */
  forget(): void {
    this.#kept.clear();
  }

  #remove(selection: Selection): Removed {
    const { cache, reload } = this.#options;
    const taken = cache.take(selection);
    return { removed: taken.keys.length, undo: this.#kept.keep(taken), reloading: reload(taken.keys) };
  }

  #tell(kind: 'clear' | 'invalidate', title: string, detail: string | null = null): void {
    this.#options.record({ kind, severity: 'info', title, detail });
  }
}

function entriesText({ removed }: Pick<Removed, 'removed'>): string {
  return `${removed} ${removed === 1 ? 'entry' : 'entries'}`;
}

function notBlank(pattern: string): string {
  if (pattern.trim() === '') throw new RpcError('bad-request', 'A pattern must not be blank.');
  return pattern;
}
