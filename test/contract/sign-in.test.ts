import { expect, describe, test } from 'vitest';
import type { Role } from '../../shared/rpc/define.ts';
import { linkTo, originOf, rawRequest, serveFixture } from '../support/browser-session.ts';
import type { RawReply } from '../support/browser-session.ts';
import { apiKey, httpBed } from '../support/http-bed.ts';

const bed = httpBed();
const viewerKey = `cdk_${'v'.repeat(43)}`;
const operatorKey = `cdk_${'o'.repeat(43)}`;

/** The form as a browser sends it without a script. */
function typed(
  key: string,
  change: Record<string, string | undefined> = {},
  body?: string,
): Promise<RawReply> {
  const headers: Record<string, string> = {};
  const usual = { Origin: originOf(bed.host), 'Content-Type': 'application/x-www-form-urlencoded' };
  for (const [name, value] of Object.entries({ ...usual, ...change })) {
    if (value !== undefined) headers[name] = value;
  }
  const sent = body ?? new URLSearchParams({ key }).toString();
  return rawRequest(bed.host.port, { method: 'POST', path: '/login', headers, body: sent });
}

function cookieOf(reply: RawReply): string {
  const [cookie = ''] = (reply.headers['set-cookie']?.[0] ?? '').split(';');
  return cookie;
}

const call = (cookie: string, name: string): Promise<RawReply> =>
  bed.post({ Cookie: cookie }, `/rpc/${name}`);

async function roleOf(cookie: string): Promise<Role> {
  const reply = await call(cookie, 'app.info');
  return (JSON.parse(reply.body) as { value: { role: Role } }).value.role;
}

describe('signing in with a key', () => {
  test('a browser has the role of its key', async () => {
    bed.keys.add({ name: 'Viewer', role: 'viewer', key: viewerKey });
    bed.keys.add({ name: 'Operator', role: 'operator', key: operatorKey });
    for (const [key, role, clear, pause] of [
      [viewerKey, 'viewer', 403, 403],
      [operatorKey, 'operator', 403, 400],
      [apiKey, 'admin', 200, 400],
    ] as const) {
      const reply = await typed(` ${key} `);
      expect([reply.status, reply.headers.location]).toEqual([303, '/']);
      expect(reply.headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
      const cookie = cookieOf(reply);
      expect(await roleOf(cookie)).toBe(role);
      expect((await call(cookie, 'cache.clear')).status).toBe(clear);
      // 400: the role sufficed and the empty input did not.
      expect((await call(cookie, 'polling.pause')).status).toBe(pause);
    }
    expect(bed.fixture.log.lines.join('')).not.toContain('cdk_');
  });

  test('the form is on every page of somebody who is not signed in, and may be sent from there', async () => {
    for (const path of ['/', '/anything', '/login?code=used']) {
      const page = await bed.get(path, { Cookie: '' });
      expect([page.status, page.body.includes('<form method="post" action="/login">')]).toEqual([401, true]);
      expect(page.body).not.toContain('<script');
      expect(page.headers['content-security-policy']).toContain("form-action 'self'");
      // Without a referrer a browser would send the origin "null".
      expect(page.headers['referrer-policy']).toBe('same-origin');
    }
    const signedIn = await bed.get('/');
    expect(signedIn.headers['content-security-policy']).toContain("form-action 'none'");
  });

  test('its style is there for somebody who is not signed in, and nothing else is', async () => {
    const page = await bed.get('/', { Cookie: '' });
    const [, path = ''] = /<link rel="stylesheet" href="([^"]+)">/.exec(page.body) ?? [];
    const style = await bed.get(path, { Cookie: '' });
    expect([style.status, style.headers['content-type']]).toEqual([200, 'text/css; charset=utf-8']);
    expect((await bed.get('/index.css', { Cookie: '' })).status).toBe(401);
    expect((await bed.post({ Cookie: '' }, path)).status).not.toBe(200);
  });

  test('without keys there is no form', async () => {
    const keyless = await serveFixture(bed.fixture, bed.pageFolder);
    const page = await rawRequest(keyless.port, { path: '/' });
    expect([page.status, page.body.includes('<form')]).toEqual([401, false]);
    const headers = { Origin: originOf(keyless), 'Content-Type': 'application/x-www-form-urlencoded' };
    const sent = await rawRequest(keyless.port, { method: 'POST', path: '/login', headers, body: 'key=' });
    expect([sent.status, sent.headers['set-cookie']]).toEqual([401, undefined]);
    await keyless.close();
  });

  test.each([
    ['no origin', { Origin: undefined }, 403],
    ['a foreign origin', { Origin: 'http://evil.example' }, 403],
    ['another port of this machine', { Origin: 'http://127.0.0.1:1' }, 403],
    ['the origin "null"', { Origin: 'null' }, 403],
    ['another site, as the browser says', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['a frame', { 'Sec-Fetch-Dest': 'iframe' }, 403],
    ['JSON', { 'Content-Type': 'application/json' }, 415],
    ['no type', { 'Content-Type': undefined }, 415],
  ])('the right key with %s is refused', async (_, change, status) => {
    const reply = await typed(apiKey, change);
    expect([reply.status, reply.headers['set-cookie']]).toEqual([status, undefined]);
  });

  test('a form of more than 1 KiB is not read', async () => {
    const reply = await typed('', {}, `key=${apiKey}&rest=${'x'.repeat(2000)}`);
    expect([reply.status, reply.headers['set-cookie']]).toEqual([413, undefined]);
  });

  test.each([['key='], ['key=wrong'], [''], ['other=1'], ['key=%00'], ['key=%ff%fe']])(
    'of the form %j nothing is said but no',
    async (body) => {
      const reply = await typed('', {}, body);
      expect([reply.status, reply.headers['set-cookie']]).toEqual([401, undefined]);
      expect(reply.body).toContain('This key is not one of ours.');
      expect(reply.body).not.toContain('wrong');
    },
  );

  test('ten wrong keys a minute, then none is looked at', async () => {
    for (let count = 0; count < 10; count += 1) expect((await typed(`guess ${count}`)).status).toBe(401);
    const limited = await typed(apiKey);
    expect([limited.status, limited.headers['retry-after']]).toEqual([429, '60']);
    await bed.clock.advance(60_000);
    expect((await typed(apiKey)).status).toBe(303);
  });

  test('other methods are refused', async () => {
    const reply = await bed.post({}, '/login');
    expect(reply.status).toBe(415);
    const headers = { Origin: originOf(bed.host) };
    const put = await rawRequest(bed.host.port, { method: 'PUT', path: '/login', headers });
    expect([put.status, put.headers.allow]).toEqual([405, 'GET, POST']);
  });
});

