/**
 * ms from `wall` (UTC ms) to the next multiple of `interval` on the wall clock; never 0.
 * Every window and main count the same ticks, so that one load serves them all.
 */
export function msToNextTick(wall: number, interval: number): number {
  return interval - (((wall % interval) + interval) % interval);
}

/** The tick at or before `wall`, UTC ms. */
export function tickAt(wall: number, interval: number): number {
  return wall - (((wall % interval) + interval) % interval);
}
