import type { Log } from '../../log.ts';
import { authHeaders } from './auth-headers.ts';
import { stoppedError } from '../http-failure.ts';
import type { Asked } from '../http-failure.ts';
import { createJsonClient } from '../http-json.ts';
import type { PlainAnswer } from '../http-json.ts';
import type { ServerEvent } from '../../../../shared/contract/fleet.ts';
import { SourceError } from '../source-error.ts';
import { readAddress } from './base-address.ts';
import { createDetection } from './detect-server.ts';
import type { ServerKind } from './detect-server.ts';
import type { Observed, OrchestratorSource } from './orchestrator-source.ts';
import { clearedSilently, readCache, readCleared } from './read-cache.ts';
import { adjoins, eventsPage, mergeEvents, mostEvents, readEvents } from './read-events.ts';
import { readEngines, readLoads, readTotals, withLoads } from './read-engines.ts';
import type { EngineLoads } from './read-engines.ts';
import { readLog } from './read-log.ts';
import { readHealth, readStatus } from './read-status.ts';
import { readCommandUrls, readSamples, readStreams } from './read-streams.ts';
import { readVpn } from './read-vpn.ts';
import { createChanges } from './fleet-changes.ts';
import { keepBody } from '../kept-bodies.ts';
import { SharedAnswer } from '../shared-answer.ts';

interface OrchestratorSourceOptions {
  /** Address of the server, with or without a path prefix, "/api/v1" or trailing slashes. */
  readonly url: string;
  /** null: the server is open. */
  readonly apiKey: string | null;
  readonly log?: Log;
  /** ms the engine list waits for CPU and memory before it is shown without them. Default 4 500. */
  readonly loadsLimitMs?: number;
}

const who = 'The orchestrator';
/** So many reads in a row "not found": the server was replaced by one of another generation. */
const missesUntilDetection = 3;

/** What a framework says of a route that it lacks. */
const lacksRoute = /^(not found|404 page not found)$/i;

/** A 404 with words of its own is about a stream or container that is gone, not about the route. */
function unknownThing(status: number, said: string | null, { what }: Asked): SourceError | null {
  if (status !== 404 || said === null || lacksRoute.test(said)) return null;
  return new SourceError('not-found', `${who} says: ${said} (${what}, 404).`, { supported: false });
}

/**
 * Reads an orchestrator of any version (Python 1.x, Go 2.x) over HTTP.
 * @throws SourceError for an address or key that cannot be used; each read throws `SourceError` only.
 */
