import { json } from '../exchange.ts';
import type { DemoReply, DemoRequest } from '../exchange.ts';
import * as bodies from './bodies.ts';
import { changes, removals } from './change-routes.ts';
import { engineLog } from './engine-log.ts';
import { events } from './event-bodies.ts';
import { absent, invalid, refused, whole } from './refusals.ts';
import type { ServerCache } from './server-cache.ts';
import { streamSamples, streams } from './stream-bodies.ts';
import type { World } from './world-state.ts';

/** What the routes have at hand. */
export interface Backstage {
  readonly world: World;
  readonly cache: ServerCache;
  readonly apiKey: string;
}

export type Handler = (stage: Backstage, request: DemoRequest) => DemoReply;

/** A route with one variable part. */
export interface PathHandler {
  readonly path: RegExp;
  readonly run: (stage: Backstage, request: DemoRequest, id: string) => DemoReply;
}

const get: Readonly<Record<string, Handler>> = {
  '/version': () => json(200, bodies.version()),
  '/openapi.json': () => json(200, bodies.openApi()),
  '/engines': ({ world }) => json(200, bodies.engines(world)),
  '/engines/stats/total': ({ world }) => json(200, bodies.totals(world)),
  '/engines/stats/all': ({ world }) => json(200, bodies.allStats(world)),
  '/orchestrator/status': ({ world, cache }) =>
    json(
      200,
      cache.through('orchestrator:status', 2000, () => bodies.orchestratorStatus(world)),
    ),
  '/vpn/status': ({ world, cache }) =>
    json(
      200,
      cache.through('vpn:status', 3000, () => bodies.vpnStatus(world)),
    ),
  '/vpn/publicip': ({ world }) => {
    const ip = world.vpns().find(({ verified }) => verified)?.role.publicIp;
    return ip ? json(200, { public_ip: ip }) : json(503, { detail: 'Unable to retrieve VPN public IP' });
  },
  '/health/status': ({ world }) => json(200, bodies.healthStatus(world)),
  '/streams': ({ world }, { query }) => {
    const status = query.get('status');
    if (status === null || status === 'started' || status === 'ended') {
      return json(200, streams(world, status, query.get('container_id')));
    }
    return invalid(
      'string_pattern_mismatch',
      'status',
      status,
      "String should match pattern '^(started|ended)$'",
    );
  },
  '/events': ({ world }, { query }) => {
    const limit = whole(query, 'limit', 100, { from: 1, to: 1000 });
    if (typeof limit !== 'number') return limit;
    const offset = whole(query, 'offset', 0, { from: 0 });
    if (typeof offset !== 'number') return offset;
    const since = query.get('since');
    if (since !== null && Number.isNaN(Date.parse(since))) {
      return invalid(
        'datetime_from_date_parsing',
        'since',
        since,
        'Input should be a valid datetime or date',
      );
    }
    return json(
      200,
      events(world, {
        limit,
        offset,
        type: query.get('event_type'),
        category: query.get('category'),
        engineId: query.get('container_id'),
        streamId: query.get('stream_id'),
        since: since === null ? null : Date.parse(since),
      }),
    );
  },
  '/cache/stats': ({ cache }) => json(200, cache.statistics()),
  /** Containers by label, for whoever has the key. The demo's have no label that is worth a look. */
  '/by-label': ({ apiKey }, { authorization, query }) => {
    const refusal = refused(authorization, apiKey);
    if (refusal) return refusal;
    const missing = ['key', 'value'].find((name) => query.get(name) === null);
    return missing === undefined ? json(200, []) : absent(missing);
  },
};

/** GET routes of one engine or stream. */
const getOne: readonly PathHandler[] = [
  {
    path: /^\/engines\/([^/]+)$/,
    run: ({ world }, _, id) => {
      const engine = world.engine(id);
      return json(200, engine ? bodies.oneEngine(world, engine) : { error: 'not found' });
    },
  },
  {
    path: /^\/engines\/([^/]+)\/stats$/,
    run: ({ world }, _, id) => {
      const engine = world.engine(id);
      return engine
        ? json(200, bodies.engineStats(engine))
        : json(404, { detail: 'Container not found or stats unavailable' });
    },
  },
  {
    path: /^\/streams\/([^/]+)\/stats$/,
    run: ({ world }, _, id) => {
      const stream = world.stream(id);
      return json(200, stream ? streamSamples(world, stream) : []);
    },
  },
  {
    path: /^\/containers\/([^/]+)\/logs$/,
    run: ({ world, apiKey }, { authorization, query }, id) => {
      const refusal = refused(authorization, apiKey);
      if (refusal) return refusal;
      const tail = whole(query, 'tail', 200, { from: 1, to: 2000 });
      if (typeof tail !== 'number') return tail;
      const engine = world.engine(id);
      if (!engine || engine.leavesAt !== null) return json(404, { detail: 'container not found' });
      const timestamps = query.get('timestamps') === 'true';
      return json(200, {
        container_id: id,
        tail,
        since_seconds: null,
        timestamps,
        logs: engineLog(world, engine, tail, timestamps),
        fetched_at: new Date(world.now()).toISOString(),
      });
    },
  },
];

/** What release 1.7.3 answers; unknown paths and methods as its framework does. */
export function answer(stage: Backstage, request: DemoRequest): DemoReply {
  const { method, path } = request;
  const own = method === 'GET' ? get : method === 'POST' ? changes : {};
  if (Object.hasOwn(own, path)) {
    const handler = own[path];
    if (handler) return handler(stage, request);
  }
  const withId = method === 'GET' ? getOne : method === 'DELETE' ? removals : [];
  for (const one of withId) {
    const id = one.path.exec(path)?.[1];
    if (id !== undefined && !isFixed(path)) return one.run(stage, request, decoded(id));
  }
  const known = isFixed(path) || [...getOne, ...removals].some((one) => one.path.test(path));
  return known ? json(405, { detail: 'Method Not Allowed' }) : json(404, { detail: 'Not Found' });
}

function isFixed(path: string): boolean {
  return Object.hasOwn(get, path) || Object.hasOwn(changes, path);
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
