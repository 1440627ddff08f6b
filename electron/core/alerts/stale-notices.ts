import type { Notice } from '../../../shared/contract/app.ts';
import { lateAfterIntervals, staleAfterIntervals } from '../../../shared/model/freshness.ts';
import type { Reading } from '../../../shared/model/reading.ts';
import { watchedResources } from '../../../shared/model/resources.ts';
import type { WatchedResource } from '../../../shared/model/resources.ts';
import type { Clock, Stamp } from '../clock.ts';
import { spanSince, stamp } from '../clock.ts';
import { Feed } from '../feed.ts';
import { recoveredText, staleText } from './notice-text.ts';

/** ms: what turns stale (or live) within this time of each other is told in one notice. */
const groupWait = 5000;
const keptNotices = 20;

interface Watch {
  staleSince: Stamp | null;
  /** A stale notice went out and no recovery since. */
  announced: boolean;
}

interface StaleNoticesOptions {
  readonly clock: Clock;
  readonly read: (key: WatchedResource) => Reading<unknown>;
  readonly timeOfDay: (at: number) => string;
}

/**
 * One notice when sources turn stale, one when they are live again. Ages count from the last good load or from the
 * moment watching (re)started, whichever is later, so that neither a start nor hours of sleep alert.
 */
export class StaleNotices {
  readonly feed = new Feed<Notice[]>([]);
  readonly #options: StaleNoticesOptions;
  readonly #watches = new Map<WatchedResource, Watch>();
  readonly #listeners = new Set<(notice: Notice) => void>();
  readonly #startedAt: Stamp;
  #armedAt: Stamp;
  /** When the first of the changes waiting to be told happened. */
  #changedAt: Stamp | null = null;
  #nextId = 1;

  constructor(options: StaleNoticesOptions) {
    this.#options = options;
    this.#startedAt = stamp(options.clock);
    this.#armedAt = this.#startedAt;
    for (const key of watchedResources) this.#watches.set(key, { staleSince: null, announced: false });
  }

  /** Calls `listener` for each notice. Returns the way to stop. */
  onNotice(listener: (notice: Notice) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Starts counting anew: after sleep, pause, or being offline. */
  rearm(): void {
    this.#armedAt = stamp(this.#options.clock);
    this.#changedAt = null;
    for (const watch of this.#watches.values()) if (!watch.announced) watch.staleSince = null;
  }

  /** To be called once a second. */
  tick(paused: boolean): void {
    const { clock } = this.#options;
    if (paused) {
      this.rearm();
      return;
    }
    for (const [key, watch] of this.#watches) this.#evaluate(key, watch);
    if (this.#changedAt && spanSince(clock, this.#changedAt) >= groupWait) this.#flush();
  }

  #evaluate(key: WatchedResource, watch: Watch): void {
    const reading = this.#options.read(key);
    if (!reading.supported) return;
    const age = this.#alertAge(reading);
    if (watch.staleSince === null && age >= staleAfterIntervals * reading.interval) {
      watch.staleSince = stamp(this.#options.clock);
      this.#changedAt ??= watch.staleSince;
    } else if (watch.staleSince !== null && isLive(reading)) {
      this.#changedAt ??= stamp(this.#options.clock);
    }
  }

  #alertAge(reading: Reading<unknown>): number {
    const armed = spanSince(this.#options.clock, this.#armedAt);
    return reading.age === null ? armed : Math.min(reading.age, armed);
  }

  #flush(): void {
    this.#changedAt = null;
    const { clock, read, timeOfDay } = this.#options;
    const stale = [];
    const recovered = [];
    for (const [key, watch] of this.#watches) {
      if (watch.staleSince === null) continue;
      const reading = read(key);
      if (!reading.supported) {
        this.#watches.set(key, { staleSince: null, announced: false });
      } else if (isLive(reading)) {
        // What came back within the group wait was never told and needs no recovery.
        if (watch.announced) recovered.push({ key, wasStaleFor: spanSince(clock, watch.staleSince) });
        this.#watches.set(key, { staleSince: null, announced: false });
      } else if (!watch.announced) {
        watch.announced = true;
        const age = reading.age ?? spanSince(clock, this.#startedAt);
        stale.push({ key, age, lastGood: reading.loadedAt, failure: reading.failure });
      }
    }
    const live = watchedResources.filter((key) => this.#watches.get(key)?.staleSince === null);
    if (stale.length > 0) this.#send('stale', keysOf(stale), staleText(stale, live, timeOfDay));
    if (recovered.length > 0) this.#send('recovered', keysOf(recovered), recoveredText(recovered));
  }

  #send(
    kind: Notice['kind'],
    resources: WatchedResource[],
    text: { readonly title: string; readonly body: string },
  ): void {
    const notice: Notice = {
      id: this.#nextId++,
      at: this.#options.clock.wall(),
      kind,
      resources,
      ...text,
    };
    this.feed.set([...this.feed.value, notice].slice(-keptNotices));
    for (const listener of this.#listeners) listener(notice);
  }
}

function isLive(reading: Reading<unknown>): boolean {
  return (
    reading.age !== null && reading.failure === null && reading.age <= lateAfterIntervals * reading.interval
  );
}

function keysOf(items: readonly { readonly key: WatchedResource }[]): WatchedResource[] {
  return items.map((item) => item.key);
}
