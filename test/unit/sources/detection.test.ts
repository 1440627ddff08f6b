import { describe, expect, it, onTestFinished } from 'vitest';
import { createOrchestratorSource } from '../../../electron/core/sources/orchestrator/create-orchestrator-source.ts';
import { readAddress } from '../../../electron/core/sources/orchestrator/base-address.ts';
import { SourceError } from '../../../electron/core/sources/source-error.ts';
import { sendJson, startLoopback } from '../../support/loopback.ts';
import { startReplay } from '../../support/replay-orchestrator.ts';
import { failureOf, json, patient, pythonVersion, raw, served } from './source-testing.ts';

const open = (url: string) => createOrchestratorSource({ url, apiKey: null });
const status = { '/orchestrator/status': json({ status: 'healthy' }) };
const kindOf = async (url: string) => (await open(url).orchestratorStatus(patient())).value.server;

describe('which generation answers', () => {
  it('asks in order and stops at the first that tells', async () => {
    const python = await served({ ...pythonVersion, ...status });
    expect(await kindOf(python.url)).toEqual({ version: '1.7.3', basePath: '' });
    expect(python.requests).toEqual(['GET /version', 'GET /orchestrator/status']);

    const old = await startReplay('seed-era-no-vpn');
    onTestFinished(() => old.close());
    expect(await kindOf(old.url)).toEqual({ version: 'before 1.5.4', basePath: '' });
    const probes = ['/version', '/api/v1/version', '/openapi.json'];
    expect(probes.map((path) => old.requestCount(path))).toEqual([1, 1, 1]);
  });

  it.each([
    ['with a number', { version: '2.1.0', go_unified: true }, '2.1.0'],
    ['without one', { go_unified: true }, '2.x'],
  ])('version 2 %s', async (_, body, version) => {
    const server = await served({
      '/version': raw(200, 'text/html', '<html>the panel answers every path</html>'),
      '/api/v1/version': json(body),
      '/api/v1/orchestrator/status': json({ status: 'healthy' }),
    });
    expect(await kindOf(server.url)).toEqual({ version, basePath: '/api/v1' });
  });

  it('a proxy that exposes only /api/v1 of a Python release', async () => {
    const server = await served({
      '/api/v1/version': json({ version: '1.7.0' }),
      '/api/v1/orchestrator/status': json({ status: 'healthy' }),
    });
    expect(await kindOf(`${server.url}/api/v1/`)).toEqual({ version: '1.7.0', basePath: '/api/v1' });
  });

  it('a server that speaks only what the seed documents is read all the same, and asked again after a failure', async () => {
    const server = await served(status);
    const source = open(server.url);
    expect((await source.orchestratorStatus(patient())).value.server).toEqual({
      version: 'unknown',
      basePath: '',
    });
    await source.orchestratorStatus(patient());
    expect(server.requests.filter((one) => one === 'GET /version')).toHaveLength(1);
    await failureOf(source.vpnStatus(patient()));
    await source.orchestratorStatus(patient());
    expect(server.requests.filter((one) => one === 'GET /version')).toHaveLength(2);
  });

  it.each([401, 429, 500])(
    'a version that cannot be asked (%i) is an error and is asked again',
    async (code) => {
      let broken = true;
      const server = await startLoopback((request, response) => {
        if (broken) sendJson(response, code, { detail: 'not now' });
        else if (request.url === '/version') sendJson(response, 200, { version: '1.6.0' });
        else sendJson(response, 200, { status: 'healthy' });
      });
      onTestFinished(() => server.close());
      const source = open(server.url);
      expect((await failureOf(source.orchestratorStatus(patient()))).message).toContain('GET /version');
      broken = false;
      expect((await source.orchestratorStatus(patient())).value.server.version).toBe('1.6.0');
    },
  );
});

