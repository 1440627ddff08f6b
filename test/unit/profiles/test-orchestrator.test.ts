import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TestResult } from '../../../shared/contract/profiles.ts';
import { systemClock } from '../../../electron/core/clock.ts';
import { startDemo } from '../../../electron/core/demo/demo-server.ts';
import { noSecrets } from '../../../electron/core/profiles/secrets-of-profile.ts';
import { testConnection } from '../../../electron/core/profiles/test-connection.ts';
import { sendJson, startLoopback } from '../../support/loopback.ts';
import { startTlsLoopback } from '../../support/loopback-tls.ts';
import { replayKey, startReplay } from '../../support/replay-orchestrator.ts';
import type { ScenarioName } from '../../support/replay-scenarios.ts';
import {
  expiredCertificate,
  foreignCertificate,
  issuedCertificate,
  otherNameCertificate,
  selfSignedCertificate,
  testAuthority,
} from '../../support/test-certificates.ts';
import { draft, listening, surroundings } from './connection-testing.ts';
import { json, pythonVersion, raw, served } from '../sources/source-testing.ts';

const key = 'K3y-that-must-not-show';

/** The one result of testing an orchestrator's address. No sentence shows the key. */
async function orchestratorAt(
  url: string,
  { apiKey = key, limitMs = 5000 }: { apiKey?: string | null; limitMs?: number } = {},
): Promise<TestResult> {
  const [result, ...others] = await testConnection(
    { ...draft, orchestrator: { url, allowHttp: false } },
    { ...noSecrets, orchestratorKey: apiKey },
    { ...surroundings, limitMs },
  );
  expect(others).toEqual([]);
  if (!result) throw new Error('no result');
  expect(result.sentence).not.toContain(key);
  expect(result.sentence).toMatch(/^\S.*[.?]$/);
  return result;
}

async function replayedAt(name: ScenarioName): Promise<string> {
  const server = await startReplay(name);
  onTestFinished(() => server.close());
  return server.url;
}

describe('an orchestrator that answers', () => {
  it.each([
    ['v1.7.3', replayKey, /^Orchestrator 1\.7\.3 answers in \d+ ms; 3 engines; the key is accepted\.$/],
    ['v1.7.3', null, /; a key is needed for changes, none is given\.$/],
    ['no-vpn', replayKey, /^Orchestrator before 1\.5\.4 answers in .*; the key is accepted\.$/],
    ['v2', replayKey, /^Orchestrator 2.* answers in .*; the key is accepted\.$/],
    ['v2', null, /; a key is needed for changes, none is given\.$/],
  ] as const)('%s with key %s', async (scenario, apiKey, words) => {
    expect(await orchestratorAt(await replayedAt(scenario), { apiKey })).toMatchObject({
      backend: 'orchestrator',
      ok: true,
      code: null,
      sentence: expect.stringMatching(words),
    });
  });

  it.each([
    [
      'v1.7.3',
      'forbidden',
      'Orchestrator 1.7.3 answers, but the orchestrator does not accept this API key here (GET /by-label, 403: invalid token).',
    ],
    [
      'v2',
      'unauthorized',
      'answers, but the orchestrator asks for a valid API key (GET /api/v1/by-label, 401: unauthorized).',
    ],
  ] as const)('%s with a wrong key', async (scenario, code, words) => {
    const result = await orchestratorAt(await replayedAt(scenario));
    expect(result).toMatchObject({ ok: false, code });
    expect(result.sentence).toContain(words);
  });

  const open = {
    ...pythonVersion,
    '/orchestrator/status': json({ status: 'healthy', engines: { total: 1 } }),
  };

  it('a server without keys', async () => {
    const server = await served({ ...open, '/by-label': json([]) });
    expect((await orchestratorAt(server.url, { apiKey: null })).sentence).toMatch(
      /; 1 engine; no key is needed\.$/,
    );
    expect((await orchestratorAt(server.url)).sentence).toMatch(/; no key is needed, yours is ignored\.$/);
  });

  it.each([
    ['lacks the guarded page', open],
    ['fails at the guarded page', { ...open, '/by-label': json({}, 500) }],
  ])('a server that %s says nothing of the key', async (_, routes) => {
    const server = await served(routes);
    const result = await orchestratorAt(server.url);
    expect(result.ok).toBe(true);
    expect(result.sentence).toContain('whether the key is right shows when something is changed');
  });

  it('is only read', async () => {
    const server = await startLoopback((_, response) =>
      sendJson(response, 200, { version: '1.7.3', status: 'healthy' }),
    );
    onTestFinished(() => server.close());
    await orchestratorAt(server.url);
    expect(server.requests).toEqual([
      'GET /version',
      'GET /orchestrator/status',
      'GET /by-label?key=cachedeck.check&value=none',
    ]);
  });

  it('the demo checks its key as a real one does', async () => {
    const demo = await startDemo({ clock: systemClock, random: () => 0.5 });
    onTestFinished(() => demo.close());
    const good = await orchestratorAt(demo.url, { apiKey: demo.apiKey });
    expect(good.sentence).toMatch(
      /^Orchestrator 1\.7\.3 answers in \d+ ms; 8 engines; the key is accepted\.$/,
    );
    expect(await orchestratorAt(demo.url)).toMatchObject({ ok: false, code: 'forbidden' });
  });
});

