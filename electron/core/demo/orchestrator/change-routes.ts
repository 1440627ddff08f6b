import { fieldOf, json } from '../exchange.ts';
import type { DemoReply, DemoRequest } from '../exchange.ts';
import { crashed, invalid, refused } from './refusals.ts';
import type { Backstage, Handler, PathHandler } from './routes.ts';
import { commandUrl } from './stream-bodies.ts';
import type { WorldStream } from './world-state.ts';

/** Behind the key. */
function guarded(handler: Handler): Handler {
  return (stage, request) => refused(request.authorization, stage.apiKey) ?? handler(stage, request);
}

/** POST routes that change something. */
export const changes: Readonly<Record<string, Handler>> = {
  '/cache/clear': guarded(({ cache }) => {
    cache.clear();
    return json(200, { message: 'Cache cleared successfully' });
  }),
  '/provision/acestream': guarded(provision),
  '/health/circuit-breaker/reset': guarded(({ world }, { query }) => {
    const which = query.get('operation_type');
    if (which === null || which === 'replacement') world.resetBreaker();
    return json(200, {
      message: `Circuit breaker ${which === null ? 'all' : `for ${which}`} reset successfully`,
    });
  }),
  '/streams/batch-stop': guarded(batchStop),
};

/** DELETE /containers/{id} and /streams/{id}. */
export const removals: readonly PathHandler[] = [
  {
    path: /^\/containers\/([^/]+)$/,
    run: ({ world, cache, apiKey }, { authorization }, id) => {
      const refusal = refused(authorization, apiKey);
      if (refusal) return refusal;
      if (!world.remove(id)) return crashed;
      cache.drop('orchestrator:status');
      return json(200, { deleted: id });
    },
  },
  {
    path: /^\/streams\/([^/]+)$/,
    run: ({ world, apiKey }, { authorization }, id) => {
      const refusal = refused(authorization, apiKey);
      if (refusal) return refusal;
      const stream = world.stream(id);
      if (!stream) return json(404, { detail: 'Stream not found' });
      if (stream.endedAt !== null) return json(400, { detail: 'Stream is not active (status: ended)' });
      world.stopStream(stream);
      return json(200, { message: 'Stream stopped successfully', stream_id: id });
    },
  },
];

/** Every Python release answers 500 after it worked: it logs a field that the request lacks. */
function provision({ world, cache }: Backstage, { body }: DemoRequest): DemoReply {
  const port = fieldOf(body, 'host_port') ?? null;
  if (port !== null && !(typeof port === 'number' && Number.isInteger(port))) {
    const said = 'Input should be a valid integer, unable to parse string as an integer';
    return invalid('int_parsing', 'host_port', port, said, 'body');
  }
  if (!world.vpns().some(({ up }) => up)) {
    return json(503, {
      detail: {
        error: 'provisioning_blocked',
        code: 'vpn_disconnected',
        message: 'VPN connection is required but currently disconnected',
        recovery_eta_seconds: 60,
        can_retry: true,
        should_wait: true,
      },
    });
  }
  world.provision(port);
  cache.drop('orchestrator:status');
  return crashed;
}

function batchStop({ world }: Backstage, { body }: DemoRequest): DemoReply {
  if (!Array.isArray(body) || body.some((one) => typeof one !== 'string')) {
    return invalid('list_type', '', body ?? null, 'Input should be a valid list', 'body');
  }
  const streams = new Map(world.streams.map((stream) => [commandUrl(world, stream), stream]));
  const results = (body as readonly string[]).map((url) => stopped(url, streams.get(url)));
  for (const { success, stream } of results) if (success && stream) world.stopStream(stream);
  const succeeded = results.filter(({ success }) => success).length;
  return json(200, {
    total: results.length,
    success_count: succeeded,
    failure_count: results.length - succeeded,
    results: results.map(({ stream, ...told }) => ({ ...told, stream_id: stream?.id ?? null })),
  });
}

function stopped(url: string, stream: WorldStream | undefined) {
  const success = stream !== undefined && stream.endedAt === null;
  const why = stream ? 'Stream is not active (status: ended)' : 'Stream not found';
  return { command_url: url, success, message: success ? 'Stream stopped successfully' : why, stream };
}
