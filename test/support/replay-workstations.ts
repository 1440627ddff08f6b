import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { sendJson, startLoopback } from './loopback.ts';

/** Of every account of the replayed manager: admin, operator and viewer. */
export const managerPassword = 'replay-password-77aa';
export const managerRoles = ['admin', 'operator', 'viewer'] as const;

interface SentRequest {
  /** "POST /api/auth/login", without the query. */
  readonly line: string;
  readonly pattern: string | null;
  /** Of the Authorization header; null: there was none. */
  readonly token: string | null;
  readonly body: unknown;
}

/** Answers in place of the recordings. */
type Answer = (response: ServerResponse, request: SentRequest) => void;

export interface ManagerReplay {
  readonly url: string;
  readonly requests: readonly SentRequest[];
  count(line: string): number;
  /** Every access token so far is answered with 401, as after 30 minutes. */
  expireAccess(): void;
  /** The same for refresh tokens, as after 7 days. */
  expireRefresh(): void;
  /** Lets `answer` reply to a line from now on; null: the recordings again. */
  answer(line: string, answer: Answer | null): void;
  close(): Promise<void>;
}

export function recordedReply(name: string): string {
  return readFileSync(new URL(`recordings/workstations/${name}.json`, import.meta.url), 'utf8');
}

interface Index {
  readonly name: string;
  readonly status: number;
}
export const recordedReplies = JSON.parse(recordedReply('index')) as readonly Index[];

/** Answers `name` with the status it was recorded with. */
function send(response: ServerResponse, name: string, change: Record<string, unknown> = {}): void {
  const status = recordedReplies.find((one) => one.name === name)?.status ?? 500;
  const body: unknown = JSON.parse(recordedReply(name));
  const whole = Array.isArray(body) ? body : { ...(body as object), ...change };
  sendJson(response, status, whole);
}

/** Serves the recorded replies of a workstation manager, with accounts and tokens as BACKENDS.md describes them. */
export async function startManagerReplay(): Promise<ManagerReplay> {
  const requests: SentRequest[] = [];
  const answers = new Map<string, Answer>();
  /** Token to user name. */
  const access = new Map<string, string>();
  const refresh = new Map<string, string>();
  let made = 0;
  let created = false;

  function handOut(response: ServerResponse, name: string, user: string): void {
    made += 1;
    // No token with a role in it: the recorded ones are blanked, so the role has to be asked for.
    const tokens = {
      access_token: `access-${user}-${made}-5c1d`,
      refresh_token: `refresh-${user}-${made}-9e2f`,
    };
    access.set(tokens.access_token, user);
    refresh.set(tokens.refresh_token, user);
    send(response, name, tokens);
  }

  function field(body: unknown, name: string): string {
    const value = typeof body === 'object' && body !== null ? Reflect.get(body, name) : '';
    return typeof value === 'string' ? value : '';
  }

  function reply(response: ServerResponse, request: SentRequest): void {
    const { line, body, token } = request;
    if (line === 'GET /api/health') return send(response, 'health');
    if (line === 'POST /api/auth/login') {
      const user = managerRoles.find((one) => one === field(body, 'username'));
      if (!user || field(body, 'password') !== managerPassword) return send(response, 'login_bad');
      return handOut(response, user === 'viewer' ? 'login_viewer' : 'login', user);
    }
    if (line === 'POST /api/auth/refresh') {
      const user = refresh.get(field(body, 'refresh_token'));
      return user ? handOut(response, 'refresh', user) : send(response, 'cache_stats_badtoken');
    }
    const list = line === 'GET /api/workstations';
    if (token === null) return send(response, list ? 'workstations_401' : 'cache_stats_401');
    const user = access.get(token);
    if (!user) return send(response, 'cache_stats_badtoken');
    if (line === 'GET /api/auth/me') return send(response, 'me', { username: user, role: user });
    if (list && created) return send(response, 'workstations_after');
    if (list) return send(response, user === 'viewer' ? 'workstations_viewer' : 'workstations');
    if (line === 'GET /api/operations') return send(response, 'operations');
    if (line === 'GET /api/status') return send(response, 'status');
    if (line === 'POST /api/workstations') {
      if (user === 'viewer') return send(response, 'ws_create_viewer');
      if (field(body, 'name').trim() === '') return send(response, 'ws_create_422');
      if (field(body, 'password') === '') return send(response, 'ws_create_nopass');
      created = true;
      return send(response, 'ws_create');
    }
    if (line.includes('/api/performance/') && user !== 'admin') return send(response, 'cache_stats_403');
    switch (line) {
      case 'GET /api/performance/cache-stats':
        return send(response, 'cache_stats');
      case 'GET /api/performance/metrics':
        return send(response, 'metrics');
      case 'POST /api/performance/cache-clear':
        return send(response, 'clear');
      case 'POST /api/performance/cache-invalidate':
        if (request.pattern === null) return send(response, 'invalidate_missing');
        return send(response, request.pattern === '' ? 'invalidate_empty' : 'invalidate_glob');
      default:
        return sendJson(response, 404, { detail: 'Not Found' });
    }
  }

  const server = await startLoopback((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const text = Buffer.concat(pieces).toString();
      const sent: SentRequest = {
        line: `${request.method} ${url.pathname}`,
        pattern: url.searchParams.get('pattern'),
        token: request.headers.authorization?.replace(/^Bearer /, '') ?? null,
        body: text === '' ? null : (JSON.parse(text) as unknown),
      };
      requests.push(sent);
      (answers.get(sent.line) ?? reply)(response, sent);
    });
  });

  return {
    url: server.url,
    requests,
    count: (line) => requests.filter((request) => request.line === line).length,
    expireAccess: () => access.clear(),
    expireRefresh: () => refresh.clear(),
    answer(line, answer) {
      if (answer) answers.set(line, answer);
      else answers.delete(line);
    },
    close: () => server.close(),
  };
}
