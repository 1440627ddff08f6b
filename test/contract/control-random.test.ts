import { Agent, request } from 'node:http';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startControlHost } from '../../electron/hosts/control-host.ts';
import type { OpenedControl } from '../../electron/core/control/control-service.ts';
import type { ControlApi } from '../../electron/core/control/types.ts';
import { recordingAppLog } from '../support/recording-log.ts';
import { askControl, controlEnvironment, controlKeys } from '../support/control-bed.ts';
import { startCoreOnDemo } from '../support/core-on-demo.ts';
import type { CoreOnDemo } from '../support/core-on-demo.ts';
import { OpenApiCheck } from '../support/openapi-check.ts';

// Whatever is sent: a typed answer, nothing secret in it or in the log, and the server goes on.

const runs = 1000;
const bodySecret = 'hunter2-s3cr3t';
const wrongKey = 'wrong-key-s3cr3t';

let app: CoreOnDemo;
let host: OpenedControl;
let port: number;
let check: OpenApiCheck;
const hostLog = recordingAppLog();
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

beforeAll(async () => {
  app = await startCoreOnDemo({ environment: controlEnvironment });
  const { controlApi } = app.core;
  let asked = 0;
  // Eight from each address: few enough to be listened to, most of them.
  const address = (): string => `address ${Math.floor((asked += 1) / 8)}`;
  const api: ControlApi = {
    owns: (one) => controlApi.owns(one),
    answer: (one) => controlApi.answer({ ...one, address: address() }),
  };
  host = await startControlHost(0, api, hostLog.log);
  port = Number(new URL(host.url).port);
  check = new OpenApiCheck((await askControl(port, 'GET /openapi.json', { key: null })).json);
});

afterAll(async () => {
  agent.destroy();
  await host.close();
  await app.core.stop();
});

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly headers: string;
}

/** null: Node's client would not send it, or the server cut the connection of a malformed request. */
function send(sent: Sent): Promise<Reply | null> {
  return new Promise((resolve) => {
    try {
      const headers = {
        ...sent.headers,
        ...(sent.body === null ? {} : { 'Content-Length': Buffer.byteLength(sent.body) }),
      };
      const asked = request(
        { host: '127.0.0.1', port, agent, method: sent.method, path: sent.path, headers },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => (text += chunk));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              type: response.headers['content-type'] ?? '',
              text,
              headers: JSON.stringify(response.headers),
            }),
          );
        },
      );
      asked.on('error', () => resolve(null));
      asked.end(sent.body ?? undefined);
    } catch {
      resolve(null);
    }
  });
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | null;
}

const knownPaths = [
  '/cache/stats',
  '/cache/clear',
  '/api/performance/cache-stats',
  '/api/performance/cache-clear',
  '/api/performance/cache-invalidate',
  '/api/performance/metrics',
  '/engines/stats/total',
  '/orchestrator/status',
  '/vpn/status',
  '/api/workstations',
  '/sessions',
  '/sessions/someone',
  '/healthz',
  '/metrics',
  '/openapi.json',
];
const piece = fc.oneof(
  fc.webPath({ size: 'small' }),
  fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => `/${encodeURIComponent(text)}`),
  fc.constantFrom('/', '//', '/..', '/%00', '/%', '/%E0%A4%A', '/__proto__', '/constructor', '/{id}'),
);
const path = fc
  .tuple(
    fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...knownPaths) }, { weight: 1, arbitrary: piece }),
    fc.oneof({ weight: 4, arbitrary: fc.constant('') }, { weight: 1, arbitrary: piece }),
    fc.oneof(
      fc.constant(''),
      fc.constantFrom('?pattern=', '?pattern=*', '?pattern=stats:*', '?pattern=a&pattern=b', '?__proto__=1'),
      fc.webQueryParameters({ size: 'small' }).map((query) => `?pattern=${query}`),
    ),
  )
  .map((parts) => parts.join(''));
