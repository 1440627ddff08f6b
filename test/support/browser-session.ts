import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { systemClock } from '../../electron/core/clock.ts';
import type { ControlApi } from '../../electron/core/control/types.ts';
import { startHttpHost } from '../../electron/hosts/http-host.ts';
import type { HttpHost, HttpHostOptions } from '../../electron/hosts/http-host.ts';
import { browserAfter } from '../../renderer/client/feed-stream.ts';
import { createHttpLink, probeHost } from '../../renderer/client/http-link.ts';
import type { HttpLink } from '../../renderer/client/http-link.ts';
import { ownStream } from '../../renderer/client/own-stream.ts';
import { entryNames } from '../../shared/contract/index.ts';
import type { BridgeFixture } from './bridge-fixture.ts';
import { FetchEventSource } from './event-source.ts';
import { keysOf } from './keys-of.ts';

/** A control API that has nothing. */
export const noControl: ControlApi = {
  owns: () => false,
  answer: () => Promise.resolve({ status: 404, headers: {}, body: {} }),
};

/** Starts the real browser host on loopback over a fixture. */
export function serveFixture(
  fixture: BridgeFixture,
  pageFolder: string,
  change: Partial<HttpHostOptions> = {},
): Promise<HttpHost> {
  return startHttpHost({
    core: { router: fixture.router, controlApi: noControl, keys: keysOf() },
    pageFolder,
    clock: systemClock,
    log: fixture.log,
    ...change,
  });
}

/** Follows a fresh link and returns the Cookie header of the session. */
export async function signIn(host: HttpHost): Promise<string> {
  const response = await fetch(host.newLink(), { redirect: 'manual' });
  const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';');
  if (response.status !== 303) throw new Error(`signing in gave ${response.status}`);
  return cookie;
}

export const originOf = (host: HttpHost): string => `http://127.0.0.1:${host.port}`;

/** The page's link to a host, in Node: what the browser adds by itself (cookie, origin) is added by hand. */
export function linkTo(host: HttpHost, cookie: string): HttpLink {
  const base = originOf(host);
  const headers = { Cookie: cookie, Origin: base };
  const send = (url: string, init: RequestInit): Promise<Response> =>
    fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), ...headers } });
  return createHttpLink({
    base,
    fetch: send,
    after: browserAfter,
    openStream: ownStream({
      feeds: entryNames.filter((entry) => entry.kind === 'feed').map((entry) => entry.name),
      openEventSource: () => new FetchEventSource(`${base}/feeds`, headers),
      probe: (signal) => probeHost(base, send, signal),
      after: browserAfter,
    }),
  });
}

export interface RawReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One request with nothing added but what is given: any path, any Host, any header. */
export function rawRequest(
  port: number,
  options: {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: Record<string, string>;
    readonly body?: string;
  },
): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', path = '/', headers = {}, body = '' } = options;
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
