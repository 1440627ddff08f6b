import { expect, test } from 'vitest';
import { openApiDocument } from '../../../electron/core/control/openapi.ts';
import { controlRoutes } from '../../../electron/core/control/routes/all-routes.ts';
import type { ControlHouse } from '../../../electron/core/control/house.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { OpenApiCheck } from '../../support/openapi-check.ts';
import { recordedReplies, recordedFolders } from '../../support/recorded-replies.ts';

const house: ControlHouse = {
  active: {
    get workspace(): never {
      throw new Error('nothing is asked');
    },
  },
  router: { call: () => Promise.reject(new Error('nothing is asked')) },
  clock: new FakeClock(),
  pages: () => 0,
  metrics: { contentType: 'text/plain; version=0.0.4; charset=utf-8', text: () => Promise.resolve('') },
};
const document = JSON.parse(JSON.stringify(openApiDocument(controlRoutes(house), '1.2.3'))) as Record<
  string,
  unknown
>;
const check = new OpenApiCheck(document);

test('names the version, and each operation once', () => {
  expect([document['openapi'], document['info']]).toMatchObject(['3.1.0', { version: '1.2.3' }]);
  const ids = check.operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(15);
});

test('every schema compiles, every name in a path is a parameter, and every example fits', () => {
  for (const { method, path, parameters, body, responses } of check.operations) {
    const inPath = parameters.filter((one) => one.in === 'path').map(({ name }) => name);
    expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    if (body) check.compile(body);
    for (const [status, { content }] of Object.entries(responses)) {
      for (const { schema, example } of Object.values(content)) {
        const validate = check.compile(schema);
        const faults = example === undefined || validate(example) ? null : validate.errors;
        expect([method, path, status, faults]).toEqual([method, path, status, null]);
      }
    }
  }
});

test('the roles are those of the contract, and of the document where it asks for more', () => {
  const roles = Object.fromEntries(
    check.operations.map(({ method, path, role }) => [`${method} ${path}`, role]),
  );
  expect(roles).toEqual({
    'GET /cache/stats': 'viewer',
    'POST /cache/clear': 'admin',
    'GET /api/performance/cache-stats': 'admin',
    'POST /api/performance/cache-clear': 'admin',
    'POST /api/performance/cache-invalidate': 'admin',
    'GET /api/performance/metrics': 'admin',
    'GET /engines/stats/total': 'viewer',
    'GET /orchestrator/status': 'viewer',
    'GET /vpn/status': 'viewer',
    'GET /api/workstations': 'viewer',
    'POST /api/workstations': 'admin',
    'GET /sessions': 'viewer',
    'DELETE /sessions/{id}': 'admin',
    'GET /healthz': 'none',
    'GET /metrics': 'viewer',
  });
});

test('a refusal is documented where there can be one: of a role above the least, of a key at all', () => {
  for (const { method, path, role, responses } of check.operations) {
    const refusals = Object.keys(responses).filter((status) => ['401', '403', '429'].includes(status));
    const expected = { none: [], viewer: ['401', '429'] }[role] ?? ['401', '403', '429'];
    expect([method, path, refusals]).toEqual([method, path, expected]);
  }
});

/** The bodies that the seed documents print, but for the dots of the first and the times' missing zones. */
const samples: readonly (readonly [what: string, body: unknown])[] = [
  [
    'GET /cache/stats',
    {
      size: 3,
      hits: 125,
      misses: 15,
      hit_rate: 89.29,
      entries: [{ key: 'stats:total', age: 1.5, ttl_remaining: 1.5 }],
    },
  ],
  [
    'GET /api/performance/cache-stats',
    {
      status: 'success',
      cache_stats: { hits: 1250, misses: 340, size: 42, evictions: 12, hit_rate_percent: 78.6 },
      timestamp: '2025-10-17T23:45:30.123456Z',
    },
  ],
  ['POST /api/performance/cache-clear', { status: 'success', message: 'Cache cleared', entries_removed: 42 }],
  [
    'POST /api/performance/cache-invalidate',
    {
      status: 'success',
      message: '2 cache entries invalidated',
      pattern: 'workstations_*',
      entries_removed: 2,
    },
  ],
  [
    'GET /api/performance/metrics',
    {
      status: 'success',
      metrics: {
        cache: { size: 42, hits: 1250, misses: 340, evictions: 12, hit_rate_percent: 78.6 },
        managers: { count: 8 },
        websockets: { active_connections: 3 },
      },
      timestamp: '2025-10-17T23:45:30.123456Z',
    },
  ],
];

test.each(samples)('the document’s body of %s fits', (what, body) => {
  expect(check.fault(what, 200, body)).toBeNull();
});

test('a body with a field missing or of another type does not', () => {
  expect(check.fault('GET /cache/stats', 200, { size: 3, hits: 125, misses: 15, hit_rate: 89.29 })).toMatch(
    'entries',
  );
  expect(check.fault('POST /api/performance/cache-clear', 200, { entries_removed: '42' })).not.toBeNull();
  expect(check.fault('GET /cache/stats', 401, { detail: 'The API key is wrong.' })).toMatch('code');
});

test('what real orchestrators answered fits as it is', () => {
  const asked = ['GET /engines/stats/total', 'GET /orchestrator/status', 'GET /vpn/status'];
  const replies = recordedFolders
    .flatMap((folder) => recordedReplies(folder))
    .filter(({ request, status }) => asked.includes(request) && status === 200);
  const faults = replies.flatMap(({ folder, name, request, body }) => {
    const parsed = JSON.parse(body) as unknown;
    const bodies = Array.isArray(parsed) ? [] : [parsed]; // a sequence that was taken over time
    return bodies
      .map((one) => check.fault(request, 200, one))
      .map((fault) => fault && `${folder} ${name}: ${fault}`);
  });
  expect(faults.length).toBeGreaterThan(20);
  expect(faults.filter((fault) => fault !== null)).toEqual([]);
});
