import type { RefreshProgress } from '../../../shared/contract/app.ts';
import type { ResourceKey } from '../../../shared/model/resources.ts';
import type { Clock } from '../clock.ts';
import { Feed } from '../feed.ts';

export type RefreshItem = RefreshProgress['items'][number];
export type RefreshResult = Pick<RefreshItem, 'state' | 'message'>;

/** Refreshes one resource past the cache. Never throws. */
export type RefreshOne = (key: ResourceKey, started: () => void) => Promise<RefreshResult>;

/** Runs a forced refresh and shows how far it is. A second call while one runs joins it. */
export class ForceRefresh {
  readonly progress = new Feed<RefreshProgress>({
    running: false,
    startedAt: null,
    finishedAt: null,
    items: [],
  });
  readonly #clock: Clock;
  readonly #refreshOne: RefreshOne;
  #running: Promise<RefreshProgress> | null = null;

  constructor(clock: Clock, refreshOne: RefreshOne) {
    this.#clock = clock;
    this.#refreshOne = refreshOne;
  }

  /** Resolves with the finished progress, one item for each resource. */
  run(keys: readonly ResourceKey[]): Promise<RefreshProgress> {
    this.#running ??= this.#all(keys).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #all(keys: readonly ResourceKey[]): Promise<RefreshProgress> {
    this.progress.set({
      running: true,
      startedAt: this.#clock.wall(),
      finishedAt: null,
      items: keys.map((key) => ({ key, state: 'queued', ms: null, message: null })),
    });
    await Promise.all(keys.map((key) => this.#one(key)));
    this.progress.set({ ...this.progress.value, running: false, finishedAt: this.#clock.wall() });
    return this.progress.value;
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
