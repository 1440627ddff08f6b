import { describe, expect, test } from 'vitest';
import { RpcError } from '../../shared/rpc/wire.ts';
import { bridgeFixture } from '../support/bridge-fixture.ts';
import { originOf, rawRequest, serveFixture, signIn } from '../support/browser-session.ts';
import type { RawReply } from '../support/browser-session.ts';
import { apiKey, httpBed } from '../support/http-bed.ts';

const bed = httpBed();

describe('streams', () => {
  test('a browser may hold four; the fifth is refused, and one that ends makes room', async () => {
    const open: AbortController[] = [];
    const openOne = async (): Promise<number> => {
      const abort = new AbortController();
      const response = await fetch(`${originOf(bed.host)}/feeds`, {
        headers: { Cookie: bed.cookie },
        signal: abort.signal,
      });
      if (response.ok) open.push(abort);
      else await response.body?.cancel();
      return response.status;
    };
    for (let count = 0; count < 4; count += 1) expect(await openOne()).toBe(200);
    expect(await openOne()).toBe(429);
    expect(
      (await rawRequest(bed.host.port, { method: 'HEAD', path: '/feeds', headers: { Cookie: bed.cookie } }))
        .status,
    ).toBe(429);
    const other = await signIn(bed.host);
    expect(
      (await rawRequest(bed.host.port, { method: 'HEAD', path: '/feeds', headers: { Cookie: other } }))
        .status,
    ).toBe(200);
    open.pop()?.abort();
    const feed = bed.fixture.handlers['demo.state'];
    while (feed.listenerCount > 3) await new Promise((resolve) => setImmediate(resolve));
    expect(await openOne()).toBe(200);
    for (const abort of open) abort.abort();
  });

  test('closing the host ends streams and hung calls within half a second', async () => {
    const hung = bridgeFixture({ 'cache.clear': () => new Promise(() => {}) });
    const other = await serveFixture(hung, bed.pageFolder);
    const headers = {
      Cookie: await signIn(other),
      Origin: originOf(other),
      'Content-Type': 'application/json',
    };
    const stream = await fetch(`${originOf(other)}/feeds`, { headers });
    const call = fetch(`${originOf(other)}/rpc/cache.clear`, { method: 'POST', headers, body: '{}' }).then(
      () => 'answered',
      () => 'cut',
    );
    const begun = performance.now();
    await other.close();
    expect(performance.now() - begun).toBeLessThan(500);
    expect(await stream.text()).toContain('event: demo.state');
    expect(await call).toBe('cut');
    expect(hung.handlers['demo.state'].listenerCount).toBe(0);
  });
});

test('an empty address is loopback, not every address of the machine', async () => {
  const other = await serveFixture(bed.fixture, bed.pageFolder, { host: '' });
  expect([other.url, other.exposed]).toEqual([`http://127.0.0.1:${other.port}/`, false]);
  await other.close();
});

describe("the seed's endpoints", () => {
  const keyed = (path: string, method: string, headers: Record<string, string>): Promise<RawReply> =>
    rawRequest(bed.host.port, { path, method, headers });

  test('answer to the key in either header, without a session', async () => {
    const stats = await keyed('/cache/stats', 'GET', { 'X-API-KEY': apiKey });
    expect(JSON.parse(stats.body)).toEqual({
      size: 1,
      hits: 125,
      misses: 15,
      hit_rate: 89.29,
      entries: [{ key: 'stats:total', age: 1.5, ttl_remaining: 1.5 }],
    });
    const clear = await keyed('/cache/clear', 'POST', { Authorization: `Bearer ${apiKey}` });
    expect([clear.status, JSON.parse(clear.body), bed.cleared]).toEqual([
      200,
      { message: 'Cache cleared successfully' },
      1,
    ]);
  });

  test('no key, a wrong key, two keys that disagree, a foreign Host, a wrong method', async () => {
    const none = await keyed('/cache/clear', 'POST', { Cookie: bed.cookie, Origin: originOf(bed.host) });
    expect([none.status, none.headers['www-authenticate']]).toEqual([401, 'Bearer realm="cachedeck"']);
    const wrong = await keyed('/cache/stats', 'GET', { 'X-API-KEY': 'wrong-s3cr3t' });
    expect(wrong.status).toBe(403);
    const both = { 'X-API-KEY': apiKey, Authorization: 'Bearer other' };
    expect((await keyed('/cache/clear', 'POST', both)).status).toBe(403);
    expect((await keyed('/cache/clear', 'POST', { 'X-API-KEY': apiKey, Host: 'evil.example' })).status).toBe(
      403,
    );
    expect((await keyed('/cache/clear', 'GET', { 'X-API-KEY': apiKey })).status).toBe(405);
    expect(bed.cleared).toBe(0);
    expect(`${none.body}${wrong.body}`).not.toContain('s3cr3t');
    expect(bed.fixture.log.lines.join('')).not.toContain('s3cr3t');
  });

  test('ten wrong keys a minute, then none is looked at', async () => {
    for (let count = 0; count < 10; count += 1) {
      expect((await keyed('/cache/stats', 'GET', { 'X-API-KEY': `guess ${count}` })).status).toBe(403);
    }
    const limited = await keyed('/cache/stats', 'GET', { 'X-API-KEY': apiKey });
    expect([limited.status, limited.headers['retry-after']]).toEqual([429, '60']);
    await bed.clock.advance(60_000);
    expect((await keyed('/cache/stats', 'GET', { 'X-API-KEY': apiKey })).status).toBe(200);
  });

  test('ask for another try while another profile is being connected', async () => {
    const refuse = (): never => {
      throw new RpcError('unavailable', 'Another profile is being connected.');
    };
    const core = { router: bed.fixture.router, cacheStats: refuse, clearCache: refuse, keys: bed.keys };
    const switching = await serveFixture(bed.fixture, bed.pageFolder, { core });
    for (const [method, path] of [
      ['GET', '/cache/stats'],
      ['POST', '/cache/clear'],
    ] as const) {
      const reply = await rawRequest(switching.port, { path, method, headers: { 'X-API-KEY': apiKey } });
      expect([reply.status, reply.headers['retry-after']]).toEqual([503, '1']);
      expect(JSON.parse(reply.body)).toEqual({ detail: 'Another profile is being connected.' });
    }
    expect(bed.fixture.log.lines).toEqual([]);
    await switching.close();
  });

  test('do not exist where no key is set', async () => {
    const closed = await serveFixture(bed.fixture, bed.pageFolder);
    const headers = { 'X-API-KEY': apiKey };
    expect((await rawRequest(closed.port, { path: '/cache/stats', headers })).status).toBe(401);
    const signedIn = { Cookie: await signIn(closed) };
    expect((await rawRequest(closed.port, { path: '/cache/stats', headers: signedIn })).status).toBe(404);
    await closed.close();
  });
});
