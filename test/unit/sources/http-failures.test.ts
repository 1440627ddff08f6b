import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createJsonClient } from '../../../electron/core/sources/http-json.ts';
import { networkError } from '../../../electron/core/sources/http-failure.ts';
import { startLoopback } from '../../support/loopback.ts';
import { failureOf, json, patient, raw, served } from './source-testing.ts';
import type { Answer } from './source-testing.ts';

const secret = 'K3y-that-must-not-show/=';
const client = (url: string, maxBytes?: number) =>
  createJsonClient({
    who: 'The orchestrator',
    baseUrl: new URL(url),
    headers: { authorization: `Bearer ${secret}` },
    secrets: [secret],
    ...(maxBytes === undefined ? {} : { maxBytes }),
  });

/** The failure of GET /data?token=query-secret against one answer; its message shows neither secret. */
async function failure(answer: Answer, maxBytes?: number) {
  const server = await served({ '/data': answer });
  const error = await failureOf(client(server.url, maxBytes).get('/data?token=query-secret', patient()));
  expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toContain('K3y-that');
  expect(error.message).not.toContain('query-secret');
  expect(error.message).toMatch(/^[A-Z].*[.?]$/);
  return error;
}

describe('statuses', () => {
  it.each([
    [401, 'unauthorized', true],
    [403, 'forbidden', true],
    [404, 'not-found', false],
    [405, 'not-found', false],
    [410, 'not-found', false],
    [501, 'not-found', false],
    [408, 'timeout', true],
    [422, 'bad-reply', true],
    [429, 'rate-limited', true],
    [500, 'server-error', true],
    [502, 'server-error', true],
    [503, 'server-error', true],
  ] as const)('%i is %s', async (status, code, supported) => {
    const error = await failure(json({ detail: 'because' }, status));
    expect(error).toMatchObject({ code, supported });
    expect(error.message).toContain(String(status));
  });

  it.each([
    [500, false],
    [502, true],
    [503, true],
    [504, true],
    [505, false],
  ])('%i means that nothing answers behind a proxy: %s', async (status, byProxy) => {
    expect((await failure(json({}, status))).byProxy).toBe(byProxy);
  });

  it.each([
    ['a string', { detail: 'missing bearer token' }, 'missing bearer token'],
    [
      'a list of validation errors, without the rejected input',
      {
        detail: [
          { type: 'int_parsing', loc: ['query', 'limit'], msg: 'not an integer', input: secret.slice(0, 5) },
        ],
      },
      'query.limit: not an integer',
    ],
    [
      'an object',
      { detail: { error: 'provisioning_blocked', code: 'vpn_disconnected', message: 'VPN is required' } },
      'VPN is required',
    ],
    ['a list of strings', { detail: ['one', 'two'] }, 'one; two'],
    ['another word', { error: 'engine gone' }, 'engine gone'],
  ])('the detail may be %s', async (_, body, words) => {
    const error = await failure(json(body, 503));
    expect(error.message).toBe(`The orchestrator failed (GET /data, 503: ${words}).`);
  });

  it('plain text and many lines become one short line', async () => {
    expect((await failure(raw(401, 'text/plain', 'unauthorized\n'))).message).toBe(
      'The orchestrator asks for a valid API key (GET /data, 401: unauthorized).',
    );
    const long = (await failure(raw(500, 'text/plain', `Traceback\n\u0007  ${'x'.repeat(5000)}`))).message;
    expect(long).toMatch(/500: Traceback x+…\)\.$/);
    expect(long.length).toBeLessThan(260);
  });

  it.each([
    ['an HTML page', raw(502, 'text/html', '<html><h1>Bad gateway</h1></html>')],
    ['an empty body', raw(502, 'application/json', '')],
    ['nothing in it', json({ detail: null }, 502)],
    ['a number', json(7, 502)],
    ['a body above 64 KiB', raw(502, 'text/plain', 'x'.repeat(70_000))],
    ['our own key', json({ detail: `invalid token ${secret}` }, 502)],
    ['our own key, encoded', raw(502, 'text/plain', `bad ${encodeURIComponent(secret)}`)],
  ])('no detail from %s', async (_, answer) => {
    expect((await failure(answer)).message).toBe('The orchestrator failed (GET /data, 502).');
  });
});

