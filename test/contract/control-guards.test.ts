import { request } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ControlApi } from '../../electron/core/control/types.ts';
import { silentLog } from '../../electron/core/log.ts';
import { startControlHost } from '../../electron/hosts/control-host.ts';
import { rawRequest, serveFixture, signIn } from '../support/browser-session.ts';
import { bridgeFixture } from '../support/bridge-fixture.ts';
import { askControl, controlBed, controlKeys } from '../support/control-bed.ts';
import type { ControlBed, ControlBedChange } from '../support/control-bed.ts';
import { startCoreOnScript } from '../support/core-on-script.ts';

async function bedFor(change: ControlBedChange = {}): Promise<ControlBed> {
  const bed = await controlBed(change);
  onTestFinished(() => bed.close());
  return bed;
}

const wrong = { key: 'a-wrong-key-s3cr3t' };
const { viewer, admin } = controlKeys;

describe('keys', () => {
  test('count in either header, and in both where they are the same', async () => {
    const { ask } = await bedFor();
    const bearer = { Authorization: `Bearer ${viewer}` };
    expect((await ask('GET /cache/stats', { key: viewer })).status).toBe(200);
    expect((await ask('GET /cache/stats', { key: null, headers: bearer })).status).toBe(200);
    expect((await ask('GET /cache/stats', { key: viewer, headers: bearer })).status).toBe(200);
    const basic = { Authorization: 'Basic dXNlcjpwYXNz' };
    expect((await ask('GET /cache/stats', { key: viewer, headers: basic })).status).toBe(200);
  });

  test('none, a wrong one, and two that disagree are 401 with a challenge', async () => {
    const { ask, app } = await bedFor();
    const disagreeing = { key: admin, headers: { Authorization: `Bearer ${viewer}` } };
    for (const sent of [{ key: null }, wrong, disagreeing]) {
      const reply = await ask('POST /cache/clear', sent);
      expect([reply.status, reply.headers['www-authenticate']]).toEqual([401, 'Bearer realm="cachedeck"']);
      expect(reply.json).toEqual({ detail: expect.any(String), code: 'unauthorized' });
      expect(reply.body).not.toContain('s3cr3t');
    }
    expect(app.lines.join('\n')).not.toContain('s3cr3t');
  });

  test('with too small a role are 403, which names the role that is needed', async () => {
    const { ask } = await bedFor();
    const reply = await ask('POST /cache/clear', { key: viewer });
    expect([reply.status, reply.json]).toEqual([
      403,
      { detail: 'This needs the role admin; the key has the role viewer.', code: 'forbidden' },
    ]);
  });
});

describe('ten refusals a minute', () => {
  test('of different wrong keys: then none is looked at, the right one neither, until the minute is over', async () => {
    const { ask, app } = await bedFor();
    for (let count = 0; count < 10; count += 1)
      expect((await ask('GET /cache/stats', { key: `guess-${count}` })).status).toBe(401);
    const limited = await ask('GET /cache/stats');
    expect([limited.status, limited.headers['retry-after'], limited.json]).toEqual([
      429,
      '60',
      { detail: expect.any(String), code: 'rate-limited' },
    ]);
    await app.clock.advance(59_999);
    expect((await ask('GET /cache/stats')).headers['retry-after']).toBe('1');
    await app.clock.advance(1);
    expect((await ask('GET /cache/stats')).status).toBe(200);
  });

  test.each([
    ['of requests without a key', { key: null }, 401],
    ['of one wrong key, as of a program whose key was removed', wrong, 401],
    ['of keys with too small a role', { key: viewer }, 403],
  ])('%s: then 429 to such requests, and the right key still works', async (_, sent, status) => {
    const { ask } = await bedFor();
    for (let count = 0; count < 10; count += 1) {
      expect((await ask('POST /cache/clear', sent)).status).toBe(status);
    }
    const limited = await ask('POST /cache/clear', sent);
    expect([limited.status, limited.headers['retry-after']]).toEqual([429, '60']);
    expect((await ask('POST /cache/clear')).status).toBe(200);
    expect((await ask('GET /cache/stats', { key: viewer })).status).toBe(200);
  });
});