describe('an address that is wrong', () => {
  it.each([
    ['ftp://host', 'The address of the orchestrator must be an http or https address.'],
    ['https://me:pass@host', 'The address of the orchestrator must not carry credentials.'],
    ['http://10.0.0.1:8000', 'The address of the orchestrator is plain http to another machine'],
  ])('%s is not asked at all', async (url, words) => {
    const result = await orchestratorAt(url);
    expect(result).toMatchObject({ ok: false, code: null });
    expect(result.sentence).toContain(words);
  });

  it('a port where nobody listens', async () => {
    const server = await startLoopback(() => {});
    await server.close();
    expect(await orchestratorAt(server.url)).toMatchObject({
      code: 'unreachable',
      sentence: `Nothing listens at ${new URL(server.url).host} (connection refused).`,
    });
  });

  it('a path, or another server', async () => {
    const server = await served({});
    const { host } = new URL(server.url);
    expect(await orchestratorAt(`${server.url}/wrong/path`)).toMatchObject({
      code: 'not-found',
      sentence: `A server answers at ${host}, but there is no orchestrator below /wrong/path (404). Check port and path.`,
    });
    expect((await orchestratorAt(server.url)).sentence).toContain('but there is no orchestrator (404).');
  });

  it('a server that redirects to another host, which is named and not asked', async () => {
    const other = await startLoopback((_, response) => response.end('{}'));
    onTestFinished(() => other.close());
    const server = await startLoopback((_, response) =>
      response.writeHead(302, { location: `${other.url}/login` }).end(),
    );
    onTestFinished(() => server.close());
    const result = await orchestratorAt(server.url);
    expect(result).toMatchObject({ ok: false, code: 'bad-reply' });
    expect(result.sentence).toContain(`to ${other.url} and redirects are not followed`);
    expect(other.requests).toEqual([]);
  });

  it('a web page instead of data', async () => {
    const page = await startLoopback((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>'),
    );
    onTestFinished(() => page.close());
    const result = await orchestratorAt(page.url);
    expect(result.code).toBe('bad-reply');
    expect(result.sentence).toContain('was answered with a web page instead of data');
  });

  it('data of another shape', async () => {
    const server = await startLoopback((_, response) => sendJson(response, 200, { hello: 'world' }));
    onTestFinished(() => server.close());
    expect(await orchestratorAt(server.url)).toMatchObject({
      code: 'bad-reply',
      sentence: 'The reply of GET /orchestrator/status is not what an orchestrator sends.',
    });
  });

  it('something that speaks no HTTP', async () => {
    const host = await listening((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    expect(await orchestratorAt(`http://${host}`)).toMatchObject({
      code: 'bad-reply',
      sentence: `What answers at ${host} does not speak HTTP.`,
    });
  });

  it('a server that hangs, within the limit for everything', async () => {
    const host = await listening(() => {});
    const result = await orchestratorAt(`http://${host}`, { limitMs: 300 });
    expect(result).toMatchObject({
      code: 'timeout',
      sentence:
        'The orchestrator did not answer within 0.3 s: it hangs, or something on the way swallows the requests.',
    });
    expect(result.ms).toBeGreaterThanOrEqual(299);
    expect(result.ms).toBeLessThan(1500);
  });

  it('a server that fails', async () => {
    const server = await served({ '/version': raw(502, 'text/html', '<h1>Bad gateway</h1>') });
    expect(await orchestratorAt(server.url)).toMatchObject({
      code: 'server-error',
      sentence: 'The orchestrator failed (GET /version, 502).',
    });
  });
});

describe('encryption that does not fit', () => {
  const answer = (_: unknown, response: Parameters<typeof sendJson>[0]) =>
    sendJson(response, 200, { version: '1.7.3', status: 'healthy' });

  async function secured(certificate: string): Promise<string> {
    const shipped = getCACertificates('default');
    setDefaultCACertificates([...shipped, testAuthority]);
    const server = await startTlsLoopback(certificate, answer);
    onTestFinished(async () => {
      setDefaultCACertificates(shipped);
      await server.close();
    });
    return server.url;
  }

  it('a certificate of a trusted authority is fine', async () => {
    expect(await orchestratorAt(await secured(issuedCertificate))).toMatchObject({ ok: true });
  });

  it.each([
    ['self-signed', selfSignedCertificate, /^The certificate of \S+ is self-signed\. .*CACHEDECK_CA_FILE/],
    [
      'of an unknown authority',
      foreignCertificate,
      /^The certificate of \S+ was issued by an authority this machine does not know\. .*CACHEDECK_CA_FILE/,
    ],
    [
      'expired',
      expiredCertificate,
      /^The certificate of \S+ has expired, or this machine’s clock is wrong\./,
    ],
    ['of another host', otherNameCertificate, /^The certificate of \S+ is made out to another name\./],
  ])('a certificate that is %s', async (_, certificate, words) => {
    const result = await orchestratorAt(await secured(certificate));
    expect(result).toMatchObject({ ok: false, code: 'tls' });
    expect(result.sentence).toMatch(words);
  });

  it('plain HTTP asked of a TLS port', async () => {
    const url = await secured(issuedCertificate);
    expect(await orchestratorAt(url.replace('https:', 'http:'))).toMatchObject({
      code: 'tls',
      sentence: `${new URL(url).host} speaks TLS: the address starts with https://, not http://.`,
    });
  });

  it('TLS asked of a plain HTTP port', async () => {
    const server = await startLoopback(answer);
    onTestFinished(() => server.close());
    const result = await orchestratorAt(server.url.replace('http:', 'https:'));
    expect(result.code).toBe('tls');
    expect(result.sentence).toContain(
      'does not speak TLS. If it is plain HTTP, the address starts with http://',
    );
  });
});
