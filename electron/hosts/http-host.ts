import { randomBytes as systemRandomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { AppCore } from '../core/ports.ts';
import type { Role } from '../../shared/rpc/define.ts';
import { createControlEndpoints } from './control-endpoints.ts';
import { createEventStreams } from './event-stream.ts';
import { closeServer, listen, serverLimits } from './http-limits.ts';
import { refuseMethod, send, sendError, sendReply } from './http-replies.ts';
import { readJsonBody } from './json-body.ts';
import { cookiesOf, createLogin } from './login.ts';
import type { Session } from './login.ts';
import { hostAllowed, originRefusal } from './request-guard.ts';
import { addressOf } from './own-address.ts';
import { plainStylePath, sendPlainPage, sendPlainStyle } from './plain-page.ts';
import { createSignIn } from './sign-in.ts';
import { readPageFile } from './static-files.ts';

/**
 * Streams one session may hold. A browser needs one, whatever the number of tabs; where it has no locks (plain HTTP
 * from another machine) each tab takes one, and of its six connections some must stay free for calls.
 */
const maxStreams = 4;
const signInHint = 'You are not signed in. Press Enter in the terminal that runs Cachedeck for a fresh link.';

export interface HttpHostOptions {
  readonly core: Pick<AppCore, 'router' | 'controlApi'> & {
    /** Sign browsers in. */
    readonly keys: Pick<AppCore['keys'], 'size' | 'holderOf' | 'onRemoved'>;
  };
  /** Folder of the built page. */
  readonly pageFolder: string;
  /** Address to listen on; loopback unless told otherwise. Every address of the machine has to be asked for. */
  readonly host?: string;
  /** 0: the system chooses. */
  readonly port?: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Of whoever follows a link; they have to be read from the terminal the host runs in. Admin unless told otherwise. */
  readonly role?: Role;
  readonly randomBytes?: (size: number) => Uint8Array;
}

export interface HttpHost {
  /** Where the page is, without a code. */
  readonly url: string;
  readonly port: number;
  /** True where other machines can reach it; nothing on the way is encrypted. */
  readonly exposed: boolean;
  /** A link that signs one browser in, once, within ten minutes. */
  newLink(): string;
  /** Ends streams, lets running requests finish for a moment, then cuts. Done within 500 ms. */
  close(): Promise<void>;
}

/**
 * Serves the page and the bridge to browsers: `POST /rpc/<name>`, `GET /feeds`, `GET /login?code=`, `POST /login` with a key,
 * files.
 * Rejects when the address cannot be listened on.
 */
export async function startHttpHost(options: HttpHostOptions): Promise<HttpHost> {
  const { core, pageFolder, clock, log, port: wantedPort = 0 } = options;
  // Node takes an empty address for every address.
  const host = options.host?.replace(/^\[(.*)\]$/, '$1') || '127.0.0.1';
  const randomBytes = options.randomBytes ?? systemRandomBytes;
  const { keys } = core;
  const login = createLogin({ clock, randomBytes, linkRole: options.role ?? 'admin' });
  const stopEnding = keys.onRemoved((id) => login.endOf(id));
  const epoch = Buffer.from(randomBytes(8)).toString('base64url');
  const streams = createEventStreams({ router: core.router, clock, epoch });
  const streamCounts = new WeakMap<Session, number>();
  const controlEndpoints = createControlEndpoints(core.controlApi);
  let port = wantedPort;
  let hosts: ReadonlySet<string> = new Set();

  const cookieName = (): string => `cachedeck_${port}`;

  function sessionOf(request: IncomingMessage): Session | null {
    return login.sessionOf(cookiesOf(request.headers.cookie, cookieName()));
  }

  const signIn = createSignIn({ login, keys, clock, cookieName, sessionOf });

  async function callEntry(
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
    session: Session,
  ): Promise<void> {
    const body = await readJsonBody(request);
    if (!body.ok) {
      if (body.status === 413) response.setHeader('Connection', 'close');
      sendError(response, 'bad-request', body.message, body.status);
      return;
    }
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const reply = await core.router.call(name, body.value, { role: session.role }, gone.signal);
    // 401 means that we do not know the page; here it is a backend that wants its user to sign in.
    const ofBackend = !reply.ok && reply.error.code === 'unauthorized';
    sendReply(response, reply, ofBackend ? 403 : undefined);
  }

  function openStream(request: IncomingMessage, response: ServerResponse, session: Session): void {
    const count = streamCounts.get(session) ?? 0;
    if (count >= maxStreams) {
      sendError(response, 'unavailable', `A browser may hold ${maxStreams} streams.`, 429);
    } else if (request.method === 'HEAD') {
      send(response, 200, 'text/event-stream; charset=utf-8', ''); // lets a page ask why it has no stream
    } else {
      streamCounts.set(session, count + 1);
      streams.open(response, { role: session.role }, session.ended, () => {
        streamCounts.set(session, (streamCounts.get(session) ?? 1) - 1);
      });
    }
  }

  async function sendFile(response: ServerResponse, path: string): Promise<void> {
    const file = await readPageFile(pageFolder, path);
    if (file.status === 200) send(response, 200, file.type, file.body, { 'Cache-Control': file.cache });
    else sendPlainPage(response, file.status, 'There is nothing here.');
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET' } = request;
    if (!hostAllowed(request, hosts)) {
      sendError(response, 'forbidden', 'The Host header does not name this server.');
      return;
    }
    const target = request.url ?? '/';
    const url = target.startsWith('/') ? URL.parse(`http://host${target}`) : null;
    if (!url) {
      sendError(response, 'bad-request', 'The address cannot be read.');
      return;
    }
    const path = url.pathname;
    if (await controlEndpoints(request, response, url)) return;
    const forPrograms = path.startsWith('/rpc/') || path === '/feeds';
    const refusal = originRefusal(request, {
      originNeeded: method !== 'GET' && method !== 'HEAD',
      visitable: !forPrograms,
    });
    if (refusal !== null) {
      sendError(response, 'forbidden', refusal);
      return;
    }
    if (path === '/login') {
      await signIn(request, response, url);
      return;
    }
    if (path === plainStylePath && (method === 'GET' || method === 'HEAD')) {
      sendPlainStyle(response);
      return;
    }
    const session = sessionOf(request);
    if (!session) {
      if (forPrograms) sendError(response, 'unauthorized', signInHint);
      else sendPlainPage(response, 401, signInHint, { keyForm: keys.size > 0 });
    } else if (path.startsWith('/rpc/')) {
      if (method === 'POST') await callEntry(request, response, path.slice('/rpc/'.length), session);
      else refuseMethod(response, 'POST');
    } else if (method !== 'GET' && method !== 'HEAD') {
      refuseMethod(response, 'GET, HEAD');
    } else if (path === '/feeds') {
      openStream(request, response, session);
    } else {
      await sendFile(response, path);
    }
  }

  const server = createServer(serverLimits, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      log.error(`http: ${error instanceof Error ? error.message : 'failed without an error'}`);
      sendError(response, 'internal', 'Something went wrong inside Cachedeck. The log has the reason.');
    });
  });
  const bound = await listen(server, { host, port: wantedPort }, log);
  port = bound.port;
  const own = addressOf(host, bound);
  hosts = own.hosts;
  const { url } = own;

  return {
    url,
    port,
    exposed: own.exposed,
    newLink: () => `${url}login?code=${login.newCode()}`,
    close() {
      stopEnding();
      return closeServer(server, () => streams.closeAll());
    },
  };
}
