import type { Log } from '../log.ts';
import type { ControlRequest, ControlResponse } from './types.ts';

/** s a browser may remember what it may ask. */
const preflightAge = 600;

/** Which browsers' pages may ask the control API. Keys go in headers, never in cookies. */
export class CrossOrigin {
  /** false: nothing is said of origins at all. */
  readonly on: boolean;
  readonly #origins: ReadonlySet<string>;

  constructor(origins: readonly string[]) {
    this.#origins = new Set(origins);
    this.on = this.#origins.size > 0;
  }

  /** What lets the asking page read the reply. */
  headersFor({ headers }: Pick<ControlRequest, 'headers'>): Record<string, string> {
    if (!this.on) return {};
    const origin = headers['origin'];
    if (origin === undefined || !this.#origins.has(origin)) return { Vary: 'Origin' };
    return {
      Vary: 'Origin',
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Expose-Headers': 'Age, Cache-Status, Date, Retry-After, WWW-Authenticate, Allow',
    };
  }

  /** The answer to a browser that asks whether its page may ask. */
  preflight({ headers }: Pick<ControlRequest, 'headers'>, allowed: readonly string[]): ControlResponse {
    const known = this.#origins.has(headers['origin'] ?? '');
    const permission = {
      'Access-Control-Allow-Methods': allowed.join(', '),
      'Access-Control-Allow-Headers': 'Authorization, X-API-KEY, Content-Type',
      'Access-Control-Max-Age': String(preflightAge),
    };
    return {
      status: 204,
      headers: { 'Content-Type': 'text/plain; charset=utf-8', ...(known ? permission : {}) },
      body: '',
    };
  }
}

/**
 * The origins of `CACHEDECK_CORS_ORIGINS`, separated by commas or blanks. What is no origin is left out with a warning.
 */
export function originsFrom(text: string | undefined, log: Log): string[] {
  const words = (text ?? '').split(/[\s,]+/).filter((word) => word !== '');
  return words.flatMap((word) => {
    const url = URL.parse(word);
    if (url && /^https?:$/.test(url.protocol) && url.origin === word.replace(/\/$/, '').toLowerCase()) {
      return [url.origin];
    }
    log.warn(
      'CACHEDECK_CORS_ORIGINS names something that is no origin, such as https://example.com; it is ignored.',
    );
    return [];
  });
}
