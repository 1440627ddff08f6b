import { z } from 'zod';
import { sumOf } from '../support/exposition.ts';
import { adminOnly, asked, bodies, onControl, read, statusesOf } from './control-bench.ts';
import type { ControlBench } from './control-bench.ts';
import { same, type Finding, type SeedRow } from './row.ts';

const stats = 'stats-caching.md';
const architecture = 'caching-architecture.md';
const flow = 'session-cache-flow.md';
const storage = 'session-storage.md';
const performance = '/api/performance';

/** Many requests within a TTL against what the backend was asked. */
function servedRow(path: string, key: string, fields: readonly string[]): SeedRow {
  return {
    document: stats,
    row: `GET ${path}, twenty times within its TTL`,
    seed: 'the first is expensive, the others come from the cache',
    measure: () =>
      onControl(async ({ ask, cache }) => {
        const own = (): { hits: number; loads: number } | undefined =>
          cache.keyStatistics().find((one) => one.key === key)?.counters;
        await ask('GET', path, 'viewer');
        const before = own() ?? { hits: 0, loads: 0 };
        let body: unknown = null;
        for (let nth = 0; nth < 20; nth += 1) {
          body = read(z.looseObject({}), await ask('GET', path, 'viewer'));
        }
        const after = own() ?? before;
        const [hits, loads] = [after.hits - before.hits, after.loads - before.loads];
        const shaped = fields.every((field) => typeof body === 'object' && body !== null && field in body);
        return { ours: `${hits} hits, ${loads} loads`, pass: shaped && hits >= 18 && loads <= 2 };
      }),
    deviation: 'Asked for with a key; the body is the orchestrator’s own, with its age in a header.',
  };
}

/** What a change of the engines removes from the cache. */
async function removedBy({ events }: ControlBench, change: () => Promise<unknown>): Promise<Finding> {
  const from = events.length;
  await change();
  const gone = events.slice(from).filter(({ kind }) => kind === 'invalidate' || kind === 'delete');
  const names = [...new Set(gone.map(({ key }) => key))].toSorted();
  return same(`${names.join(', ')} go`, names, ['orchestrator:status', 'stats:total']);
}

function adminRow(method: string, path: string): SeedRow {
  return {
    document: architecture,
    row: `${method} ${path} of our own API: ADMIN only`,
    seed: 'ADMIN only',
    measure: () =>
      onControl(async (bench) => {
        const found = await statusesOf(bench, method, path);
        return same(`${asked}: ${found.join(', ')}`, found, adminOnly);
      }),
  };
}

/** A user of the demo's portal with everything cached. */
async function signedIn({ client }: ControlBench): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const stop = client.subscribe('portal.state', ({ users: [first] }) => {
    if (first) resolve(first.user);
  });
  const user = await promise;
  stop();
  await client.call('portal.context', { user });
  return user;
}

