import type { RefreshProgress } from '../../../shared/contract/app.ts';
import type { ResourceKey } from '../../../shared/model/resources.ts';
import type { Clock } from '../clock.ts';
import { Feed } from '../feed.ts';
import { changesBetween } from './refresh-changes.ts';
import type { Values } from './refresh-changes.ts';
import type { ResourceValues } from './resources.ts';

type RefreshItem = RefreshProgress['items'][number];
export type RefreshResult = Pick<RefreshItem, 'state' | 'message'>;

interface Loads {
  /** Refreshes one resource past the cache. Never throws. */
  readonly refresh: (key: ResourceKey, started: () => void) => Promise<RefreshResult>;
  /** What is known of a resource now. */
  readonly valueOf: <K extends ResourceKey>(key: K) => ResourceValues[K] | null;
}

/** Runs a forced refresh and shows how far it is. A call while one runs joins it, adding what it lacks. */
export class ForceRefresh {
  readonly progress = new Feed<RefreshProgress>({
    running: false,
    startedAt: null,
    finishedAt: null,
    items: [],
    changes: [],
  });
  readonly #clock: Clock;
  readonly #loads: Loads;
  /** What was known when an item of the run was asked for, and after it was read. */
  #before: Values = {};
  #after: Values = {};
  /** One for each item of the run that is going on. */
  readonly #pending: Promise<void>[] = [];
  #running: Promise<RefreshProgress> | null = null;

  constructor(clock: Clock, loads: Loads) {
    this.#clock = clock;
    this.#loads = loads;
  }

  /** Resolves with the finished progress, one item for each resource. */
  run(keys: readonly ResourceKey[]): Promise<RefreshProgress> {
    if (this.#running) this.#add(keys);
    this.#running ??= this.#all(keys);
    return this.#running;
  }

  async #all(keys: readonly ResourceKey[]): Promise<RefreshProgress> {
    this.progress.set({
      running: true,
      startedAt: this.#clock.wall(),
      finishedAt: null,
      items: [],
      changes: [],
    });
    this.#add(keys);
    for (let one = this.#pending.shift(); one; one = this.#pending.shift()) await one;
    this.#running = null;
    const changes = changesBetween(this.#before, this.#after);
    this.#before = {};
    this.#after = {};
    this.progress.set({ ...this.progress.value, running: false, finishedAt: this.#clock.wall(), changes });
    return this.progress.value;
  }

  #add(keys: readonly ResourceKey[]): void {
    const { value } = this.progress;
    const missing = [...new Set(keys)].filter((key) => !value.items.some((item) => item.key === key));
    if (missing.length === 0) return;
    const queued = missing.map((key): RefreshItem => ({ key, state: 'queued', ms: null, message: null }));
    this.progress.set({ ...value, items: [...value.items, ...queued] });
    this.#pending.push(...missing.map((key) => this.#one(key)));
  }

  async #one(key: ResourceKey): Promise<void> {
    const asked = this.#clock.mono();
    const { refresh, valueOf } = this.#loads;
    this.#before = { ...this.#before, [key]: valueOf(key) };
    const result = await refresh(key, () => this.#update(key, { state: 'running' }));
    if (result.state === 'ok') this.#after = { ...this.#after, [key]: valueOf(key) };
    this.#update(key, { ...result, ms: Math.round(this.#clock.mono() - asked) });
  }

  #update(key: ResourceKey, change: Partial<RefreshItem>): void {
    const { value } = this.progress;
    const items = value.items.map((item) => (item.key === key ? { ...item, ...change } : item));
    this.progress.set({ ...value, items });
  }
}
