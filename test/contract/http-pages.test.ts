import { describe, expect, test } from 'vitest';
import { codeLifetime } from '../../electron/hosts/login.ts';
import { originOf, rawRequest } from '../support/browser-session.ts';
import { httpBed } from '../support/http-bed.ts';
import { symlinks } from '../support/posix.ts';

const bed = httpBed();

describe('signing in', () => {
  const linkPath = (): string => new URL(bed.host.newLink()).pathname + new URL(bed.host.newLink()).search;

  test('the cookie is for this port, hidden from scripts and other sites', async () => {
    const reply = await rawRequest(bed.host.port, { path: linkPath() });
    expect([reply.status, reply.headers.location]).toEqual([303, '/']);
    expect(reply.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^cachedeck_${bed.host.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
    );
  });

  test('a used, an unknown, a missing and an expired code', async () => {
    const used = linkPath();
    expect((await rawRequest(bed.host.port, { path: used })).status).toBe(303);
    const expired = linkPath();
    await bed.clock.advance(codeLifetime + 1);
    for (const path of [used, '/login?code=unknown', '/login', expired]) {
      const reply = await rawRequest(bed.host.port, { path });
      expect([path, reply.status, reply.headers['set-cookie']]).toEqual([path, 401, undefined]);
      expect(reply.body).toContain('Press Enter in the terminal');
      expect(reply.headers['content-type']).toContain('text/html');
    }
    await bed.clock.advance(1);
    expect((await rawRequest(bed.host.port, { path: linkPath() })).status).toBe(303);
  });

  test('a browser that is signed in may follow a used link again', async () => {
    const used = linkPath();
    const first = await rawRequest(bed.host.port, { path: used });
    const [cookie = ''] = (first.headers['set-cookie']?.[0] ?? '').split(';');
    const again = await rawRequest(bed.host.port, { path: used, headers: { Cookie: cookie } });
    expect([again.status, again.headers.location, again.headers['set-cookie']]).toEqual([
      303,
      '/',
      undefined,
    ]);
  });

  test('a preview of the link does not use it up', async () => {
    const path = linkPath();
    expect((await rawRequest(bed.host.port, { method: 'HEAD', path })).status).toBe(401);
    expect((await rawRequest(bed.host.port, { path })).status).toBe(303);
  });

  test('a link followed from another site ends in a page of ours, so that the strict cookie travels', async () => {
    const headers = {
      'Sec-Fetch-Site': 'cross-site',
      'Sec-Fetch-Mode': 'navigate',
      'Sec-Fetch-Dest': 'document',
    };
    const reply = await rawRequest(bed.host.port, { path: linkPath(), headers });
    expect(reply.status).toBe(200);
    expect(reply.headers['set-cookie']).toHaveLength(1);
    expect(reply.body).toContain('<meta http-equiv="refresh" content="0;url=/">');
  });

  test('the page without a session says how to get one', async () => {
    const reply = await rawRequest(bed.host.port, { path: '/' });
    expect(reply.status).toBe(401);
    expect(reply.body).toContain('Press Enter in the terminal');
    expect((await rawRequest(bed.host.port, { path: '/assets/index-AbCd1234.js' })).status).toBe(401);
    expect((await rawRequest(bed.host.port, { path: '/feeds' })).status).toBe(401);
  });
});

describe('files', () => {
  test('the page and its assets, with their headers', async () => {
    const page = await bed.get('/');
    expect(page.body).toContain('the page');
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(page.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    const asset = await bed.get('/assets/index-AbCd1234.js');
    expect(asset.headers['cache-control']).toBe('private, max-age=31536000, immutable');
    expect(asset.headers['content-type']).toBe('text/javascript; charset=utf-8');
  });

  test.each([
    '/../outside.json',
    '/%2e%2e/outside.json',
    '/..%2foutside.json',
    '/assets/..%2f..%2foutside.json',
    '/..%5coutside.json',
    '//outside.json',
    ...(symlinks ? ['/link.json'] : []),
    '/C:/outside.json',
    '/index.html::$DATA',
    '/index.html%00.json',
    '/%zz.json',
    '/assets',
    '/assets/',
    '/missing.js',
  ])('nothing at %s', async (path) => {
    const reply = await bed.get(path);
    expect(reply.status).toBe(404);
    expect(reply.body).not.toContain('outside');
  });

  test('an extension that is not in the table', async () => {
    expect((await bed.get('/notes.exe')).status).toBe(415);
  });

  test('an address that is not a path', async () => {
    expect((await bed.get(`${originOf(bed.host)}/`)).status).toBe(400);
  });
});
