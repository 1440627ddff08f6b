import { describe, expect, test } from 'vitest';
import { originOf, rawRequest } from '../support/browser-session.ts';
import type { RawReply } from '../support/browser-session.ts';
import { httpBed } from '../support/http-bed.ts';

const bed = httpBed();

function codeOf(reply: RawReply): unknown {
  const parsed = JSON.parse(reply.body) as { error?: { code?: unknown } };
  return parsed.error?.code;
}

describe('calls over HTTP', () => {
  test('the page itself is let in', async () => {
    const reply = await bed.post();
    expect(reply.status).toBe(200);
    expect(reply.headers['cache-control']).toBe('no-store');
  });

  test('no token', async () => {
    const reply = await bed.post({ Cookie: undefined });
    expect([reply.status, codeOf(reply)]).toEqual([401, 'unauthorized']);
  });

  test('a wrong token, and a right one under another port', async () => {
    const [name = '', token = ''] = bed.cookie.split('=');
    for (const wrong of [`${name}=${'A'.repeat(token.length)}`, `${name}=`, `cachedeck_1=${token}`]) {
      const reply = await bed.post({ Cookie: wrong });
      expect([wrong, reply.status, codeOf(reply)]).toEqual([wrong, 401, 'unauthorized']);
      expect(reply.body).not.toContain(token);
    }
  });

  test.each(['evil.example', '127.0.0.1', '127.0.0.1:1', 'evil.example:80', 'localhost.evil.example'])(
    'the foreign Host %s',
    async (foreign) => {
      const reply = await bed.post({ Host: foreign, Origin: `http://${foreign}` });
      expect([reply.status, codeOf(reply)]).toEqual([403, 'forbidden']);
    },
  );

  test('localhost and the IPv6 loopback are this server too', async () => {
    for (const name of ['localhost', '[::1]', 'LOCALHOST']) {
      const own = `${name}:${bed.host.port}`;
      expect((await bed.post({ Host: own, Origin: `http://${own}` })).status).toBe(200);
    }
  });

  test('a foreign Origin, none, and another port of this machine', async () => {
    for (const origin of ['http://evil.example', 'null', 'http://127.0.0.1:1', undefined]) {
      const reply = await bed.post({ Origin: origin });
      expect([origin, reply.status, codeOf(reply)]).toEqual([origin, 403, 'forbidden']);
    }
  });

  test.each(['cross-site', 'same-site'])('a request the browser calls %s', async (site) => {
    expect((await bed.post({ 'Sec-Fetch-Site': site })).status).toBe(403);
    expect((await bed.post({ 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200);
  });

  test.each(['same-site', 'cross-site'])(
    'a %s visit comes to the page, never to a call or a stream',
    async (site) => {
      const visit = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
      expect((await bed.get('/', visit)).status).toBe(200);
      expect((await bed.get('/feeds', visit)).status).toBe(403);
      expect((await bed.get('/rpc/cache.clear', visit)).status).toBe(403);
    },
  );

  test('a cookie of the same name, planted by another port, changes nothing', async () => {
    const [name = ''] = bed.cookie.split('=');
    expect((await bed.post({ Cookie: `${name}=planted; ${bed.cookie}` })).status).toBe(200);
    expect((await bed.post({ Cookie: `${name}=planted; ${name}=too` })).status).toBe(401);
  });

  test.each(['iframe', 'frame', 'embed', 'object'])('the page inside a page: %s', async (destination) => {
    const reply = await bed.get('/', { 'Sec-Fetch-Dest': destination, 'Sec-Fetch-Mode': 'navigate' });
    expect(reply.status).toBe(403);
    const policy = reply.headers['content-security-policy'];
    expect(policy).toContain("frame-ancestors 'none'");
  });

  test.each(['no.such', '__proto__', 'constructor', 'toString', 'polling.state', '', 'cache.clear/x'])(
    'the unknown call %j',
    async (name) => {
      const reply = await bed.post({}, `/rpc/${name}`);
      expect([reply.status, codeOf(reply)]).toEqual([404, 'not-found']);
    },
  );

  test('a bad input, without its values', async () => {
    const reply = await bed.post({}, '/rpc/demo.simulate', '{"fault":"s3cr3t"}');
    expect([reply.status, codeOf(reply)]).toEqual([400, 'bad-request']);
    expect(reply.body).toContain('"details":["fault"]');
    expect(reply.body).not.toContain('s3cr3t');
  });

  test('a prototype name inside the input', async () => {
    const reply = await bed.post({}, '/rpc/demo.simulate', '{"fault":"none","__proto__":{"role":"admin"}}');
    expect([reply.status, codeOf(reply)]).toEqual([400, 'bad-request']);
  });

  test.each(['{"fault":', 's3cr3t', '\u0000'])('a body that is not JSON: %j', async (body) => {
    const reply = await bed.post({}, '/rpc/demo.simulate', body);
    expect([reply.status, codeOf(reply)]).toEqual([400, 'bad-request']);
    expect(reply.body).not.toContain('s3cr3t');
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', undefined])(
    'the content type %s',
    async (type) => {
      const reply = await bed.post({ 'Content-Type': type });
      expect([reply.status, codeOf(reply)]).toEqual([415, 'bad-request']);
    },
  );

  test('a body larger than 64 KiB, announced or not; one just within is read', async () => {
    const large = JSON.stringify({ fault: 'x'.repeat(64 * 1024) });
    const announced = { 'Content-Length': String(large.length) };
    for (const headers of [announced, { 'Transfer-Encoding': 'chunked' }]) {
      const reply = await bed.post(headers, '/rpc/demo.simulate', large);
      expect([reply.status, codeOf(reply)]).toEqual([413, 'bad-request']);
    }
    const within = `{}${' '.repeat(64 * 1024 - 2)}`;
    expect((await bed.post({}, '/rpc/cache.clear', within)).status).toBe(200);
  });

  test('other methods', async () => {
    for (const [method, path, allow] of [
      ['GET', '/rpc/cache.clear', 'POST'],
      ['POST', '/feeds', 'GET, HEAD'],
      ['DELETE', '/', 'GET, HEAD'],
    ] as const) {
      const headers = { Cookie: bed.cookie, Origin: originOf(bed.host) };
      const reply = await rawRequest(bed.host.port, { method, path, headers });
      expect([`${method} ${path}`, reply.status, reply.headers.allow]).toEqual([
        `${method} ${path}`,
        405,
        allow,
      ]);
    }
  });
});
