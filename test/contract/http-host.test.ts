import { describe, expect, test } from 'vitest';
import { bridgeFixture } from '../support/bridge-fixture.ts';
import { originOf, rawRequest, serveFixture, signIn } from '../support/browser-session.ts';
import { httpBed } from '../support/http-bed.ts';

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
