import type { Stamp } from '../clock.ts';
import { spreadOf } from '../cache/recent-times.ts';
import { ChangeRate } from './change-rate.ts';
import { aimOf, capOf, clamp, setToTicks } from './ttl-rule.ts';
import type { Aim, Conditions, Evidence } from './ttl-rule.ts';

/** A load that brought a value. */
export interface LoadSeen {
  /** When it began. */
  readonly at: Stamp;
  readonly ms: number;
  /** Whether it brought another value than the one before; of the first it does not matter. */
  readonly changed: boolean;
}

/** A TTL and what it was chosen by. */
export interface ChosenTtl {
  /** ms. */
  readonly ttl: number;
  /** null: it does not adapt. */
  readonly aim: Aim | null;
  /** It is on its way up to what it aims at. */
  readonly growing: boolean;
  readonly evidence: Evidence;
}

/** Load times that are remembered, and how many it takes. */
const mostTimes = 12;
const fewestTimes = 6;
/** Growth at each load: a mistake costs little, and what has begun to change is met half-way. */
const growth = 1.25;
/** ms by which the two clocks may differ over a gap: more is a jump, or a sleep. */
const tolerance = 1000;
/** ms: a gap up to this, and up to three intervals, is watching; in a longer one nobody looked. */
const shortGap = 60_000;

/**
 * Learns one resource's TTL from its loads; see `aimOf` for the rule. It falls at once and grows by a quarter at each
 * load. A gap in which the computer slept, a clock jumped, a load failed or nobody looked is no evidence of stillness.
 */
export class TtlLearner {
  #loads = 0;
  #changes = 0;
  readonly #times: number[] = [];
  readonly #rate = new ChangeRate();
  /** null: nothing is known that the next load could be compared with. */
  #before: Stamp | null = null;
  /** ms before it is set to the ticks; null: where the configured TTL is. */
  #level: number | null = null;
  /** Kept, because the TTL is asked for at each poll. */
  #evidence: Evidence = { stillness: null, load: null };

  /** @returns the gap since the load before, ms, where the two are evidence of how often the value changes. */
  loaded({ at, ms, changed }: LoadSeen, conditions: Conditions): number | null {
    this.#loads += 1;
    this.#times.push(ms);
    if (this.#times.length > mostTimes) this.#times.shift();
    const gap = this.#before && this.#gapBetween(this.#before, at, conditions);
    this.#before = at;
    if (gap !== null) {
      this.#rate.add(gap, changed);
      if (changed) this.#changes += 1;
    } else if (changed) {
      this.#rate.restart();
    }
    this.#evidence = this.#weigh();
    this.#move(gap, changed, conditions);
    return gap;
  }

  /** From here to the next load nothing is learnt of the value: a load failed, the computer sleeps, reading is paused. */
  interrupt(): void {
    this.#before = null;
  }

  /** The TTL under the conditions of now, which count at once. */
  choose(conditions: Conditions): ChosenTtl {
    const { configured, bounds, pollMs } = conditions;
    const evidence = this.#evidence;
    if (bounds === null) return { ttl: configured, aim: null, growing: false, evidence };
    const aim = aimOf(evidence, configured, bounds);
    const base = clamp(configured, bounds.min, bounds.max);
    const cap = capOf(base, evidence.load, bounds.max);
    const level = clamp(this.#level ?? base, bounds.min, cap);
    // Set to the ticks, a TTL that is to be longer must not come out shorter than it was.
    const room = { min: level < base ? bounds.min : base, cap };
    const ttl =
      level === configured ? configured : setToTicks(level, evidence, pollMs, room, aim.cause === 'slow');
    return { ttl, aim, growing: level < aim.ttl, evidence };
  }

  /** For who wants to see what it was learnt from. Times in ms. */
  get facts(): {
    readonly loads: number;
    readonly changes: number;
    readonly medianLoadMs: number | null;
    readonly changeEvery: number | null;
    readonly unchangedFor: number | null;
  } {
    const times = this.#spread();
    return {
      loads: this.#loads,
      changes: this.#changes,
      medianLoadMs: times.n === 0 ? null : times.p50,
      changeEvery: this.#rate.meanBetweenChanges(),
      unchangedFor: this.#loads < 2 ? null : this.#rate.unchangedFor,
    };
  }

  #move(gap: number | null, changed: boolean, { configured, bounds, pollMs }: Conditions): void {
    if (bounds === null) {
      this.#level = null;
      return;
    }
    const { ttl, cause } = aimOf(this.#evidence, configured, bounds);
    const level = clamp(this.#level ?? configured, bounds.min, bounds.max);
    // Loads in quick succession are one step; what has just changed is not trusted to stay.
    const mayGrow = gap !== null && gap >= pollMs / 2 && (cause === 'slow' || !changed);
    this.#level = ttl <= level ? ttl : mayGrow ? Math.min(ttl, level * growth) : level;
  }

  #gapBetween(before: Stamp, at: Stamp, conditions: Conditions): number | null {
    const { mono, wall } = { mono: at.mono - before.mono, wall: at.wall - before.wall };
    const longest = Math.max(shortGap, 3 * Math.max(conditions.pollMs, this.choose(conditions).ttl));
    if (Math.abs(mono - wall) > tolerance || mono <= 0 || mono > longest) return null;
    return mono;
  }

  #weigh(): Evidence {
    const { n, p50: median, p95 } = this.#spread();
    return { stillness: this.#rate.stillness(), load: n < fewestTimes ? null : { median, p95 } };
  }

  #spread() {
    return spreadOf(this.#times.toSorted((a, b) => a - b));
  }
}
