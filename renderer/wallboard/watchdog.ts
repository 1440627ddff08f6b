import type { LinkState } from '../../shared/rpc/client.ts';
import { spanBetween } from '../live/ticker.ts';
import type { Stamp } from '../live/ticker.ts';

/** A board that hears nothing for so many intervals stands still. */
export const patienceIntervals = 3;

/** What shows that a board lives. */
export interface Signs {
  /** When a reply of main was last drawn; before the first, when the board was opened. */
  readonly data: Stamp;
  /** When the page's ages last moved on. */
  readonly tick: Stamp;
}

interface Now {
  readonly now: Stamp;
  readonly link: LinkState;
  readonly intervalMs: number;
}

/**
 * The moment from which on what the board shows is old; null: it lives. That nothing arrives, that main cannot be
 * reached, and that the page itself was asleep all come down to it, because ages count on both clocks.
 */
export function stoppedSince({ data, tick }: Signs, { now, link, intervalMs }: Now): Stamp | null {
  const limit = patienceIntervals * intervalMs;
  const lost = link === 'lost' || link === 'signed-out';
  if (lost || spanBetween(data, now) > limit) return data;
  return spanBetween(tick, now) > limit ? tick : null;
}