describe('bodies', () => {
  it('accepts a byte order mark, any content type and compression', async () => {
    const server = await served({
      '/bom': raw(200, 'text/plain', '\uFEFF{"a":1}'),
      '/gzip': (response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(gzipSync('{"b":"ü"}'));
      },
    });
    expect(await client(server.url).get('/bom', patient())).toEqual({ a: 1 });
    expect(await client(server.url).get('/gzip', patient())).toEqual({ b: 'ü' });
  });

  it.each([
    ['by its content type', raw(200, 'text/html; charset=utf-8', 'Sign in')],
    ['by its first character', raw(200, 'application/json', '\n <!doctype html>')],
  ])('recognises a web page %s', async (_, answer) => {
    expect(await failure(answer)).toMatchObject({
      code: 'bad-reply',
      message:
        'GET /data was answered with a web page instead of data; is this the address of the orchestrator?',
    });
  });

  it.each([
    ['half a body', '{"secret-value":'],
    ['nothing', ''],
    ['words', 'pong secret-value'],
  ])('%s is not JSON, and is not quoted', async (_, body) => {
    const error = await failure(raw(200, 'application/json', body));
    expect(error).toMatchObject({ code: 'bad-reply', supported: true });
    expect(error.message).toBe('The orchestrator answered GET /data with something that is not JSON.');
  });

  it('stops reading a body above the limit, announced or not', async () => {
    const limit = 64 * 1024;
    const announced = await failure(raw(200, 'application/json', `"${'x'.repeat(limit)}"`), limit);
    expect(announced).toMatchObject({
      code: 'bad-reply',
      message: 'The reply of GET /data is larger than 64 KiB.',
    });

    let closed = false;
    const endless = await failure((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const chunk = 'y'.repeat(16 * 1024);
      const more = () => {
        if (!closed && response.write(chunk)) setImmediate(more);
      };
      response.on('drain', more);
      response.once('close', () => {
        closed = true;
      });
      more();
    }, limit);
    expect(endless.message).toBe('The reply of GET /data is larger than 64 KiB.');
    await expect.poll(() => closed).toBe(true);
  });

  it('takes a body that is exactly as large as the limit, and 8 MiB by default', async () => {
    const server = await served({
      '/exact': raw(200, 'application/json', `"${'x'.repeat(98)}"`),
      '/big': raw(200, 'application/json', `"${'x'.repeat(8 * 1024 * 1024 - 2)}"`),
      '/bigger': raw(200, 'application/json', `"${'x'.repeat(8 * 1024 * 1024 - 1)}"`),
    });
    expect(await client(server.url, 100).get('/exact', patient())).toHaveLength(98);
    expect(await client(server.url).get('/big', patient())).toHaveLength(8 * 1024 * 1024 - 2);
    expect((await failureOf(client(server.url).get('/bigger', patient()))).message).toContain('8192 KiB');
  });

  it('a POST may be answered without a body', async () => {
    const server = await startLoopback((_, response) => response.writeHead(204).end());
    onTestFinished(() => server.close());
    expect(await client(server.url).post('/data', patient())).toBeNull();
  });
});

describe('redirects', () => {
  it('are not followed, so that no other host sees the key', async () => {
    const other = await startLoopback((_, response) => response.end('{}'));
    onTestFinished(() => other.close());
    const error = await failure(raw(307, 'text/plain', '', { location: `${other.url}/login?next=secret` }));
    expect(error).toMatchObject({
      code: 'bad-reply',
      message: `The orchestrator redirects GET /data to ${other.url} and redirects are not followed; enter the final address instead.`,
    });
    expect(other.requests).toEqual([]);
  });

  it.each([
    ['nowhere', {}],
    ['an impossible address', { location: 'http://[' }],
  ])('to %s', async (_, headers) => {
    const error = await failure(raw(302, 'text/plain', '', headers));
    expect(error.message).toContain('to another address');
  });
});

