import type { Endpoint, Engagement } from '../../../shared/contract/portal.ts';
import type { SessionComparison } from '../../../shared/contract/sessions.ts';
import type { Clock } from '../clock.ts';
import type { PortalRequest, PortalSource } from '../sources/portal/portal-source.ts';
import { SourceError } from '../sources/source-error.ts';
import type { SessionStore } from './session-store.ts';

/** Sends one request as the user whose session is compared: with their token and within a time limit. */
export type AskPortal = <T>(
  signal: AbortSignal,
  send: (source: PortalSource, request: PortalRequest) => Promise<T>,
) => Promise<T>;

/** A session store of its own, so that a comparison touches nobody's session. */
export type ComparedStore = Pick<SessionStore, 'get' | 'clear' | 'stop'>;

interface CompareOptions {
  readonly portal: AskPortal;
  readonly email: string;
  /** The one the user has chosen; null: the first of their list. */
  readonly engagementId: number | null;
  /** Opens a store as a start of the app does: on the same files each time. */
  readonly newStore: () => ComparedStore;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

type Run = SessionComparison['three'][number];
type Operation = Run['operations'][number]['operation'];

const three = ['vms', 'clusters', 'business-units'] as const satisfies readonly Operation[];
const five = [...three, 'environments', 'endpoints'] as const satisfies readonly Operation[];

/**
 * Runs the three and the five operations of `session-cache-flow.md` against the portal, one call after the other: without
 * a store, with an empty one, with the same one again, and after a restart. One request before it all, in no figure, finds
 * the engagement and lets a service account sign in.
 * @throws SourceError of the first call that fails; the signal's reason
 */
export async function compareSessions(options: CompareOptions): Promise<SessionComparison> {
  const { portal, clock, engagementId, signal } = options;
  const at = clock.wall();
  const offered = await portal(signal, (source, request) => source.engagements(request));
  const chosen = engagementId ?? offered[0]?.id;
  if (chosen === undefined) throw new SourceError('not-found', 'This user has no engagement.');
  const compare = new Comparison(options, chosen);
  return { at, three: await compare.runs(three), five: await compare.runs(five) };
}

class Comparison {
  readonly #options: CompareOptions;
  readonly #engagement: number;
  #calls = 0;

  constructor(options: CompareOptions, engagement: number) {
    this.#options = options;
    this.#engagement = engagement;
  }

  async runs(operations: readonly Operation[]): Promise<Run[]> {
    const { email, newStore } = this.#options;
    const off = await this.#run('off', operations, null);
    const first = newStore();
    const started = [first];
    try {
      first.clear(email);
      const cold = await this.#run('cold', operations, first);
      const warm = await this.#run('warm', operations, first);
      first.stop();
      const second = newStore();
      started.push(second);
      return [off, cold, warm, await this.#run('restarted', operations, second)];
    } finally {
      const last = started.at(-1);
      last?.clear(email);
      last?.stop();
    }
  }

  async #run(kind: Run['kind'], operations: readonly Operation[], store: ComparedStore | null): Promise<Run> {
    const run: Run = { kind, operations: [], calls: 0, ms: 0, extra: { calls: 0, ms: 0 } };
    for (const operation of operations) {
      let endpoints: Endpoint[] = [];
      if (operation === 'clusters') {
        run.extra = await this.#measure(async () => {
          endpoints = await this.#endpoints(store, this.#engagement);
        });
      }
      const { calls, ms } = await this.#measure(() => this.#operate(operation, store, endpoints));
      run.operations.push({ operation, calls, ms });
      run.calls += calls;
      run.ms = tenths(run.ms + ms);
    }
    return run;
  }

  async #measure(work: () => Promise<unknown>): Promise<{ calls: number; ms: number }> {
    const { clock } = this.#options;
    const [calls, mono] = [this.#calls, clock.mono()];
    await work();
    return { calls: this.#calls - calls, ms: tenths(clock.mono() - mono) };
  }

  /** What comes before each operation is the document's, also where a portal could do without. */
  async #operate(
    operation: Operation,
    store: ComparedStore | null,
    endpoints: readonly Endpoint[],
  ): Promise<unknown> {
    const paasId = await this.#paasId(store);
    if (operation === 'endpoints') return this.#endpoints(store, paasId);
    const ipcId = await this.#ipcId(store, paasId);
    switch (operation) {
      case 'vms':
        return this.#ask((source, request) => source.vms(ipcId, request));
      case 'clusters':
        return this.#ask((source, request) => source.clusters(paasId, endpoints, request));
      case 'business-units': {
        const load = this.#load((source, request) => source.businessUnits(ipcId, request));
        return store ? store.get(this.#options.email, 'business_units', load, { of: ipcId }) : load();
      }
      case 'environments': {
        const load = this.#load((source, request) => source.environments(ipcId, request));
        return store ? store.get(this.#options.email, 'environments_list', load, { of: ipcId }) : load();
      }
    }
  }

  async #paasId(store: ComparedStore | null): Promise<number> {
    const list = this.#load((source, request) => source.engagements(request));
    const load = async (signal?: AbortSignal): Promise<number> =>
      chosenOf(await list(signal), this.#engagement);
    return store ? (await store.get(this.#options.email, 'paas_engagement_id', load)).value : load();
  }

  async #ipcId(store: ComparedStore | null, paasId: number): Promise<number> {
    const load = this.#load((source, request) => source.ipcEngagementId(paasId, request));
    if (!store) return load();
    return (await store.get(this.#options.email, 'ipc_engagement_id', load, { of: paasId })).value;
  }

  async #endpoints(store: ComparedStore | null, paasId: number): Promise<Endpoint[]> {
    const load = this.#load((source, request) => source.endpoints(paasId, request));
    if (!store) return load();
    return (await store.get(this.#options.email, 'endpoints', load, { of: paasId })).value;
  }

  /** A loader as the store wants it, which also runs without one. */
  #load<T>(send: (source: PortalSource, request: PortalRequest) => Promise<T>) {
    return (signal?: AbortSignal): Promise<T> => this.#ask(send, signal);
  }

  #ask<T>(
    send: (source: PortalSource, request: PortalRequest) => Promise<T>,
    loading?: AbortSignal,
  ): Promise<T> {
    const { portal, signal } = this.#options;
    this.#calls += 1;
    return portal(loading ? AbortSignal.any([signal, loading]) : signal, send);
  }
}

function chosenOf(list: readonly Engagement[], id: number): number {
  if (list.some((one) => one.id === id)) return id;
  throw new SourceError('not-found', 'The chosen engagement is not offered any more.');
}

/** ms to a tenth: what a memory look-up takes is less. */
function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
