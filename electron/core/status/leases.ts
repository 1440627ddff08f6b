import type { ResourceKey } from '../../../shared/model/resources.ts';
import type { Clock, Stamp } from '../clock.ts';
import { spanSince, stamp } from '../clock.ts';

/** Who looks at what: a poll renews a lease for its resource, main's own watchers hold theirs for good. */
export class Leases {
  readonly #clock: Clock;
  readonly #length: () => number;
  readonly #renewed = new Map<ResourceKey, Stamp>();
  readonly #held = new Set<ResourceKey>();

  /** @param length ms a lease lasts: 2.5 poll intervals, so that one lost poll does not end it. */
  constructor(clock: Clock, length: () => number) {
    this.#clock = clock;
    this.#length = length;
  }

  renew(key: ResourceKey): void {
    this.#renewed.set(key, stamp(this.#clock));
  }

  hold(keys: readonly ResourceKey[]): void {
    for (const key of keys) this.#held.add(key);
  }

  isHeld(key: ResourceKey): boolean {
    return this.#held.has(key);
  }

  isActive(key: ResourceKey): boolean {
    return this.#held.has(key) || this.isPolled(key);
  }

  /** Whether a page looks at it. */
  isPolled(key: ResourceKey): boolean {
    const renewed = this.#renewed.get(key);
    return renewed !== undefined && spanSince(this.#clock, renewed) < this.#length();
  }
}
