import type { CallOutput } from '../../../shared/rpc/client.ts';

type Expiry = Omit<CallOutput<'cache.expiry'>, 'now'>;

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Where one bar ends and the next begins, ms: fine where the TTLs of polled resources lie, coarse where a day's do. */
const edges = [
  0,
  second,
  2 * second,
  3 * second,
  5 * second,
  10 * second,
  30 * second,
  minute,
  5 * minute,
  15 * minute,
  hour,
  6 * hour,
  24 * hour,
];

/**
 * How many values stay fresh for how long. The last bar is open: it holds TTLs above a day. `noExpiry` counts what
 * has no end at all; the cache refuses such a TTL today, so that it is 0 as long as that holds.
 * @param left ms each stored value stays fresh; 0 or less: expired, Infinity: for ever
 */
export function expiryOf(left: readonly number[]): Expiry {
  const bars = edges.map((from, at) => ({ from, to: edges[at + 1] ?? null, entries: 0 }));
  let expired = 0;
  let noExpiry = 0;
  for (const ms of left) {
    const bar = bars.findLast(({ from }) => from <= ms);
    if (ms <= 0) expired += 1;
    else if (ms === Infinity) noExpiry += 1;
    else if (bar) bar.entries += 1;
  }
  return { bars, expired, noExpiry };
}