/** The endpoints of the documents, asked over HTTP, each with the role it needs. */
export const endpointRows: readonly SeedRow[] = [
  servedRow('/engines/stats/total', 'stats:total', ['total_cpu_percent', 'container_count']),
  servedRow('/orchestrator/status', 'orchestrator:status', ['status', 'engines', 'provisioning']),
  servedRow('/vpn/status', 'vpn:status', ['mode', 'connected', 'vpn1']),
  {
    document: stats,
    row: 'An engine is provisioned',
    seed: 'orchestrator:status and stats:total go, vpn:status stays',
    measure: () =>
      onControl((bench) =>
        removedBy(bench, () => bench.client.call('engines.provision', { hostPort: null })),
      ),
  },
  {
    document: stats,
    row: 'An engine is deleted',
    seed: 'orchestrator:status and stats:total go, vpn:status stays',
    measure: () =>
      onControl(async (bench) => {
        const { reading } = await bench.client.call('engines.list', {});
        const id = reading.value?.engines[0]?.id ?? '';
        return removedBy(bench, () => bench.client.call('engines.remove', { id }));
      }),
  },
  {
    document: stats,
    row: 'GET /cache/stats over HTTP',
    seed: 'the shape above at /cache/stats',
    measure: () =>
      onControl(async ({ ask, client }) => {
        await client.call('vpn.status', {});
        const { entries, ...totals } = read(bodies.stats, await ask('GET', '/cache/stats', 'viewer'));
        const keys = entries.map(({ key }) => key);
        const fields = [...Object.keys(totals), 'entries'].join(' ');
        return { ours: `200, fields ${fields}`, pass: keys.includes('vpn:status') && totals.size > 0 };
      }),
    deviation: 'Asks for a key too: keys and ages are nobody else’s business.',
  },
  {
    document: stats,
    row: 'POST /cache/clear with X-API-KEY',
    seed: 'clears with the key',
    measure: () =>
      onControl(async (bench) => {
        const found = await statusesOf(bench, 'POST', '/cache/clear');
        const gone = bench.events.some(({ kind }) => kind === 'invalidate');
        return same(`${asked}: ${found.join(', ')}`, [found, gone], [adminOnly, true]);
      }),
    deviation: 'The key has to be an admin’s.',
  },
  {
    document: stats,
    row: 'Future: metrics for Prometheus',
    seed: 'planned',
    measure: () =>
      onControl(async ({ ask, client, cache }) => {
        for (let nth = 0; nth < 5; nth += 1) await client.call('vpn.status', {});
        const { status, headers, text } = await ask('GET', '/metrics', 'viewer');
        const own = cache.keyStatistics().find(({ key }) => key === 'vpn:status')?.counters;
        const hit = { resource: 'vpn:status', outcome: 'hit' };
        const hits = sumOf(text, 'cachedeck_cache_lookups_total', hit);
        const named = new Set(text.match(/^# TYPE (\S+)/gm)).size;
        const type = headers.get('Content-Type') ?? '';
        return {
          ours: `${status}, ${named} metrics, ${hits} hits of ${own?.hits}`,
          pass: hits === own?.hits && (hits ?? 0) > 0 && type.startsWith('text/plain; version=0.0.4'),
        };
      }),
    deviation: 'Built.',
  },
  {
    document: stats,
    row: 'Future: more endpoints cached',
    seed: 'planned',
    measure: () =>
      onControl(async ({ client, cache }) => {
        await client.call('engines.list', {});
        await client.call('orchestrator.health', {});
        await client.call('streams.list', {});
        await client.call('workstations.list', {});
        const wanted = ['engines:list', 'health:status', 'streams:list', 'workstations_list'];
        const held = wanted.filter((key) => cache.keys().includes(key));
        return same(held.join(', '), held, wanted);
      }),
    deviation: 'Built.',
  },
  {
    document: architecture,
    row: 'GET /api/performance/cache-stats of our own API',
    seed: 'hits, misses, size, evictions, hit_rate_percent',
    measure: () =>
      onControl(async ({ ask }) => {
        const answer = await ask('GET', `${performance}/cache-stats`, 'admin');
        const { status, cache_stats: found } = read(bodies.cacheStats, answer);
        return { ours: `${status}: ${Object.keys(found).join(', ')}`, pass: status === 'success' };
      }),
  },
  {
    document: architecture,
    row: 'POST /api/performance/cache-clear of our own API',
    seed: '“Cache cleared”, entries_removed',
    measure: () =>
      onControl(async ({ ask, cache }) => {
        for (let n = 0; n < 42; n += 1) cache.set(`k${n}`, n);
        const held = cache.entries().length;
        const found = read(bodies.cleared, await ask('POST', `${performance}/cache-clear`, 'admin'));
        return same(`“${found.message}”, ${held} of ${held}`, found.entries_removed, held);
      }),
  },
  {
    document: architecture,
    row: 'POST /api/performance/cache-invalidate?pattern=workstations_* of our own API',
    seed: '“2 cache entries invalidated”',
    measure: () =>
      onControl(async ({ ask, cache }) => {
        for (const key of ['workstations_list', 'workstations_123', 'users_list']) cache.set(key, 1);
        const path = `${performance}/cache-invalidate?pattern=workstations_*`;
        const { message, pattern } = read(bodies.invalidated, await ask('POST', path, 'admin'));
        return same(`“${message}”`, [message, pattern], ['2 cache entries invalidated', 'workstations_*']);
      }),
  },
  {
    document: architecture,
    row: 'GET /api/performance/metrics of our own API',
    seed: 'cache, managers, websockets, timestamp',
    measure: () =>
      onControl(async ({ ask }) => {
        const { metrics } = read(bodies.metrics, await ask('GET', `${performance}/metrics`, 'admin'));
        const found = Object.keys(metrics);
        return same(found.join(', '), found, ['cache', 'managers', 'websockets']);
      }),
  },
  adminRow('GET', `${performance}/cache-stats`),
  adminRow('POST', `${performance}/cache-clear`),
  adminRow('POST', `${performance}/cache-invalidate?pattern=users_*`),
  adminRow('GET', `${performance}/metrics`),
  {
    document: architecture,
    row: 'GET /api/workstations of our own API',
    seed: 'from the cache if available',
    measure: () =>
      onControl(async ({ ask }) => {
        const first = await ask('GET', '/api/workstations', 'viewer');
        const again = await ask('GET', '/api/workstations', 'viewer');
        const served = [first, again].map(({ headers }) => headers.get('Cache-Status') ?? '');
        const equal = first.text === again.text && read(bodies.workstations, again).length > 0;
        const hit = served[1]?.startsWith('Cachedeck; hit') === true;
        return { ours: served.join(', then '), pass: equal && hit && !served[0]?.includes('hit') };
      }),
  },
  {
    document: architecture,
    row: 'POST /api/workstations of our own API: who may',
    seed: 'creates and invalidates “workstations_*”',
    measure: () =>
      onControl(async (bench) => {
        const body = { name: 'Lab', ip_address: '192.0.2.99', username: 'lab', password: 'lab-password' };
        const statuses: number[] = [];
        for (const as of [null, 'viewer', 'operator', 'admin'] as const) {
          statuses.push((await bench.ask('POST', '/api/workstations', as, body)).status);
        }
        return same(statuses.join(', '), statuses, [401, 403, 403, 201]);
      }),
  },
  {
    document: flow,
    row: 'Monitor cache hit rates in production',
    seed: 'do',
    measure: () =>
      onControl(async (bench) => {
        const user = await signedIn(bench);
        await bench.client.call('portal.context', { user });
        const { text } = await bench.ask('GET', '/metrics', 'viewer');
        const count = (outcome: string): number | undefined =>
          sumOf(text, 'cachedeck_cache_lookups_total', { resource: 'session:zones', outcome });
        const found = [count('miss'), count('hit')];
        return same(
          `zones: ${found[0]} miss, ${found[1]} hit; no user named`,
          [found, text.includes(user)],
          [[1, 1], false],
        );
      }),
  },
  {
    document: flow,
    row: 'Sessions over HTTP',
    seed: 'each user isolated',
    measure: () =>
      onControl(async (bench) => {
        const user = await signedIn(bench);
        const answer = await bench.ask('GET', '/sessions', 'viewer');
        const { sessions } = read(bodies.sessions, answer);
        const [one] = sessions;
        const masked = one !== undefined && !/^[\w.]+@/.test(one.user);
        return {
          ours: `${sessions.length} session of ${one?.user}: ${one?.fields} fields, ${one?.bytes} bytes`,
          pass: sessions.length === 1 && one?.id === user && one.fields === 7 && masked,
        };
      }),
  },
  {
    document: storage,
    row: 'Clear a user’s session over HTTP',
    seed: '_clear_user_session(user_id)',
    measure: () =>
      onControl(async (bench) => {
        const user = await signedIn(bench);
        const statuses: number[] = [];
        for (const as of [null, 'viewer', 'operator', 'admin'] as const) {
          statuses.push((await bench.ask('DELETE', `/sessions/${user}`, as)).status);
        }
        const { size } = read(bodies.sessions, await bench.ask('GET', '/sessions', 'viewer'));
        return { ours: `${statuses.join(', ')}, ${size} left`, pass: statuses.at(-1) === 200 && size === 0 };
      }),
  },
];
