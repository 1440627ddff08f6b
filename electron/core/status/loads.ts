import type { FailureCode } from '../../../shared/model/reading.ts';
import type { ResourceKey } from '../../../shared/model/resources.ts';
import { spanSince, stamp } from '../clock.ts';
import type { Clock, Stamp } from '../clock.ts';
import type { Observed, OrchestratorSource } from '../sources/orchestrator/orchestrator-source.ts';
import { CallMeter } from './call-meter.ts';
import { Limiter } from './limiter.ts';
import { describeError, isTransport } from './readings.ts';
import type { ResourceSpec, ResourceValues } from './resources.ts';

/**
 * Requests one backend sees at once: four, of which what is only on a page gets one, so that on a slow backend the
 * watched resources never queue behind it.
 */
const placesForWatched = 3;
const placesForPages = 1;

/** One load of a resource, for the request log. */
export interface BackendRequest {
  /** Start, UTC ms. */
  readonly at: number;
  readonly resource: ResourceKey;
  readonly ms: number;
  readonly outcome: 'ok' | FailureCode;
  /** Requests it sent. */
  readonly calls: number;
  /** It failed, and the backend could not be reached: not an answer that says no. */
  readonly transport: boolean;
}

/** How one load ended, for who learns from it. */
export interface LoadEnd {
  readonly key: ResourceKey;
  readonly from: Stamp;
  readonly ms: number;
  readonly outcome: { readonly ok: true; readonly value: unknown } | { readonly ok: false };
}

interface LoadsOptions {
  readonly clock: Clock;
  readonly source: OrchestratorSource;
  /** Whether main itself needs it, page or not. */
  readonly isWatched: (key: ResourceKey) => boolean;
  /** Called once each load ended. */
  readonly onRequest: (request: BackendRequest) => void;
  readonly onEnd: (end: LoadEnd) => void;
}

/** Sends what loads a backend's resources, so many at once as it should see, and tells how each ended. */
export class Loads {
  readonly calls: CallMeter;
  readonly #options: LoadsOptions;
  readonly #watchedLimiter = new Limiter(placesForWatched);
  readonly #pageLimiter = new Limiter(placesForPages);
  /** Wall ms of the last load of each. */
  readonly #startedAt = new Map<ResourceKey, number>();

  constructor(options: LoadsOptions) {
    this.#options = options;
    this.calls = new CallMeter(options.clock);
  }

  /** When the last load of a resource was sent, UTC ms; -Infinity: never. */
  lastAt(key: ResourceKey): number {
    return this.#startedAt.get(key) ?? -Infinity;
  }

  /** What the cache calls to load a resource. `K` is the key of `spec`. */
  of<K extends ResourceKey>(
    spec: ResourceSpec,
  ): (signal: AbortSignal) => Promise<Observed<ResourceValues[K]>> {
    const limiter = this.#options.isWatched(spec.key) ? this.#watchedLimiter : this.#pageLimiter;
    // The table in resources.ts ties each key to the read of its value's type.
    return (signal) =>
      limiter.run(signal, () => this.#send(spec, signal) as Promise<Observed<ResourceValues[K]>>);
  }

  /** The same for what nobody waits for: past the queues, so that no poll ever stands behind it. The caller bounds it. */
  aside(spec: ResourceSpec): (signal: AbortSignal) => Promise<Observed<unknown>> {
    return (signal) => this.#send(spec, signal);
  }

  async #send(spec: ResourceSpec, signal: AbortSignal): Promise<Observed<unknown>> {
    const { key, callsPerLoad } = spec;
    const { clock, source, onRequest, onEnd } = this.#options;
    this.calls.add(key, callsPerLoad);
    const from = stamp(clock);
    this.#startedAt.set(key, from.wall);
    const ended = (outcome: BackendRequest['outcome'], transport = false): void => {
      const ms = spanSince(clock, from);
      onRequest({ at: from.wall, resource: key, ms, outcome, calls: callsPerLoad, transport });
    };
    try {
      const observed = await spec.load(source, signal);
      ended('ok');
      onEnd({ key, from, ms: spanSince(clock, from), outcome: { ok: true, value: observed.value } });
      return observed;
    } catch (error) {
      // A source only sees that it was stopped; who stopped it knows why: the time limit, or nobody waits any more.
      const why: unknown = signal.aborted ? signal.reason : error;
      ended(describeError(why).code, isTransport(why));
      onEnd({ key, from, ms: spanSince(clock, from), outcome: { ok: false } });
      throw error;
    }
  }
}
