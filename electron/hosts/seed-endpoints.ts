import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../core/clock.ts';
import { FailureLimit } from '../core/control/failure-limit.ts';
import type { KeyRing } from '../core/control/types.ts';
import type { AppCore } from '../core/ports.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { sendJson } from './http-replies.ts';

/** What `seeds/stats-caching.md` asks of a core. */
type SeedCore = Pick<AppCore, 'cacheStats' | 'clearCache'>;

/** Every key the request carries: two places that disagree are not a right key. */
function keysOf(request: IncomingMessage): string[] {
  const header = request.headers['x-api-key'];
  const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  return [header, bearer].flatMap((key) => (typeof key === 'string' && key !== '' ? [key] : []));
}

/**
 * The seed's `GET /cache/stats` and `POST /cache/clear`, for scripts: an API key in place of a session.
 * Returns false when the path is not one of them.
 */
export function createSeedEndpoints(options: {
  readonly core: SeedCore;
  readonly keys: KeyRing;
  readonly clock: Clock;
}): (request: IncomingMessage, response: ServerResponse, path: string) => boolean {
  const { core, keys: ring, clock } = options;
  const limit = new FailureLimit(clock);

  /** Answers and returns false where the key is missing or wrong. */
  function admitted(request: IncomingMessage, response: ServerResponse): boolean {
    const address = request.socket.remoteAddress ?? '';
    if (limit.reached(address)) {
      sendJson(
        response,
        429,
        { detail: 'Too many wrong keys. Try again in a minute.' },
        { 'Retry-After': '60' },
      );
      return false;
    }
    const keys = keysOf(request);
    if (keys.length === 0) {
      const challenge = { 'WWW-Authenticate': 'Bearer realm="cachedeck"' };
      sendJson(
        response,
        401,
        { detail: 'An API key is needed: X-API-KEY or Authorization: Bearer.' },
        challenge,
      );
      return false;
    }
    if (keys.every((key) => ring.holderOf(key)?.role === 'admin')) return true;
    limit.add(address);
    sendJson(response, 403, { detail: 'The API key is wrong.' });
    return false;
  }

  function answer(method: 'GET' | 'POST', response: ServerResponse): void {
    try {
      if (method === 'GET') return sendJson(response, 200, core.cacheStats());
      core.clearCache();
      sendJson(response, 200, { message: 'Cache cleared successfully' });
    } catch (error) {
      // While another profile is being connected there is no cache.
      if (!(error instanceof RpcError)) throw error;
      sendJson(response, 503, { detail: error.message }, { 'Retry-After': '1' });
    }
  }

  return (request, response, path) => {
    if (ring.size === 0) return false;
    const method = path === '/cache/stats' ? 'GET' : path === '/cache/clear' ? 'POST' : null;
    if (method === null) return false;
    request.resume(); // no body is expected; what comes is not kept
    if (request.method !== method) {
      sendJson(response, 405, { detail: `Use ${method}.` }, { Allow: method });
    } else if (admitted(request, response)) {
      answer(method, response);
    }
    return true;
  };
}
