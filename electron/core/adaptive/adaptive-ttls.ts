import type { AdaptiveTtl } from '../../../shared/contract/tuning.ts';
import type { Settings } from '../../../shared/contract/settings.ts';
import { resourceTitles } from '../../../shared/model/resources.ts';
import type { ResourceKey } from '../../../shared/model/resources.ts';
import { spanSince, stamp } from '../clock.ts';
import type { Clock, Stamp } from '../clock.ts';
import type { LoadEnd } from '../status/loads.ts';
import type { ResourceSpec } from '../status/resources.ts';
import { ChangeHours } from './day-of-changes.ts';
import type { DayOfChanges } from './day-of-changes.ts';
import { reasonOf, timeText } from './reason.ts';
import { sameValue } from './same-value.ts';
import { TtlLearner } from './ttl-learner.ts';
import { clamp } from './ttl-rule.ts';
import type { Conditions } from './ttl-rule.ts';

/** ms between two events of one resource. */
const tellEvery = 10 * 60_000;
/** A move by more than this is told. */
const bigMove = 2;

/** What TTLs have to fit, beside what is known of their resources. */
interface Circumstances {
  readonly bounds: Settings['adaptiveTtl'];
  /** ms between two polls. */
  readonly pollMs: number;
}

interface AdaptiveTtlsOptions {
  readonly clock: Clock;
  /** Their TTLs are the configured ones: the default, or what profile and environment say. */
  readonly specs: readonly ResourceSpec[];
  readonly now: () => Circumstances;
  /** Called when a TTL has moved far, at most once in ten minutes for each. */
  readonly onMoved: (title: string, reason: string) => void;
}

interface Watched {
  readonly spec: ResourceSpec;
  readonly learner: TtlLearner;
  readonly hours: ChangeHours;
  last: { readonly value: unknown; readonly from: Stamp } | null;
  /** What was told last, or where it began under these bounds. */
  told: { readonly bounds: string; readonly ttl: number; readonly at: Stamp | null };
}

/**
 * The TTLs in effect. Every load teaches, whether its resource's TTL adapts or not, so that turning it on counts at once
 * and the advisor knows what changes. A value that is stored keeps the TTL it was stored with.
 */
export class AdaptiveTtls {
  readonly #options: AdaptiveTtlsOptions;
  readonly #watched: ReadonlyMap<ResourceKey, Watched>;

  constructor(options: AdaptiveTtlsOptions) {
    this.#options = options;
    this.#watched = new Map(
      options.specs.map((spec) => {
        const told = { bounds: '', ttl: spec.ttl, at: null };
        return [
          spec.key,
          { spec, learner: new TtlLearner(), hours: new ChangeHours(), last: null, told },
        ] as const;
      }),
    );
  }

  /** ms that a value counts for that is loaded now, or under other circumstances. */
  ttlOf(key: ResourceKey, under = this.#options.now()): number {
    const { spec, learner } = this.#of(key);
    return learner.choose(conditionsOf(spec, under)).ttl;
  }

  /** To be called when a load ended. A failure teaches nothing. */
  ended({ key, from, ms, outcome }: LoadEnd): void {
    const watched = this.#of(key);
    const { spec, learner, hours } = watched;
    if (!outcome.ok) {
      learner.interrupt();
      return;
    }
    const { value } = outcome;
    const { last } = watched;
    if (last !== null && from.mono < last.from.mono) return; // overtaken after a clear: its value is the older one
    const changed = last !== null && !sameValue(key, last.value, value);
    watched.last = { value, from };
    const gap = learner.loaded({ at: from, ms, changed }, this.#conditions(spec));
    if (gap !== null) hours.add(from.wall, gap, changed);
    this.#tell(watched);
  }

  /** Reading stops or goes on: what lies between is no evidence. */
  interrupt(): void {
    for (const { learner } of this.#watched.values()) learner.interrupt();
  }

  /** One row for each resource. */
  rows(): AdaptiveTtl[] {
    return [...this.#watched.values()].map(({ spec, learner }) => {
      const conditions = this.#conditions(spec);
      const { bounds, configured } = conditions;
      const chosen = learner.choose(conditions);
      return {
        key: spec.key,
        on: bounds !== null,
        ttl: chosen.ttl,
        configured,
        min: bounds?.min ?? configured,
        max: bounds?.max ?? configured,
        reason: reasonOf(chosen, conditions),
        ...learner.facts,
      };
    });
  }

  /** What was seen of a resource's value in the last 24 h. */
  day(key: ResourceKey): DayOfChanges {
    return this.#of(key).hours.day(this.#options.clock.wall());
  }

  #of(key: ResourceKey): Watched {
    const watched = this.#watched.get(key);
    if (!watched) throw new Error(`no resource ${key}`);
    return watched;
  }

  #conditions(spec: ResourceSpec): Conditions {
    return conditionsOf(spec, this.#options.now());
  }

  #tell(watched: Watched): void {
    const { clock, onMoved } = this.#options;
    const { spec, learner } = watched;
    const conditions = this.#conditions(spec);
    const chosen = learner.choose(conditions);
    const bounds = JSON.stringify(conditions.bounds);
    if (bounds !== watched.told.bounds) {
      // Whatever moves it now is the operator's doing.
      const { min, max } = conditions.bounds ?? { min: 0, max: Infinity };
      watched.told = { ...watched.told, bounds, ttl: clamp(conditions.configured, min, max) };
      return;
    }
    const { ttl, at } = watched.told;
    const [less, more] = [Math.min(ttl, chosen.ttl), Math.max(ttl, chosen.ttl)];
    if (more <= bigMove * less || (at !== null && spanSince(clock, at) < tellEvery)) return;
    watched.told = { bounds, ttl: chosen.ttl, at: stamp(clock) };
    onMoved(
      `${resourceTitles[spec.key]}: TTL ${timeText(ttl)} → ${timeText(chosen.ttl)}`,
      reasonOf(chosen, conditions),
    );
  }
}

function conditionsOf({ key, ttl }: ResourceSpec, { bounds, pollMs }: Circumstances): Conditions {
  const own = bounds[key];
  const limits = own?.on ? { min: own.minSeconds * 1000, max: own.maxSeconds * 1000 } : null;
  return { configured: ttl, bounds: limits, pollMs };
}
