import type { IncomingMessage, ServerResponse } from 'node:http';
import { spanSince, stamp } from '../core/clock.ts';
import type { Clock, Stamp } from '../core/clock.ts';
import type { AppCore } from '../core/ports.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { sendJson } from './http-replies.ts';
import { sameSecret } from './login.ts';

const window = 60_000;
const maxFailures = 10;
const maxAddresses = 1000;

/** What `seeds/stats-caching.md` asks of a core. */
type SeedCore = Pick<AppCore, 'cacheStats' | 'clearCache'>;

/** Wrong keys of the last minute by address, so that a key cannot be guessed at speed. */
class FailureLimit {
  readonly #clock: Clock;
  readonly #failures = new Map<string, Stamp[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True while the address has used up its failures. */
  reached(address: string): boolean {
    const recent = (this.#failures.get(address) ?? []).filter((at) => spanSince(this.#clock, at) < window);
    if (recent.length === 0) this.#failures.delete(address);
    else this.#failures.set(address, recent);
    return recent.length >= maxFailures;
  }

  add(address: string): void {
    const list = this.#failures.get(address) ?? [];
    list.push(stamp(this.#clock));
    this.#failures.set(address, list);
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > maxAddresses && oldest !== undefined) this.#failures.delete(oldest);
  }
}

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
  readonly apiKey: string;
  readonly clock: Clock;
}): (request: IncomingMessage, response: ServerResponse, path: string) => boolean {
  const { core, apiKey, clock } = options;
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
    if (keys.every((key) => sameSecret(key, apiKey))) return true;
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