export function createOrchestratorSource(options: OrchestratorSourceOptions): OrchestratorSource {
  const { log, loadsLimitMs = 4500 } = options;
  const { root, versioned } = readAddress(options.url);
  const apiKey = options.apiKey?.trim() || null;
  const client = createJsonClient({
    who,
    baseUrl: root,
    headers: authHeaders(apiKey),
    secrets: apiKey === null ? [] : [apiKey],
    refusal: unknownThing,
  });
  let missing = 0;
  const detect = createDetection(client, versioned);
  const server = new SharedAnswer<ServerKind>(async (signal) => {
    const kind = await detect(signal);
    log?.info(`orchestrator ${kind.version} at ${root.host}, base path "${kind.basePath}"`);
    return kind;
  });

  /** Runs one request under the base path of the server's generation. */
  async function ask<T>(
    path: string,
    signal: AbortSignal,
    read: (reply: unknown, endpoint: string, kind: ServerKind) => T,
    method: 'get' | 'post' = 'get',
  ): Promise<T> {
    const endpoint = `${method.toUpperCase()} ${path}`;
    let kind: ServerKind | null = null;
    try {
      kind = await server.get(signal);
      const value = read(await client[method](kind.basePath + path, signal), endpoint, kind);
      missing = 0;
      return value;
    } catch (error) {
      const stopped = !(error instanceof SourceError) && signal.aborted;
      const failure = stopped
        ? stoppedError(signal, { who, what: endpoint, host: root.host, credential: 'API key' })
        : error;
      if (failure instanceof SourceError) noteFailure(failure, kind);
      throw failure;
    }
  }

  /** The same, keeping the reply beside what was read in it. */
  function observe<T extends object>(
    path: string,
    signal: AbortSignal,
    read: (reply: unknown, endpoint: string, kind: ServerKind) => Observed<T>,
  ): Promise<Observed<T>> {
    return ask(path, signal, (reply, endpoint, kind) => {
      const observed = read(reply, endpoint, kind);
      keepBody(observed.value, reply, apiKey);
      return observed;
    });
  }

  /** Sends one change under that base path; whatever the server answers is an answer. */
  async function change(
    method: 'POST' | 'DELETE',
    path: string,
    signal: AbortSignal,
    body?: unknown,
  ): Promise<PlainAnswer> {
    const { basePath } = await server.get(signal).catch((error: unknown) => {
      const asked = { who, what: `${method} ${path}`, host: root.host, credential: 'API key' };
      const { code, message } = error instanceof SourceError ? error : stoppedError(signal, asked);
      throw new SourceError(code, message, { arrived: false });
    });
    return client.change(method, basePath + path, signal, body);
  }

  let knownEvents: readonly ServerEvent[] = [];
  /** A page of the newest, on top of what was read before; all there is to have where the two do not meet. */
  async function events(signal: AbortSignal): Promise<ServerEvent[]> {
    const read = (limit: number) => ask(`/events?limit=${limit}`, signal, readEvents);
    const known = knownEvents;
    const page = known.length === 0 ? [] : await read(eventsPage);
    const complete = page.length > 0 && (page.length < eventsPage || adjoins(page, known));
    const merged = complete
      ? mergeEvents(page, known, eventsPage)
      : mergeEvents(await read(mostEvents), known, mostEvents);
    knownEvents = merged;
    return merged;
  }

  /** Decides whether the next read has to find out again who answers. */
  function noteFailure(failure: SourceError, kind: ServerKind | null): void {
    if (kind === null || failure.code === 'cancelled') return;
    if (!failure.supported) missing += 1;
    const doubtful = !kind.certain || failure.code === 'unreachable' || missing >= missesUntilDetection;
    if (!doubtful) return;
    missing = 0;
    server.forget();
  }

  /** null when the loads cannot be read: the list is worth showing without them. */
  async function loads(signal: AbortSignal): Promise<EngineLoads | null> {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(loadsLimitMs)]);
    try {
      return await ask('/engines/stats/all', limited, readLoads);
    } catch (error) {
      if (error instanceof SourceError) log?.debug(`engine loads: ${error.message}`);
      return null;
    }
  }

  return {
    engineTotals: (signal) =>
      observe('/engines/stats/total', signal, (reply, endpoint) => ({
        value: readTotals(reply, endpoint),
        observedAt: null,
      })),
    async engineList(signal) {
      const list = await ask('/engines', signal, readEngines);
      // After the list, not beside it: a read takes one place among the backend's requests.
      return { value: withLoads(list, await loads(signal)), observedAt: null };
    },
    orchestratorStatus: (signal) =>
      observe('/orchestrator/status', signal, (reply, endpoint, { version, basePath }) =>
        readStatus(reply, { version, basePath }, endpoint),
      ),
    vpnStatus: (signal) => observe('/vpn/status', signal, readVpn),
    async healthStatus(signal) {
      return { value: await ask('/health/status', signal, readHealth), observedAt: null };
    },
    async serverCache(signal) {
      return { value: await ask('/cache/stats', signal, readCache), observedAt: null };
    },
    clearServerCache: (signal) =>
      ask(
        '/cache/clear',
        signal,
        (reply, endpoint) => {
          const said = readCleared(reply, endpoint);
          const leaks = apiKey !== null && JSON.stringify(reply).includes(apiKey);
          return leaks ? clearedSilently : said;
        },
        'post',
      ),
    async streamList(signal) {
      return { value: await ask('/streams', signal, readStreams), observedAt: null };
    },
    streamSamples: (id, signal) => ask(`/streams/${encodeURIComponent(id)}/stats`, signal, readSamples),
    async serverEvents(signal) {
      return { value: { events: await events(signal) }, observedAt: null };
    },
    engineLog: (id, lines, signal) =>
      ask(`/containers/${encodeURIComponent(id)}/logs?tail=${lines}`, signal, readLog),
    changes: createChanges({
      change,
      commandUrls: (signal) => ask('/streams', signal, readCommandUrls),
    }),
  };
}
