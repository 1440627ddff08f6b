import { networkError, statusError, stoppedError } from './http-failure.ts';
import type { Asked } from './http-failure.ts';
import { serverDetail } from './server-detail.ts';
import { SourceError } from './source-error.ts';

interface JsonClientOptions {
  /** How sentences name the backend: "The orchestrator". */
  readonly who: string;
  /** Scheme, host and path prefix; paths are appended to it. */
  readonly baseUrl: URL;
  /** Sent with every request and never shown. */
  readonly headers: Readonly<Record<string, string>>;
  /** Texts that must not appear in a message, whatever the server says. */
  readonly secrets?: readonly string[];
  /** What sentences call that which the server wants of its callers. Default "API key". */
  readonly credential?: string;
  /** Largest accepted body in bytes, after decompression. Default 8 MiB. */
  readonly maxBytes?: number;
}

/** One JSON backend. Every method throws `SourceError` and nothing else; nothing is retried. */
export interface JsonClient {
  /** @returns the parsed body. */
  get(path: string, signal: AbortSignal): Promise<unknown>;
  /** Sends `body` as JSON, if there is one. @returns the parsed body; null when the server sent none. */
  post(path: string, signal: AbortSignal, body?: unknown): Promise<unknown>;
}

const defaultMaxBytes = 8 * 1024 * 1024;
const maxDetailBytes = 64 * 1024;

/** A client over the platform's `fetch`. Redirects are not followed: the headers carry a key. */
export function createJsonClient(options: JsonClientOptions): JsonClient {
  const { who, baseUrl, headers, credential = 'API key', maxBytes = defaultMaxBytes } = options;
  const prefix = baseUrl.pathname.replace(/\/+$/, '');
  const secrets = (options.secrets ?? []).filter((secret) => secret !== '');
  const leaks = (text: string) =>
    secrets.some((one) => text.includes(one) || text.includes(encodeURIComponent(one)));

  async function request(
    method: 'GET' | 'POST',
    path: string,
    signal: AbortSignal,
    body?: unknown,
  ): Promise<unknown> {
    const url = new URL(prefix + path, baseUrl);
    const asked: Asked = { who, what: `${method} ${url.pathname}`, host: url.host, credential };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    try {
      signal.throwIfAborted();
      const response = await fetch(url, {
        method,
        headers: { accept: 'application/json', ...type, ...headers },
        ...sent,
        redirect: 'manual',
        signal,
      });
      return await readReply(response, method, asked);
    } catch (error) {
      if (error instanceof SourceError) throw error;
      throw signal.aborted ? stoppedError(signal, asked) : networkError(error, asked);
    }
  }

  async function readReply(response: Response, method: string, asked: Asked): Promise<unknown> {
    const contentType = response.headers.get('content-type') ?? '';
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw redirectError(response, asked);
    }
    if (!response.ok) {
      const body = await readText(response, maxDetailBytes);
      throw statusError(response.status, body === null ? null : spoken(body, contentType), asked);
    }
    const text = await readText(response, maxBytes);
    if (text === null) {
      const limit = Math.round(maxBytes / 1024);
      throw new SourceError('bad-reply', `The reply of ${asked.what} is larger than ${limit} KiB.`);
    }
    if (text.trim() === '' && method === 'POST') return null;
    return parseJson(text, contentType, asked);
  }

  /** The server's own words, dropped whole when they repeat one of our secrets. */
  function spoken(body: string, contentType: string): string | null {
    const detail = serverDetail(body, contentType);
    return detail === null || leaks(body) || leaks(detail) ? null : detail;
  }

  return {
    get: (path, signal) => request('GET', path, signal),
    post: (path, signal, body) => request('POST', path, signal, body),
  };
}

function redirectError(response: Response, { who, what }: Asked): SourceError {
  const location = response.headers.get('location');
  const known = location !== null && URL.canParse(location, response.url);
  const target = known ? new URL(location, response.url) : null;
  const to = target?.origin ?? 'another address';
  return new SourceError(
    'bad-reply',
    `${who} redirects ${what} to ${to} and redirects are not followed; enter the final address instead.`,
  );
}

function parseJson(text: string, contentType: string, { who, what }: Asked): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text) as unknown;
  } catch {
    // The parser's own message quotes the body, so it is not passed on.
  }
  if (contentType.includes('html') || text.trimStart().startsWith('<')) {
    throw new SourceError(
      'bad-reply',
      `${what} was answered with a web page instead of data; is this the address of ${lowerFirst(who)}?`,
    );
  }
  throw new SourceError('bad-reply', `${who} answered ${what} with something that is not JSON.`);
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

/** Reads at most `limit` bytes as UTF-8; null when there are more, and the rest is not downloaded. */
async function readText(response: Response, limit: number): Promise<string | null> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}
