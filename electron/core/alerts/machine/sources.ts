import type { AppTime, Judgement } from '../types.ts';
import type { PollOutcome, SourceRules, WatchedSource } from './api.ts';
import type { AlertMemory } from './memory.ts';

/** Failed attempts to reach each source after which a backend counts as unreachable. */
const unreachableAfter = 2;

type SourceMemory = AlertMemory['sources'][number];

interface Source extends SourceMemory {
  plan: WatchedSource;
  /** Loads that began earlier say nothing of what fails now. */
  armedAt: AppTime;
  /** Good loads in a row. */
  goodRun: number;
}

/** Whether an alert is firing or recovering: those are not touched when sources are judged anew. */
export type IsLive = (key: string) => boolean;

/**
 * What the loads of a profile's sources came to, and the two rules that judge it. A source's alert age is the time since
 * `silentSince`: the start of its last good load, or the moment it was armed, whichever is later.
 */
export class Sources {
  readonly #profileId: string;
  readonly #sources = new Map<string, Source>();

  constructor(
    profileId: string,
    plans: readonly WatchedSource[],
    now: AppTime,
    memory: readonly SourceMemory[],
  ) {
    this.#profileId = profileId;
    const known = new Map(memory.map((one) => [one.source, one]));
    for (const plan of plans) {
      this.#sources.set(plan.source, { ...fresh(plan, now), ...known.get(plan.source) });
    }
  }

  /** A load that was called off says nothing of its source. */
  polled(name: string, at: AppTime, outcome: PollOutcome): void {
    const source = this.#sources.get(name);
    if (!source || (outcome !== 'ok' && outcome.code === 'cancelled')) return;
    const ok = outcome === 'ok';
    const transport = !ok && outcome.transport;
    source.lastTransport = transport;
    if (ok) source.silentSince = Math.max(source.silentSince, at);
    if (!transport) source.transportRun = 0;
    if (!ok) source.goodRun = 0;
    if (at < source.armedAt) return;
    if (ok) source.goodRun += 1;
    if (transport) source.transportRun += 1;
  }

  /** There are sources, and at its last attempt none could be reached. */
  get noneReached(): boolean {
    return this.#sources.size > 0 && [...this.#sources.values()].every((source) => source.lastTransport);
  }

  /**
   * Judges all sources from now on. What a live alert rests on stays, and grows no older by what was not watched.
   * @param away ms that were not watched
   */
  rearm(now: AppTime, away: number, isLive: IsLive): void {
    for (const source of this.#sources.values()) {
      const { plan } = source;
      source.armedAt = now;
      source.goodRun = 0;
      // A load may have ended since what was not watched: then nothing is to be taken off.
      source.silentSince = isLive(this.#staleKey(plan)) ? Math.min(now, source.silentSince + away) : now;
      if (!isLive(this.#unreachableKey(plan.backend))) source.transportRun = 0;
    }
  }

  /** Watches these instead. Returns the keys of the alerts that a changed interval makes judge anew. */
  replace(plans: readonly WatchedSource[], now: AppTime, isLive: IsLive): Set<string> {
    const before = new Map(this.#sources);
    const anew = new Set<string>();
    this.#sources.clear();
    for (const plan of plans) {
      const source = before.get(plan.source) ?? fresh(plan, now);
      this.#sources.set(plan.source, source);
      const changed = source.plan.interval !== plan.interval;
      source.plan = plan;
      if (!changed) continue;
      anew.add(this.#staleKey(plan)).add(this.#unreachableKey(plan.backend));
      if (!isLive(this.#staleKey(plan))) source.silentSince = now;
    }
    return anew;
  }

  /** Parents come before their children. */
  judge(now: AppTime, rules: SourceRules): Judgement[] {
    const sources = [...this.#sources.values()];
    const backends = [...new Set(sources.map((source) => source.plan.backend))];
    const { clearMs } = rules;
    const unreachable = backends.map((backend): Judgement => {
      const own = sources.filter((source) => source.plan.backend === backend);
      return {
        key: this.#unreachableKey(backend),
        rule: 'unreachable',
        condition: own.every((source) => source.transportRun >= unreachableAfter),
        goodPolls: Math.max(...own.map((source) => source.goodRun)),
        forMs: rules.forMs.unreachable,
        clearMs,
        parent: null,
        inAppOnly: false,
      };
    });
    const stale = sources.map((source): Judgement => {
      return {
        key: this.#staleKey(source.plan),
        rule: 'stale',
        condition: now - source.silentSince >= rules.stalePolls * source.plan.interval,
        goodPolls: source.goodRun,
        forMs: rules.forMs.stale,
        clearMs,
        parent: this.#unreachableKey(source.plan.backend),
        inAppOnly: false,
      };
    });
    return [...(rules.on.unreachable ? unreachable : []), ...(rules.on.stale ? stale : [])];
  }

  export(): SourceMemory[] {
    return [...this.#sources.values()].map(({ source, silentSince, transportRun, lastTransport }) => {
      return { source, silentSince, transportRun, lastTransport };
    });
  }

  #staleKey({ source }: WatchedSource): string {
    return `${this.#profileId}/stale/${source}`;
  }

  #unreachableKey(backend: string): string {
    return `${this.#profileId}/unreachable/${backend}`;
  }
}

function fresh(plan: WatchedSource, now: AppTime): Source {
  return {
    plan,
    source: plan.source,
    armedAt: now,
    silentSince: now,
    goodRun: 0,
    transportRun: 0,
    lastTransport: false,
  };
}
