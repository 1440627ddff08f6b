const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** ms. Widths a person can read off an axis; each tier's own is among them. */
const widths = [
  ...[5, 10, 15, 20, 30].map((n) => n * 1000),
  ...[1, 2, 3, 5, 6, 10, 15, 20, 30, 45].map((n) => n * minute),
  ...[1, 2, 3, 4, 6, 8, 12].map((n) => n * hour),
];

/** How a range is divided. Buckets are aligned to whole multiples of their width. */
export interface Buckets {
  /** ms */
  readonly width: number;
  /** Start of the first one, UTC ms. */
  readonly start: number;
}

/**
 * Divides a range into at most `points` buckets. The width depends on the length of the range and not on where it
 * begins, so that a chart that moves with the time keeps its points; where the range begins within a bucket that would
 * be one too many, that one is left out.
 * @param from UTC ms, included
 * @param to UTC ms, not included
 * @param resolution ms; the width of the coarsest rows in the range, which no bucket may split
 * @param distance ms; what the ticks in the range are apart, of which at most a minute counts: narrower buckets would
 * show a gap between any two
 */
export function divide(from: number, to: number, points: number, resolution: number, distance = 0): Buckets {
  const least = Math.max(resolution, Math.min(distance, minute), (to - from) / points);
  const width = widths.find((one) => one >= least && one % resolution === 0) ?? Math.ceil(least / day) * day;
  const last = Math.ceil(to / width) - 1;
  return { width, start: Math.max(Math.floor(from / width), last - points + 1) * width };
}
