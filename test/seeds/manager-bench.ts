import { startDemo } from '../../electron/core/demo/demo-server.ts';
import { createManagerClient } from '../../electron/core/sources/workstations/manager-client.ts';
import { signInToWorkstations } from '../../electron/core/sources/workstations/sign-in.ts';
import { createWorkstationsSource } from '../../electron/core/sources/workstations/workstations-source.ts';
import type { WorkstationsSource } from '../../electron/core/sources/workstations/workstations-source.ts';
import { SourceError } from '../../electron/core/sources/source-error.ts';
import { AskedTime } from '../support/asked-time.ts';
import { seededRandom } from '../support/eager-clock.ts';
import { sendJson, startLoopback } from '../support/loopback.ts';

export const patient = (): AbortSignal => new AbortController().signal;

type Role = 'viewer' | 'operator' | 'admin';

/** The product's source before the demo's workstation manager, which has the real server's bodies. */
export async function onManager<T>(
  work: (bench: {
    readonly as: (role: Role) => Promise<WorkstationsSource>;
    readonly clock: AskedTime;
  }) => Promise<T>,
): Promise<T> {
  const clock = new AskedTime();
  const demo = await startDemo({ clock: clock.server, random: seededRandom() });
  const url = new URL(demo.url);
  const as = async (role: Role): Promise<WorkstationsSource> => {
    const open = createManagerClient({ url, accessToken: null, secrets: [] });
    const { accessToken } = await signInToWorkstations(open, demo.workstations[role], patient());
    const client = createManagerClient({ url, accessToken, secrets: [] });
    return createWorkstationsSource((_, send) => send(client));
  };
  try {
    return await work({ as, clock });
  } finally {
    await demo.close();
  }
}

const time = '2025-10-17T23:45:30.123456';
/** The documents' own bodies, which no real server sends. */
const seedBodies: Readonly<Record<string, unknown>> = {
  'GET /api/performance/cache-stats': {
    status: 'success',
    cache_stats: { hits: 1250, misses: 340, size: 42, evictions: 12, hit_rate_percent: 78.6 },
    timestamp: time,
  },
  'POST /api/performance/cache-clear': { status: 'success', message: 'Cache cleared', entries_removed: 42 },
  'POST /api/performance/cache-invalidate?pattern=workstations_*': {
    status: 'success',
    message: '2 cache entries invalidated',
    pattern: 'workstations_*',
  },
  'GET /api/performance/metrics': {
    status: 'success',
    metrics: {
      cache: { size: 42, hits: 1250, misses: 340, evictions: 12, hit_rate_percent: 78.6 },
      managers: { count: 8 },
      websockets: { active_connections: 3 },
    },
    timestamp: time,
  },
};

/** The product's source before a server that answers as the documents say. */
export async function onSeedManager<T>(work: (source: WorkstationsSource) => Promise<T>): Promise<T> {
  const server = await startLoopback((request, response) => {
    const body = seedBodies[`${request.method} ${decodeURIComponent(request.url ?? '')}`];
    sendJson(response, body ? 200 : 404, body ?? { detail: 'Not Found' });
  });
  const client = createManagerClient({ url: new URL(server.url), accessToken: 'a-token', secrets: [] });
  try {
    return await work(createWorkstationsSource((_, send) => send(client)));
  } finally {
    await server.close();
  }
}

/** "ok", or what the server's refusal came to. */
export async function outcomeOf(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
    return 'ok';
  } catch (error) {
    return error instanceof SourceError ? error.message : 'another error';
  }
}
