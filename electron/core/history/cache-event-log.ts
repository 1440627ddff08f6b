import type { CacheEvent } from '../../../shared/contract/cache.ts';
import type { CacheEvent as Emitted } from '../cache/types.ts';
import type { Cancel, Clock } from '../clock.ts';
import { Feed } from '../feed.ts';

const kept = 400;
/** ms the page's timeline draws, and a little for clocks. */
const window = 80_000;
/** ms: changes are pushed at most this often; long enough that a load ahead and the poll after it are one push. */
const pushEvery = 1000;
/** ms within which the same event for the same key is counted up rather than listed again. */
const sameMoment = 1000;

/** The cache's last events for the page's timeline, pushed in batches. */
export class CacheEventLog {
  readonly feed = new Feed<CacheEvent[]>([]);
  readonly #clock: Clock;
  #events: CacheEvent[] = [];
  #nextId = 1;
  #pending: Cancel | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(event: Emitted): void {
    const same = this.#events.findLast(({ key }) => key === event.key);
    if (same && same.kind === event.kind && Math.abs(event.at - same.at) < sameMoment && event.ms === null) {
      this.#events[this.#events.indexOf(same)] = { ...same, count: same.count + 1 };
    } else {
      this.#events.push({ id: this.#nextId++, count: 1, ...event });
    }
    if (this.#pending === null) this.#pending = this.#clock.after(pushEvery, () => this.#push());
  }

  /** Ends the pushing. */
  stop(): void {
    this.#pending?.();
    this.#pending = null;
  }

  #push(): void {
    this.#pending = null;
    const from = this.#clock.wall() - window;
    this.#events = this.#events.filter((event) => event.at >= from).slice(-kept);
    this.feed.set([...this.#events]);
  }
}
