import type { RefreshProgress } from '../../../shared/contract/app.ts';
import type { ResourceKey } from '../../../shared/model/resources.ts';
import type { Clock } from '../clock.ts';
import { Feed } from '../feed.ts';

type RefreshItem = RefreshProgress['items'][number];
export type RefreshResult = Pick<RefreshItem, 'state' | 'message'>;

/** Refreshes one resource past the cache. Never throws. */
type RefreshOne = (key: ResourceKey, started: () => void) => Promise<RefreshResult>;

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
  readonly #refreshOne: RefreshOne;
  /** One for each item of the run that is going on. */
  readonly #pending: Promise<void>[] = [];
  #running: Promise<RefreshProgress> | null = null;

  constructor(clock: Clock, refreshOne: RefreshOne) {
    this.#clock = clock;
    this.#refreshOne = refreshOne;
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
    this.progress.set({ ...this.progress.value, running: false, finishedAt: this.#clock.wall() });
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
    const result = await this.#refreshOne(key, () => this.#update(key, { state: 'running' }));
    this.#update(key, { ...result, ms: Math.round(this.#clock.mono() - asked) });
  }

  #update(key: ResourceKey, change: Partial<RefreshItem>): void {
    const { value } = this.progress;
    const items = value.items.map((item) => (item.key === key ? { ...item, ...change } : item));
    this.progress.set({ ...value, items });
  }
}
