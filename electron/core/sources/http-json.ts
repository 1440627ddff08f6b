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
  /** A backend's own words for a refusal; null: the usual ones. `said`: the server's words, without our secrets. */
  readonly refusal?: (status: number, said: string | null, asked: Asked) => SourceError | null;
  /** Largest accepted body in bytes, after decompression. Default 8 MiB. */
  readonly maxBytes?: number;
}

/** One JSON backend. Every method throws `SourceError` and nothing else; nothing is retried. */
export interface JsonClient {
  /** @returns the parsed body. */
  get(path: string, signal: AbortSignal): Promise<unknown>;
  /** Sends `body` as JSON, if there is one. @returns the parsed body; null when the server sent none. */
  post(path: string, signal: AbortSignal, body?: unknown): Promise<unknown>;
  /** Sends `body` as JSON, if there is one, and hands out what was answered: here a refusal is an answer, too. */
  change(method: 'POST' | 'DELETE', path: string, signal: AbortSignal, body?: unknown): Promise<PlainAnswer>;
  /**
   * Sends `body` as JSON and hands out the reply as it comes: for event streams. Leaving the loop over the text closes
   * the connection; the loop throws `SourceError` when the connection breaks, `signal` fires or the limit is passed.
   */
  stream(path: string, signal: AbortSignal, body: unknown): Promise<StreamedReply>;
}

/** Whatever was answered to a change. */
export interface PlainAnswer {
  readonly status: number;
  /** The body; undefined where it is not JSON, null where there is none or it repeats one of our secrets. */
  readonly json: unknown;
  /** The server's own words as one line, without our secrets. */
  readonly said: string | null;
  /** null: a 2xx. */
  readonly refusal: SourceError | null;
}

/** `json`: the server did not stream but answered at once. */
export type StreamedReply =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'text'; readonly pieces: AsyncGenerator<string, void> };

const defaultMaxBytes = 8 * 1024 * 1024;
const maxDetailBytes = 64 * 1024;

/** A client over the platform's `fetch`. Redirects are not followed: the headers carry a key. */
export function createJsonClient(options: JsonClientOptions): JsonClient {
  const { who, baseUrl, headers, credential = 'API key', maxBytes = defaultMaxBytes } = options;
  const prefix = baseUrl.pathname.replace(/\/+$/, '');
  const secrets = (options.secrets ?? []).filter((secret) => secret !== '');
  const leaks = (text: string) =>
    secrets.some((one) => text.includes(one) || text.includes(encodeURIComponent(one)));

  /** Sends one request and hands its reply to `read`; whatever goes wrong until then is a `SourceError`. */
  async function request<T>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    signal: AbortSignal,
    read: (response: Response, asked: Asked) => T | Promise<T>,
    {
      body,
      accept = 'application/json',
      refusalsAsWell = false,
    }: { readonly body?: unknown; readonly accept?: string; readonly refusalsAsWell?: boolean } = {},
  ): Promise<T> {
    const url = new URL(prefix + path, baseUrl);
    const asked: Asked = { who, what: `${method} ${url.pathname}`, host: url.host, credential };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    try {
      signal.throwIfAborted();
      const response = await fetch(url, {
        method,
        headers: { accept, ...type, ...headers },
        ...sent,
        redirect: 'manual',
        signal,
      });
      await refuseRedirect(response, asked);
      if (!refusalsAsWell) await refuseUnlessOk(response, asked);
      return await read(response, asked);
    } catch (error) {
      throw failureOf(error, signal, asked);
    }
  }

  async function refuseRedirect(response: Response, asked: Asked): Promise<void> {
    if (response.status < 300 || response.status >= 400) return;
    await response.body?.cancel();
    throw redirectError(response, asked);
  }

  async function refuseUnlessOk(response: Response, asked: Asked): Promise<void> {
    if (response.ok) return;
    const body = await readText(response, maxDetailBytes);
    const detail = body === null ? null : spoken(body, contentTypeOf(response));
    throw refusalOf(response.status, detail, asked);
  }

  function refusalOf(status: number, detail: string | null, asked: Asked): SourceError {
    return options.refusal?.(status, detail, asked) ?? statusError(status, detail, asked);
  }

  async function readAnswer(response: Response, asked: Asked): Promise<PlainAnswer> {
    const body = (await readText(response, maxBytes)) ?? '';
    const { status, ok } = response;
    const said = spoken(body, contentTypeOf(response));
    const refusal = ok ? null : refusalOf(status, said, asked);
    return { status, json: leaks(body) || body.trim() === '' ? null : jsonOf(body), said, refusal };
  }

  async function readJson(response: Response, asked: Asked, emptyIsNull: boolean): Promise<unknown> {
    const text = await readText(response, maxBytes);
    if (text === null) throw tooLarge(maxBytes, asked);
    if (text.trim() === '' && emptyIsNull) return null;
    return parseJson(text, contentTypeOf(response), asked);
  }

  async function* pieces(
    response: Response,
    signal: AbortSignal,
    asked: Asked,
  ): AsyncGenerator<string, void> {
    const decoder = new TextDecoder();
    let size = 0;
    try {
      for await (const bytes of response.body ?? []) {
        size += bytes.byteLength;
        if (size > maxBytes) throw tooLarge(maxBytes, asked);
        yield decoder.decode(bytes, { stream: true });
      }
      yield decoder.decode();
    } catch (error) {
      throw failureOf(error, signal, asked);
    }
  }

  /** The server's own words, dropped whole when they repeat one of our secrets. */
  function spoken(body: string, contentType: string): string | null {
    const detail = serverDetail(body, contentType);
    return detail === null || leaks(body) || leaks(detail) ? null : detail;
  }

  return {
    get: (path, signal) =>
      request('GET', path, signal, (response, asked) => readJson(response, asked, false)),
    post: (path, signal, body) =>
      request('POST', path, signal, (response, asked) => readJson(response, asked, true), { body }),
    change: (method, path, signal, body) =>
      request(method, path, signal, readAnswer, { body, refusalsAsWell: true }),
    stream: (path, signal, body) =>
      request(
        'POST',
        path,
        signal,
        async (response, asked): Promise<StreamedReply> => {
          const streams = !/json|html/.test(contentTypeOf(response));
          if (streams) return { kind: 'text', pieces: pieces(response, signal, asked) };
          return { kind: 'json', value: await readJson(response, asked, false) };
        },
        { body, accept: 'text/event-stream, application/json' },
      ),
  };
}

function contentTypeOf(response: Response): string {
  return response.headers.get('content-type') ?? '';
}

/** What was thrown, as the one kind of error a client throws. */
function failureOf(error: unknown, signal: AbortSignal, asked: Asked): SourceError {
  if (error instanceof SourceError) return error;
  return signal.aborted ? stoppedError(signal, asked) : networkError(error, asked);
}

function tooLarge(maxBytes: number, { what }: Asked): SourceError {
  const limit = Math.round(maxBytes / 1024);
  return new SourceError('bad-reply', `The reply of ${what} is larger than ${limit} KiB.`);
}

function redirectError(response: Response, { who, what }: Asked): SourceError {
  const location = response.headers.get('location');
  const known = location !== null && URL.canParse(location, response.url);
  const target = known ? new URL(location, response.url) : null;
  const to = target?.origin ?? 'another address';
  return new SourceError(
    'bad-reply',
    `${who} redirects ${what} to ${to} and redirects are not followed; enter the final address instead.`,
    { arrived: false },
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
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
