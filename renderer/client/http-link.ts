import type { CallName, Link, LinkState } from '../../shared/rpc/client.ts';
import type { FeedMessage, Reply, RpcErrorCode } from '../../shared/rpc/wire.ts';
import type { After, FeedStream, OpenFeedStream } from './feed-stream.ts';
import type { HostState } from './own-stream.ts';

/** What a page says as it is closed, and what has to arrive all the same. */
const lastWord: CallName = 'app.presence';

/** ms a call may take: longer than the slowest change a backend is allowed (30 s). */
export const callLimit = 35_000;

export interface HttpLinkOptions {
  /** Origin of the host; empty in a page that came from it. */
  readonly base: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly openStream: OpenFeedStream;
  readonly after: After;
}

export interface HttpLink extends Link {
  /** Ends the stream. */
  close(): void;
}

function failed(code: RpcErrorCode, message: string): Reply {
  return { ok: false, error: { code, message } };
}

function isReply(value: unknown): value is Reply {
  return typeof value === 'object' && value !== null && 'ok' in value;
}

/** Asks the host what is wrong with the stream. No answer until `signal` aborts is `lost`. */
export async function probeHost(
  base: string,
  fetch: HttpLinkOptions['fetch'],
  signal: AbortSignal,
): Promise<HostState> {
  try {
    const response = await fetch(`${base}/feeds`, { method: 'HEAD', cache: 'no-store', signal });
    if (response.status === 401) return 'signed-out';
    const isHost = response.ok || response.status === 429; // 429: too many streams of this browser
    return isHost ? 'reachable' : 'lost';
  } catch {
    return 'lost';
  }
}

/** The bridge over HTTP: a POST for each call, one stream for all feeds. The stream opens at the first need. */
export function createHttpLink(options: HttpLinkOptions): HttpLink {
  const { base, fetch, openStream, after } = options;
  const latest = new Map<string, FeedMessage>();
  const feedListeners = new Map<string, Set<(message: FeedMessage) => void>>();
  const stateListeners = new Set<(state: LinkState) => void>();
  let streamState: LinkState = 'connecting';
  let callRefused = false;
  let state: LinkState = 'connecting';
  let stream: FeedStream | null = null;

  function update(): void {
    const next = callRefused ? 'signed-out' : streamState;
    if (next === state) return;
    state = next;
    for (const listener of stateListeners) listener(next);
  }

  function ensureStream(): void {
    stream ??= openStream({
      message(name, message) {
        latest.set(name, message);
        for (const listener of feedListeners.get(name) ?? []) listener(message);
      },
      state(next) {
        streamState = next;
        if (next === 'open') callRefused = false;
        update();
      },
    });
  }

  async function post(name: string, input: unknown, signal: AbortSignal): Promise<Reply> {
    const response = await fetch(`${base}/rpc/${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(input ?? {}),
      cache: 'no-store',
      keepalive: name === lastWord,
      signal,
    });
    callRefused = response.status === 401;
    update();
    // The server is there again: no need to wait longer. Where it does not know us, trying harder does not help.
    if (streamState !== 'open' && !callRefused) stream?.retry();
    const reply: unknown = await response.json();
    return isReply(reply) ? reply : failed('unavailable', 'Cachedeck gave an answer that cannot be read.');
  }

  return {
    async call(name, input, signal) {
      const limit = new AbortController();
      const cancelLimit = after(callLimit, () => limit.abort());
      try {
        return await post(name, input, signal ? AbortSignal.any([signal, limit.signal]) : limit.signal);
      } catch {
        if (signal?.aborted) return failed('cancelled', 'The request was cancelled.');
        if (limit.signal.aborted) return failed('timeout', 'Cachedeck did not answer in time.');
        return failed('unavailable', 'Cachedeck cannot be reached.');
      } finally {
        cancelLimit();
      }
    },

    subscribe(name, onMessage) {
      const listeners = feedListeners.get(name) ?? new Set();
      feedListeners.set(name, listeners);
      const listener = (message: FeedMessage): void => onMessage(message);
      listeners.add(listener);
      const known = latest.get(name);
      if (known) listener(known);
      ensureStream();
      return () => void listeners.delete(listener);
    },

    onState(listener) {
      const own = (next: LinkState): void => listener(next);
      stateListeners.add(own);
      own(state);
      ensureStream();
      return () => void stateListeners.delete(own);
    },

    close() {
      stream?.stop();
      stream = null;
    },
  };
}