describe('what is asked', () => {
  test('an unknown path is 404, an unknown method 405 with what is allowed, each as JSON', async () => {
    const { ask } = await bedFor();
    const nothing = await ask('GET /no/such/path');
    expect([nothing.status, nothing.json]).toEqual([
      404,
      { detail: 'There is nothing here.', code: 'not-found' },
    ]);
    const method = await ask('PUT /api/workstations');
    expect([method.status, method.headers['allow'], method.json]).toEqual([
      405,
      'GET, POST, HEAD',
      { detail: 'Use GET, POST, HEAD.', code: 'method-not-allowed' },
    ]);
    expect((await ask('GET /sessions/%E0%A4%A')).status).toBe(404);
  });

  test('HEAD is GET without a body', async () => {
    const { ask } = await bedFor();
    const get = await ask('GET /healthz', { key: null });
    const head = await ask('HEAD /healthz', { key: null });
    expect([head.status, head.body, head.headers['content-length']]).toEqual([
      200,
      '',
      String(get.body.length),
    ]);
    expect((await ask('HEAD /cache/stats', wrong)).status).toBe(401);
  });

  test('what is no JSON is 400, another content type 415, more than 64 KiB 413, wrong fields 422', async () => {
    const { ask } = await bedFor();
    const path = 'POST /api/workstations';
    expect((await ask(path, { body: '{"name":' })).json).toEqual({
      detail: 'The body is not JSON.',
      code: 'bad-request',
    });
    const text = await ask(path, { body: '{}', headers: { 'Content-Type': 'text/plain' } });
    expect([text.status, text.json]).toEqual([
      415,
      { detail: 'Only application/json is taken.', code: 'unsupported-type' },
    ]);
    const large = await ask(path, { body: JSON.stringify({ name: 'x'.repeat(70_000) }) });
    expect([large.status, large.json]).toEqual([
      413,
      { detail: 'The body is larger than 64 KiB.', code: 'too-large' },
    ]);
    const fields = await ask(path, { body: { name: '', ip_address: 7, hunter2: 1 } });
    expect(fields.status).toBe(422);
    expect(fields.json).toMatchObject({
      code: 'invalid',
      detail: expect.arrayContaining([
        { loc: ['body', 'name'], msg: expect.any(String), type: 'too_small' },
        { loc: ['body', 'ip_address'], msg: expect.any(String), type: 'invalid_type' },
      ]) as unknown,
    });
    expect(fields.body).not.toContain('hunter2');
  });

  test('nobody without a right key has a body read', async () => {
    const { port } = await bedFor();
    const status = await new Promise<number>((resolve, reject) => {
      const headers = { 'Content-Type': 'application/json', 'Content-Length': 1000 };
      const options = { host: '127.0.0.1', port, method: 'POST', path: '/api/workstations', headers };
      const sent = request({ ...options, agent: false }, (response) => {
        resolve(response.statusCode ?? 0);
        sent.destroy();
      });
      sent.on('error', reject);
      sent.write('{'); // the rest never comes
    });
    expect(status).toBe(401);
  });

  test('a foreign Host and an address that is none are refused', async () => {
    const { ask, port } = await bedFor();
    expect((await ask('GET /healthz', { headers: { Host: 'evil.example' } })).status).toBe(403);
    expect((await rawRequest(port, { path: 'http://127.0.0.1/healthz' })).status).toBe(400);
  });
});

