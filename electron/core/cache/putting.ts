import { stamp, type Clock, type Stamp } from '../clock.ts';
import { checkDuration } from './errors.ts';
import type { Loading } from './loading.ts';
import type { Records } from './records.ts';
import type { Shelf } from './shelf.ts';
import type { Restored, SetPolicy } from './types.ts';

interface PuttingOptions {
  readonly clock: Clock;
  readonly defaultTtl: number;
  readonly records: Records;
  readonly loading: Loading;
  readonly shelf: Shelf;
}

type Put = SetPolicy & {
  readonly loadedAt: Stamp;
  readonly storedAt: Stamp;
  readonly origin: 'set' | 'restored';
};

/** Values that come without a load: by hand or from an earlier run. They take the place of one that is being loaded. */
export class Putting {
  readonly #options: PuttingOptions;

  constructor(options: PuttingOptions) {
    this.#options = options;
  }

  set(key: string, value: unknown, policy: SetPolicy): void {
    const now = stamp(this.#options.clock);
    this.#put(key, value, { ...policy, loadedAt: now, storedAt: now, origin: 'set' });
  }

  restore(key: string, from: Restored): void {
    const now = stamp(this.#options.clock);
    const born = (wall: number): Stamp => {
      if (!Number.isFinite(wall)) throw new RangeError('A restored value needs finite times');
      return { wall, mono: now.mono - (wall > now.wall ? from.ttl : now.wall - wall) };
    };
    const { ttl, staleWindow = 0, value } = from;
    const stamps = { loadedAt: born(from.loadedAt), storedAt: born(from.storedAt) };
    this.#put(key, value, { ttl, staleWindow, ...stamps, origin: 'restored' });
  }

  #put(key: string, value: unknown, put: Put): void {
    const { defaultTtl, records, loading, shelf } = this.#options;
    const { ttl = defaultTtl, staleWindow = 0, loadedAt, storedAt, origin } = put;
    checkDuration('ttl', ttl);
    checkDuration('staleWindow', staleWindow);
    if (value === undefined) throw new TypeError('undefined cannot be cached');
    const record = records.open(key);
    const pending = loading.detach(record, false);
    shelf.put(record, { value: shelf.share(value), loadedAt, storedAt, ttl, staleWindow, origin, ms: null });
    loading.recovered(record);
    loading.resume(record, pending);
  }
}
