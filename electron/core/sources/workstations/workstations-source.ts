import type {
  ManagerCache,
  ManagerMetrics,
  WorkstationList,
} from '../../../../shared/contract/workstations.ts';
import type { JsonClient } from '../http-json.ts';
import { keepBody } from '../kept-bodies.ts';
import type { Observed } from '../orchestrator/orchestrator-source.ts';
import { readCacheStats, readConnected, readDone, readMetrics, readWorkstations } from './read-replies.ts';

/** A workstation to be added: the manager signs in to it with this account. */
export interface NewWorkstation {
  readonly name: string;
  readonly address: string;
  readonly user: string;
  readonly password: string;
}

export interface Cleared {
  /** The server's own words. */
  readonly message: string;
  /** As the server counted; null: it does not say. */
  readonly removed: number | null;
}

/**
 * What is read from a workstation manager and done to it. Every method throws `SourceError` and nothing else
 * (`ManagerRefusal` where the server said no), and retries nothing.
 */
export interface WorkstationsSource {
  list(signal: AbortSignal): Promise<Observed<WorkstationList>>;
  cacheStats(signal: AbortSignal): Promise<Observed<ManagerCache>>;
  metrics(signal: AbortSignal): Promise<Observed<ManagerMetrics>>;
  /** `id`: as the server named it; null: it does not say. */
  create(
    workstation: NewWorkstation,
    signal: AbortSignal,
  ): Promise<{ readonly id: string | null; readonly message: string }>;
  /** Lets the manager try to reach a workstation. `ok` false: it could not, for the reason in `message`. */
  testConnection(id: string, signal: AbortSignal): Promise<{ ok: boolean; message: string }>;
  clearCache(signal: AbortSignal): Promise<Cleared>;
  /** Removes what begins with `pattern`: a `*` is an ordinary character to the server. */
  invalidate(pattern: string, signal: AbortSignal): Promise<Cleared>;
}

/**
 * Sends as whoever is signed in.
 * @param secrets what the request carries and no message may repeat
 */
export type SendSignedIn = <T>(
  signal: AbortSignal,
  send: (client: JsonClient) => Promise<T>,
  secrets?: readonly string[],
) => Promise<T>;

/** A workstation manager as it really answers, and as its documents say it does. Never asks `/api/status`. */
export function createWorkstationsSource(signedIn: SendSignedIn): WorkstationsSource {
  async function read<T>(
    path: string,
    signal: AbortSignal,
    take: (reply: unknown, endpoint: string) => T,
  ): Promise<T> {
    return take(await signedIn(signal, (client) => client.get(path, signal)), `GET ${path}`);
  }
  const post = (path: string, signal: AbortSignal): Promise<unknown> =>
    signedIn(signal, (client) => client.post(path, signal));

  return {
    list: (signal) =>
      read('/api/workstations', signal, (reply, endpoint) => {
        const observed = readWorkstations(reply, endpoint);
        keepBody(observed.value, reply);
        return observed;
      }),
    cacheStats: (signal) => read('/api/performance/cache-stats', signal, readCacheStats),
    metrics: (signal) => read('/api/performance/metrics', signal, readMetrics),

    async create({ name, address, user, password }, signal) {
      const path = '/api/workstations';
      const body = { name, ip_address: address, username: user, password };
      const secrets = [password];
      const reply = await signedIn(signal, (client) => client.post(path, signal, body), secrets);
      const { id, message } = readDone(reply, `POST ${path}`, secrets);
      return { id, message };
    },

    testConnection(id, signal) {
      const path = `/api/workstations/${encodeURIComponent(id)}/test-connection`;
      return readConnected(post(path, signal), `POST ${path}`);
    },

    async clearCache(signal) {
      const path = '/api/performance/cache-clear';
      const { message, removed } = readDone(await post(path, signal), `POST ${path}`);
      return { message, removed };
    },

    async invalidate(pattern, signal) {
      const path = '/api/performance/cache-invalidate';
      const reply = await post(`${path}?pattern=${encodeURIComponent(pattern)}`, signal);
      const { message, removed } = readDone(reply, `POST ${path}`);
      return { message, removed };
    },
  };
}