describe('pages of other origins', () => {
  const origin = 'https://grafana.example';

  test('are told nothing where none is configured, and OPTIONS is no method', async () => {
    const { ask } = await bedFor();
    const reply = await ask('GET /cache/stats', { headers: { Origin: origin } });
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(reply.headers['vary']).toBeUndefined();
    expect((await ask('OPTIONS /cache/stats', { headers: { Origin: origin } })).status).toBe(405);
  });

  test('may ask where they are configured, without cookies; others may not', async () => {
    const { ask, app } = await bedFor({
      environment: { CACHEDECK_CORS_ORIGINS: `${origin}, https://two.example/path nonsense` },
    });
    const preflight = await ask('OPTIONS /cache/clear', { key: null, headers: { Origin: origin } });
    expect([preflight.status, preflight.body]).toEqual([204, '']);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'POST, OPTIONS',
      'access-control-allow-headers': 'Authorization, X-API-KEY, Content-Type',
      vary: 'Origin',
    });
    expect(preflight.headers['access-control-allow-credentials']).toBeUndefined();
    const refused = await ask('GET /cache/stats', { ...wrong, headers: { Origin: origin } });
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([401, origin]);
    const other = await ask('OPTIONS /cache/clear', { headers: { Origin: 'https://two.example' } });
    expect(other.headers['access-control-allow-origin']).toBeUndefined();
    expect(other.headers['access-control-allow-methods']).toBeUndefined();
    expect(app.lines.filter((line) => line.includes('CACHEDECK_CORS_ORIGINS'))).toHaveLength(2);
  });
});

describe('beside the page', () => {
  async function serve(environment: Record<string, string>, api?: ControlApi) {
    const { core } = await startCoreOnScript({ options: { environment } });
    const fixture = bridgeFixture();
    const host = await serveFixture(fixture, '/nonexistent', {
      core: { router: fixture.router, controlApi: api ?? core.controlApi, keys: core.keys },
    });
    onTestFinished(async () => {
      await host.close();
      await core.stop();
    });
    return { host, fixture };
  }

  test('the same answers come on the page’s port, and a session is no key', async () => {
    const { host } = await serve({ CACHEDECK_API_KEY: admin });
    expect((await askControl(host.port, 'GET /cache/stats')).status).toBe(200);
    const headers = { Cookie: await signIn(host), Origin: `http://127.0.0.1:${host.port}` };
    expect((await askControl(host.port, 'POST /cache/clear', { key: null, headers })).status).toBe(401);
    const foreign = { Host: 'evil.example' };
    expect((await askControl(host.port, 'GET /cache/stats', { headers: foreign })).status).toBe(403);
  });

  test('without a key there is none of it', async () => {
    const { host } = await serve({});
    expect((await askControl(host.port, 'GET /healthz')).status).toBe(401);
    const headers = { Cookie: await signIn(host) };
    expect((await askControl(host.port, 'GET /healthz', { headers })).status).toBe(404);
  });

  test('what it fails with is told as nothing, and the log has it', async () => {
    const broken: ControlApi = { owns: () => true, answer: () => Promise.reject(new Error('a bug')) };
    const { host, fixture } = await serve({ CACHEDECK_API_KEY: admin }, broken);
    const reply = await askControl(host.port, 'GET /cache/stats');
    expect([reply.status, reply.body.includes('a bug')]).toEqual([500, false]);
    expect(fixture.log.lines.join('\n')).toContain('a bug');
  });
});

test('the desktop app opens it on a port of its own, and closes it', async () => {
  const bed = await bedFor({
    options: { openControl: (_, api) => startControlHost(0, api, silentLog) },
  });
  const { client } = bed.app;
  const urlNow = (): Promise<string | null> =>
    new Promise((resolve) => {
      const stop = client.subscribe('control.state', ({ url }) => {
        queueMicrotask(() => stop());
        resolve(url);
      });
    });
  expect(await urlNow()).toBeNull();
  await client.call('control.configure', { on: true, port: 8000 });
  const url = await urlNow();
  const port = Number(new URL(url ?? '').port);
  expect((await askControl(port, 'GET /healthz', { key: null })).json).toEqual({ status: 'ok' });
  await client.call('control.configure', { on: false, port: 8000 });
  expect(await urlNow()).toBeNull();
  await expect(askControl(port, 'GET /healthz')).rejects.toThrow('ECONNREFUSED');
});