describe('connections', () => {
  it('nobody listens', async () => {
    const server = await startLoopback(() => {});
    await server.close();
    const error = await failureOf(client(server.url).get('/data', patient()));
    expect(error.code).toBe('unreachable');
    expect(error.message).toBe(`Nothing listens at ${new URL(server.url).host} (connection refused).`);
  });

  it('a port of another protocol is one that nobody may ask', async () => {
    const error = await failureOf(client('http://127.0.0.1:25').get('/data', patient()));
    expect(error).toMatchObject({
      code: 'unreachable',
      message: 'The port in 127.0.0.1:25 is one that no HTTP client may ask; choose another.',
    });
  });

  it('the connection breaks before and in the middle of the reply', async () => {
    expect(await failure((response) => void response.destroy())).toMatchObject({
      code: 'unreachable',
      message: 'The orchestrator closed the connection before it had answered GET /data.',
    });
    const cut = await failure((response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"a":', () => response.destroy());
    });
    expect(cut.code).toBe('unreachable');
  });

  it('something else than HTTP answers', async () => {
    const other = createServer((socket) => {
      socket.end('SSH-2.0-OpenSSH_9.2\r\n').destroySoon();
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => new Promise((resolve) => other.close(() => resolve())));
    const bound = other.address();
    const port = typeof bound === 'object' ? bound?.port : 0;
    const error = await failureOf(client(`http://127.0.0.1:${port}`).get('/data', patient()));
    expect(error).toMatchObject({
      code: 'bad-reply',
      message: `What answers at 127.0.0.1:${port} does not speak HTTP.`,
    });
  });

  it('TLS was asked of a plain server', async () => {
    const server = await served({});
    const error = await failureOf(client(server.url.replace('http:', 'https:')).get('/data', patient()));
    expect(error.code).toBe('tls');
  });

  it.each([
    ['ENOTFOUND', 'unreachable', 'The name in host:1 is not known (DNS).'],
    ['EAI_AGAIN', 'unreachable', 'The name in host:1 could not be looked up (DNS does not answer).'],
    ['EHOSTUNREACH', 'unreachable', 'There is no route to host:1.'],
    ['ETIMEDOUT', 'timeout', 'The orchestrator did not answer GET /x in time.'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout', 'The orchestrator did not answer GET /x in time.'],
    [
      'CERT_HAS_EXPIRED',
      'tls',
      expect.stringMatching(/^The certificate of host:1 has expired.*\(CERT_HAS_EXPIRED\)\.$/),
    ],
    ['CERT_NOT_YET_VALID', 'tls', expect.stringMatching(/^The certificate of host:1 is not valid yet/)],
    [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'tls',
      expect.stringMatching(/is self-signed\. To trust it, .*CACHEDECK_CA_FILE/),
    ],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls', expect.stringMatching(/an authority this machine does not know/)],
    [
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'tls',
      expect.stringMatching(/an authority this machine does not know/),
    ],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', expect.stringMatching(/made out to another name/)],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', expect.stringMatching(/does not speak TLS/)],
    ['EPROTO', 'tls', 'The certificate or encryption of host:1 was not accepted (EPROTO).'],
    ['EMFILE', 'unreachable', 'host:1 could not be reached (EMFILE).'],
  ])('%s becomes %s, found below the surface', (code, expected, message) => {
    const asked = { who: 'The orchestrator', what: 'GET /x', host: 'host:1', credential: 'API key' };
    const inner = Object.assign(new Error(`not shown ${secret}`), { code });
    const both = new AggregateError([new Error('first address'), inner]);
    for (const cause of [inner, both]) {
      const error = networkError(new TypeError('fetch failed', { cause }), asked);
      expect(error).toMatchObject({ code: expected, message, supported: true });
    }
    expect(networkError('odd', asked).message).toBe('host:1 could not be reached.');
  });
});

describe('signals', () => {
  it('a time limit is a timeout, before and during the body', async () => {
    const server = await served({
      '/silent': () => {},
      '/started': (response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{');
      },
    });
    for (const path of ['/silent', '/started']) {
      const error = await failureOf(client(server.url).get(path, AbortSignal.timeout(60)));
      expect(error).toMatchObject({
        code: 'timeout',
        message: `The orchestrator did not answer GET ${path} in time.`,
      });
    }
  });

  it('leaving is a cancellation, and a signal that fired before sends nothing', async () => {
    const server = await served({ '/silent': () => {} });
    const leave = new AbortController();
    const reading = failureOf(client(server.url).get('/silent', leave.signal));
    await expect.poll(() => server.requests).toEqual(['GET /silent']);
    leave.abort();
    expect(await reading).toMatchObject({ code: 'cancelled' });
    expect(await failureOf(client(server.url).get('/silent', leave.signal))).toMatchObject({
      code: 'cancelled',
    });
    expect(server.requests).toHaveLength(1);
  });
});