const method = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('GET', 'POST', 'DELETE') },
  { weight: 2, arbitrary: fc.constantFrom('HEAD', 'PUT', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND') },
);
/** Half of them are addressed well, so that what lies behind the door is tried as well. */
const target = fc.oneof(
  fc.constantFrom(
    ['POST', '/api/workstations'],
    ['POST', '/api/performance/cache-invalidate?pattern=*'],
    ['POST', '/api/performance/cache-invalidate?pattern=%5C'],
    ['POST', '/api/performance/cache-clear'],
    ['DELETE', '/sessions/someone'],
    ['GET', '/orchestrator/status'],
  ),
  fc.tuple(method, path),
);
const key = fc.oneof(
  { weight: 6, arbitrary: fc.constant(controlKeys.admin) },
  { weight: 3, arbitrary: fc.constantFrom(controlKeys.viewer, controlKeys.operator) },
  { weight: 1, arbitrary: fc.constantFrom('', wrongKey, ' ', 'null') },
);
const headers = fc.record(
  {
    'X-API-KEY': key,
    Authorization: fc.oneof(
      key.map((one) => `Bearer ${one}`),
      fc.constantFrom('Bearer', 'Basic eDp5', 'Bearer  '),
    ),
    'Content-Type': fc.oneof(
      { weight: 3, arbitrary: fc.constant('application/json') },
      { weight: 1, arbitrary: fc.constantFrom('text/plain', 'application/json; charset=utf-16', ';', '') },
    ),
    Origin: fc.constantFrom('https://evil.example', 'null'),
    Expect: fc.constant('100-continue'),
    Range: fc.constant('bytes=0-1'),
    'If-None-Match': fc.constant('*'),
    Accept: fc.constantFrom('text/html', '*/*;q=0'),
  },
  { requiredKeys: [] },
);
const station = fc.record(
  {
    name: fc.oneof(fc.string({ maxLength: 120 }), fc.constant('Random')),
    ip_address: fc.oneof(fc.ipV4(), fc.integer()),
    username: fc.string({ maxLength: 5 }),
    password: fc.constant(bodySecret),
    [bodySecret]: fc.constant(1),
  },
  { requiredKeys: ['password'] },
);
const body = fc.oneof(
  fc.constant(null),
  station.map((one) => JSON.stringify(one)),
  fc.json({ maxDepth: 3 }),
  fc.string({ maxLength: 200 }),
  fc.constant(`{"password":"${bodySecret}","pad":"${'x'.repeat(70_000)}"}`),
);

test(`${runs} random requests: no untyped 5xx, no secret said, no crash`, async () => {
  const secrets = [...Object.values(controlKeys), wrongKey, bodySecret];
  const statuses = new Map<number, number>();
  let sentAtAll = 0;
  const crashes: unknown[] = [];
  const onCrash = (error: unknown): void => void crashes.push(error);
  process.on('unhandledRejection', onCrash);
  try {
    await fc.assert(
      fc.asyncProperty(target, headers, body, async ([verb = '', address = ''], extra, content) => {
        const reply = await send({ method: verb, path: address, headers: extra, body: content });
        if (reply === null) return true;
        sentAtAll += 1;
        statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
        const said = reply.text + reply.headers;
        if (secrets.some((secret) => said.includes(secret))) return false;
        if (reply.status < 400 || reply.text === '') return reply.status < 500;
        return reply.type.startsWith('application/json') && isFault(reply);
      }),
      { numRuns: runs, seed: 20_261_121, endOnFailure: true },
    );
  } finally {
    process.off('unhandledRejection', onCrash);
  }
  expect(sentAtAll).toBeGreaterThan(runs * 0.9);
  expect(crashes).toEqual([]);
  // What was tried did reach behind the door, and no answer of ours was a bug.
  expect([...statuses.keys()]).toEqual(
    expect.arrayContaining([200, 400, 401, 403, 404, 405, 409, 413, 415, 422]),
  );
  expect(statuses.get(500)).toBeUndefined();
  const log = [...app.lines, ...hostLog.lines].join('\n');
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
  expect((await askControl(port, 'GET /healthz', { key: null })).json).toEqual({ status: 'ok' });
}, 120_000);

function isFault({ text }: Reply): boolean {
  return check.fault('GET /cache/stats', 401, JSON.parse(text)) === null;
}