describe('removing a key', () => {
  test('signs out whoever used it at once: the stream ends, calls are 401, others go on', async () => {
    const id = bed.keys.add({ name: 'Viewer', role: 'viewer', key: viewerKey });
    const cookie = cookieOf(await typed(viewerKey));
    const stream = await fetch(`${originOf(bed.host)}/feeds`, { headers: { Cookie: cookie } });
    const other = await fetch(`${originOf(bed.host)}/feeds`, { headers: { Cookie: bed.cookie } });
    expect(stream.status).toBe(200);
    bed.keys.remove(id);
    expect(await stream.text()).toContain('event: polling.state'); // it ends, or this would wait for ever
    expect((await call(cookie, 'app.info')).status).toBe(401);
    expect((await bed.get('/feeds', { Cookie: cookie })).status).toBe(401);
    expect((await typed(viewerKey)).status).toBe(401);
    expect((await bed.post({}, '/rpc/app.info')).status).toBe(200);
    await other.body?.cancel();
  });

  test('the page hears that it is signed out', async () => {
    const id = bed.keys.add({ name: 'Viewer', role: 'viewer', key: viewerKey });
    const link = linkTo(bed.host, cookieOf(await typed(viewerKey)));
    const stop = link.subscribe('polling.state', () => {});
    const out = Promise.withResolvers<void>();
    link.onState((state) => {
      if (state === 'open') bed.keys.remove(id);
      if (state === 'signed-out') out.resolve();
    });
    await out.promise;
    stop();
    expect(await link.call('app.info', {})).toMatchObject({ ok: false, error: { code: 'unauthorized' } });
  });
});

test('whoever follows a link has the role the host was started with', async () => {
  const kiosk = await serveFixture(bed.fixture, bed.pageFolder, { role: 'viewer' });
  const link = await fetch(kiosk.newLink(), { redirect: 'manual' });
  const [cookie = ''] = (link.headers.get('set-cookie') ?? '').split(';');
  const headers = { Cookie: cookie, Origin: originOf(kiosk), 'Content-Type': 'application/json' };
  const info = await fetch(`${originOf(kiosk)}/rpc/app.info`, { method: 'POST', headers, body: '{}' });
  expect(await info.json()).toMatchObject({ value: { role: 'viewer' } });
  const clear = await fetch(`${originOf(kiosk)}/rpc/cache.clear`, { method: 'POST', headers, body: '{}' });
  expect(clear.status).toBe(403);
  await kiosk.close();
});
