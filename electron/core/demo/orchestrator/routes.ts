import { bearer, json } from '../exchange.ts';
import type { DemoReply, DemoRequest } from '../exchange.ts';
import * as bodies from './bodies.ts';
import type { ServerCache } from './server-cache.ts';
import type { World } from './world-state.ts';

interface DemoBackstage {
  readonly world: World;
  readonly cache: ServerCache;
  readonly apiKey: string;
}

type Handler = (stage: DemoBackstage, request: DemoRequest) => DemoReply;

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
      return json(200, bodies.streams(world, status));
    }
    return invalid(
      'string_pattern_mismatch',
      'status',
      status,
      "String should match pattern '^(started|ended)$'",
    );
  },
  '/events': ({ world }, { query }) => {
    const asked = query.get('limit') ?? '100';
    const limit = Number(asked);
    if (!Number.isInteger(limit)) {
      return invalid('int_parsing', 'limit', asked, 'Input should be a valid integer');
    }
    if (limit < 1) {
      return invalid('greater_than_equal', 'limit', asked, 'Input should be greater than or equal to 1');
    }
    if (limit > 1000) {
      return invalid('less_than_equal', 'limit', asked, 'Input should be less than or equal to 1000');
    }
    return json(200, bodies.events(world, limit));
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

const post: Readonly<Record<string, Handler>> = {
  '/cache/clear': ({ cache, apiKey }, { authorization }) => {
    const refusal = refused(authorization, apiKey);
    if (refusal) return refusal;
    cache.clear();
    return json(200, { message: 'Cache cleared successfully' });
  },
};

/** What release 1.7.3 answers; unknown paths and methods as its framework does. */
export function answer(stage: DemoBackstage, request: DemoRequest): DemoReply {
  const own = request.method === 'GET' ? get : request.method === 'POST' ? post : {};
  if (Object.hasOwn(own, request.path)) {
    const handler = own[request.path];
    if (handler) return handler(stage, request);
  }
  if (request.method === 'GET') {
    const one = engineReply(stage, request.path);
    if (one) return one;
  }
  const known = Object.hasOwn(get, request.path) || Object.hasOwn(post, request.path);
  return known ? json(405, { detail: 'Method Not Allowed' }) : json(404, { detail: 'Not Found' });
}

/** GET /engines/{id}/stats. */
function engineReply({ world }: DemoBackstage, path: string): DemoReply | null {
  const id = /^\/engines\/([^/]+)\/stats$/.exec(path)?.[1];
  if (id === undefined) return null;
  const engine = world.engines.find((one) => one.id === id);
  return engine
    ? json(200, bodies.engineStats(engine))
    : json(404, { detail: 'Container not found or stats unavailable' });
}

/** Python releases look at the Bearer token only. */
function refused(authorization: string | undefined, apiKey: string): DemoReply | null {
  const token = bearer(authorization);
  if (token === null) return json(401, { detail: 'missing bearer token' });
  if (token !== apiKey) return json(403, { detail: 'invalid token' });
  return null;
}

function absent(field: string): DemoReply {
  return json(422, {
    detail: [{ type: 'missing', loc: ['query', field], msg: 'Field required', input: null }],
  });
}

function invalid(type: string, field: string, input: string, msg: string): DemoReply {
  return json(422, { detail: [{ type, loc: ['query', field], msg, input }] });
}
