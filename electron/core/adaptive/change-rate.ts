/** Two loads in a row. */
interface Pair {
  /** ms between them. */
  readonly gap: number;
  /** The second brought another value. */
  readonly changed: boolean;
}

/** How long a value stays the same. */
export interface Stillness {
  /** ms. */
  readonly ms: number;
  /** false: no change was seen, and it is how long it has been watched. */
  readonly average: boolean;
}

/** Pairs that are remembered: 20 minutes at a poll of 5 s, an hour at a TTL of 15 s. */
const most = 240;
/** Pairs it takes to say anything. */
const fewest = 12;
/** The latest pairs, in which two changes outweigh what was before. */
const latest = 8;

/** Learns from loads in a row how often a value changes. */
export class ChangeRate {
  #pairs: Pair[] = [];
  #unchangedFor = 0;

  add(gap: number, changed: boolean): void {
    this.#pairs.push({ gap, changed });
    if (this.#pairs.length > most) this.#pairs.shift();
    this.#unchangedFor = changed ? 0 : this.#unchangedFor + gap;
  }

  /** It changed at a moment that tells nothing of how often it does. */
  restart(): void {
    this.#unchangedFor = 0;
  }

  /** ms the value was seen to be the same. */
  get unchangedFor(): number {
    return this.#unchangedFor;
  }

  /**
   * How long the value stays the same; null: too little was seen. Of all that is remembered and of the latest pairs the
   * shorter, so that a value that begins to change is known to after two changes.
   */
  stillness(): Stillness | null {
    if (this.#pairs.length < fewest) return null;
    const all = this.meanBetweenChanges();
    if (all === null) return { ms: this.#pairs.reduce((sum, { gap }) => sum + gap, 0), average: false };
    const recent = this.#pairs.slice(-latest);
    const severalNow = recent.filter(({ changed }) => changed).length >= 2;
    return { ms: Math.min(all, (severalNow ? meanOf(recent) : null) ?? Infinity), average: true };
  }

  /** Of all that is remembered, ms; null: no change was seen. */
  meanBetweenChanges(): number | null {
    return meanOf(this.#pairs);
  }
}

/**
 * Mean ms between two changes of what was looked at n times, and found changed X times: the mean gap through
 * −ln((n − X + ½) / (n + ½)) (Cho and Garcia-Molina, “Estimating frequency of change”, 2003), because one look finds
 * one change however many there were since the last. null for X = 0.
 */
function meanOf(pairs: readonly Pair[]): number | null {
  const n = pairs.length;
  const changes = pairs.filter(({ changed }) => changed).length;
  if (changes === 0) return null;
  const gap = pairs.reduce((sum, pair) => sum + pair.gap, 0) / n;
  return gap / -Math.log((n - changes + 0.5) / (n + 0.5));
}