describe('one detection', () => {
  it('is shared by callers that come at the same time', async () => {
    const server = await startReplay('no-vpn');
    onTestFinished(() => server.close());
    const source = open(server.url);
    await Promise.all([
      source.orchestratorStatus(patient()),
      source.vpnStatus(patient()),
      source.engineTotals(patient()),
      source.engineList(patient()),
    ]);
    expect(server.requestCount('/version')).toBe(1);
    expect(server.requestCount('/openapi.json')).toBe(1);
  });

  it('goes on when one caller leaves, and ends when the last one has left', async () => {
    const answers: (() => void)[] = [];
    let cut = 0;
    const server = await startLoopback((request, response) => {
      if (request.url !== '/version') return sendJson(response, 200, { status: 'healthy' });
      answers.push(() => sendJson(response, 200, { version: '1.7.3' }));
      response.once('close', () => {
        if (!response.writableFinished) cut += 1;
      });
    });
    onTestFinished(() => server.close());
    const source = open(server.url);
    const leaving = new AbortController();
    const first = failureOf(source.orchestratorStatus(leaving.signal));
    const second = source.orchestratorStatus(patient());
    await expect.poll(() => answers.length).toBe(1);
    leaving.abort();
    expect((await first).code).toBe('cancelled');
    answers[0]?.();
    expect((await second).value.server.version).toBe('1.7.3');
    expect(cut).toBe(0);

    const other = open(server.url);
    const alone = new AbortController();
    const third = failureOf(other.orchestratorStatus(alone.signal));
    await expect.poll(() => server.requests.filter((one) => one === 'GET /version').length).toBe(2);
    alone.abort(new DOMException('limit', 'TimeoutError'));
    expect(await third).toMatchObject({
      code: 'timeout',
      message: 'The orchestrator did not answer GET /orchestrator/status in time.',
    });
    await expect.poll(() => cut).toBe(1);
  });

  it('goes on where a time limit stopped it, so that a slow server is recognised in the end', async () => {
    let slow = true;
    const server = await startLoopback((request, response) => {
      if (request.url === '/version') sendJson(response, 404, {});
      else if (request.url === '/api/v1/version') {
        if (!slow) sendJson(response, 200, { go_unified: true });
      } else sendJson(response, 200, { status: 'healthy' });
    });
    onTestFinished(() => server.close());
    const source = open(server.url);
    const late = await failureOf(source.orchestratorStatus(AbortSignal.timeout(60)));
    expect(late.code).toBe('timeout');
    slow = false;
    expect((await source.orchestratorStatus(patient())).value.server.version).toBe('2.x');
    expect(server.requests).toEqual([
      'GET /version',
      'GET /api/v1/version',
      'GET /api/v1/version',
      'GET /api/v1/orchestrator/status',
    ]);
  });

  it('is repeated when the server was replaced: after an outage, or when everything answers 404', async () => {
    const first = await startReplay('no-vpn');
    const source = open(first.url);
    expect((await source.orchestratorStatus(patient())).value.server.version).toBe('before 1.5.4');
    await first.close();
    expect((await failureOf(source.orchestratorStatus(patient()))).code).toBe('unreachable');

    const second = await startReplay('v1.7.3', { port: Number(new URL(first.url).port) });
    onTestFinished(() => second.close());
    expect((await source.orchestratorStatus(patient())).value.server.version).toBe('1.7.3');

    second.setScenario('v2');
    for (const read of ['engineTotals', 'vpnStatus', 'serverCache'] as const) {
      expect((await failureOf(source[read](patient()))).supported).toBe(false);
    }
    expect((await source.engineTotals(patient())).value.containerCount).toBe(4);
  });

  it('is not repeated for one missing endpoint between answers, nor for a slow answer', async () => {
    const server = await served({ ...pythonVersion, ...status, '/vpn/status': () => {} });
    const source = open(server.url);
    for (let round = 0; round < 4; round += 1) {
      expect((await failureOf(source.healthStatus(patient()))).supported).toBe(false);
      await source.orchestratorStatus(patient());
    }
    expect((await failureOf(source.vpnStatus(AbortSignal.timeout(40)))).code).toBe('timeout');
    await source.orchestratorStatus(patient());
    expect(server.requests.filter((one) => one === 'GET /version')).toHaveLength(1);
  });
});

describe('addresses', () => {
  it.each([
    ['http://host:8000', 'http://host:8000/', false],
    ['http://host:8000///', 'http://host:8000/', false],
    [' https://host/orchestrator/ ', 'https://host/orchestrator', false],
    ['http://host/api/v1', 'http://host/', true],
    ['http://host/proxy/api/v1/', 'http://host/proxy', true],
    ['http://[::1]:8000/#/overview', 'http://[::1]:8000/', false],
  ])('%s', (address, root, versioned) => {
    const read = readAddress(address);
    expect([read.root.href, read.versioned]).toEqual([root, versioned]);
  });

  it.each(['', 'host:8000', 'ftp://host', 'http://', 'http://user:geheim@host', 'http://host/?key=geheim'])(
    'refuses "%s" in a sentence without its secret',
    (address) => {
      let thrown: unknown;
      try {
        open(address);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(SourceError);
      expect(String(thrown)).not.toContain('geheim');
    },
  );

  it('keeps a path prefix in every request', async () => {
    const server = await served({
      '/box/version': json({ version: '1.7.3' }),
      '/box/orchestrator/status': json({ status: 'degraded' }),
    });
    for (const address of [`${server.url}/box`, `${server.url}/box/`, `${server.url}/box/api/v1`]) {
      expect((await open(address).orchestratorStatus(patient())).value.status).toBe('degraded');
    }
  });
});
