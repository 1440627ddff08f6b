import { describe, expect, it, onTestFinished } from 'vitest';
import type { Log } from '../../../electron/core/log.ts';
import { createOrchestratorSource } from '../../../electron/core/sources/orchestrator/create-orchestrator-source.ts';
import { SourceError } from '../../../electron/core/sources/source-error.ts';
import { sendJson, startLoopback } from '../../support/loopback.ts';
import { replayKey, startReplay } from '../../support/replay-orchestrator.ts';
import { failureOf, patient } from './source-testing.ts';

const reads = [
  'engineTotals',
  'engineList',
  'orchestratorStatus',
  'vpnStatus',
  'healthStatus',
  'serverCache',
  'clearServerCache',
] as const;

describe('the key', () => {
  it('goes out in both headers with every request, the probes included', async () => {
    const heads: (readonly [string, unknown, unknown])[] = [];
    const server = await startLoopback(({ method, url, headers }, response) => {
      heads.push([`${method} ${url}`, headers.authorization, headers['x-api-key']]);
      sendJson(response, url === '/version' ? 404 : 200, { status: 'healthy' });
    });
    onTestFinished(() => server.close());
    const source = createOrchestratorSource({ url: server.url, apiKey: ' abc ' });
    for (const read of reads) await Promise.allSettled([source[read](patient())]);
    expect(new Set(heads.map(([what]) => what)).size).toBeGreaterThanOrEqual(8);
    for (const [, authorization, header] of heads)
      expect([authorization, header]).toEqual(['Bearer abc', 'abc']);
  });

  it.each([null, '', '  '])('%o: no header at all', async (apiKey) => {
    const heads: unknown[] = [];
    const server = await startLoopback(({ headers }, response) => {
      heads.push(headers.authorization ?? headers['x-api-key'] ?? 'none');
      sendJson(response, 200, { version: '1.7.3', status: 'healthy' });
    });
    onTestFinished(() => server.close());
    await createOrchestratorSource({ url: server.url, apiKey }).orchestratorStatus(patient());
    expect(heads).toEqual(['none', 'none']);
  });

  it.each(['zwei\nzeilen', 'schlüssel', 'with space', 'null\u0000'])(
    '%j cannot be sent and is not shown',
    (apiKey) => {
      let thrown: unknown;
      try {
        createOrchestratorSource({ url: 'http://127.0.0.1:1', apiKey });
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(SourceError);
      expect(thrown).toMatchObject({ code: 'unauthorized' });
      expect(String(thrown)).not.toContain(apiKey);
    },
  );
});

describe('clearing the server cache', () => {
  it.each([
    ['no-vpn', replayKey, 'Cache cleared successfully'],
    ['no-vpn', 'wrong', 'forbidden'],
    ['no-vpn', null, 'unauthorized'],
    ['v1.7.3', replayKey, 'Cache cleared successfully'],
    ['v1.7.3', 'wrong', 'forbidden'],
    ['v1.7.3', null, 'unauthorized'],
    ['v2', replayKey, 'cleared'],
    ['v2', 'wrong', 'unauthorized'],
    ['v2', null, 'unauthorized'],
  ] as const)('%s with %s: %s, and asked once', async (scenario, apiKey, expected) => {
    const server = await startReplay(scenario);
    onTestFinished(() => server.close());
    const source = createOrchestratorSource({ url: server.url, apiKey });
    const outcome = await source.clearServerCache(patient()).catch((error: unknown) => error);
    expect(outcome instanceof SourceError ? outcome.code : outcome).toBe(expected);
    expect(server.requestCount('/cache/clear') + server.requestCount('/api/v1/cache/clear')).toBe(1);
  });

  it('reads stay open without a key', async () => {
    const server = await startReplay('no-vpn');
    onTestFinished(() => server.close());
    const source = createOrchestratorSource({ url: server.url, apiKey: null });
    expect((await source.orchestratorStatus(patient())).value.status).toBe('healthy');
  });

  it('is not sent twice when the server fails', async () => {
    const server = await startLoopback(({ method }, response) =>
      method === 'POST' ? void response.destroy() : sendJson(response, 200, { version: '1.7.3' }),
    );
    onTestFinished(() => server.close());
    const source = createOrchestratorSource({ url: server.url, apiKey: replayKey });
    expect((await failureOf(source.clearServerCache(patient()))).code).toBe('unreachable');
    expect(server.requests).toEqual(['GET /version', 'POST /cache/clear']);
  });
});

describe('no error and no log line shows the key', () => {
  const secret = 'S3cret+Key/==';
  const echo = (request: { headers: Record<string, unknown> }) => JSON.stringify(request.headers);

  it.each([
    ['echoed as a detail', 403, (text: string) => ({ detail: text })],
    ['echoed in a list', 422, (text: string) => ({ detail: [{ msg: text, loc: [text], input: text }] })],
    ['echoed in an object', 503, (text: string) => ({ detail: { message: text, code: text } })],
    ['echoed as data', 200, (text: string) => ({ status: text, engines: text, vpn1: text, [text]: text })],
    ['echoed as a list', 200, (text: string) => [text, { container_id: text, port: text }]],
  ])('%s', async (_, status, body) => {
    const lines: string[] = [];
    const note = (line: string) => void lines.push(line);
    const log: Log = { debug: note, info: note, warn: note, error: note, debugging: true };
    const server = await startLoopback((request, response) => {
      const version = request.url === '/version';
      sendJson(response, version ? 200 : status, version ? { version: '1.7.3' } : body(echo(request)));
    });
    onTestFinished(() => server.close());
    const source = createOrchestratorSource({ url: server.url, apiKey: secret, log });
    const outcomes = await Promise.allSettled(reads.map((read) => source[read](patient())));
    lines.push(JSON.stringify(outcomes.at(-1)));
    const failures = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(failures.length).toBeGreaterThan(3);
    for (const { reason } of failures) {
      expect(reason).toBeInstanceOf(SourceError);
      lines.push(
        String(reason),
        JSON.stringify(reason),
        String((reason as SourceError).stack),
        String((reason as SourceError).cause),
      );
    }
    expect(lines.filter((line) => line.includes(secret) || line.includes('S3cret'))).toEqual([]);
  });

  it('nor when nobody answers', async () => {
    const server = await startLoopback(() => {});
    await server.close();
    const source = createOrchestratorSource({ url: server.url, apiKey: secret });
    for (const read of reads) {
      const error = await failureOf(source[read](patient()));
      expect(error.code).toBe('unreachable');
      expect(error.message + String(error.stack) + String(error.cause)).not.toContain('S3cret');
    }
  });
});

describe('the engine list', () => {
  it('does not wait longer than its limit for loads that hang', async () => {
    const server = await startLoopback((request, response) => {
      if (request.url === '/engines') sendJson(response, 200, [{ container_id: 'a' }]);
      else if (request.url === '/version') sendJson(response, 200, { version: '1.7.3' });
    });
    onTestFinished(() => server.close());
    const source = createOrchestratorSource({ url: server.url, apiKey: null, loadsLimitMs: 50 });
    expect((await source.engineList(patient())).value.engines).toMatchObject([{ id: 'a', cpuPercent: null }]);
  });

  it('does not ask for loads when the list itself failed', async () => {
    const asked: (string | undefined)[] = [];
    const server = await startLoopback((request, response) => {
      asked.push(request.url);
      if (request.url === '/version') return sendJson(response, 200, { version: '1.7.3' });
      return sendJson(response, 500, {});
    });
    onTestFinished(() => server.close());
    const source = createOrchestratorSource({ url: server.url, apiKey: null });
    expect((await failureOf(source.engineList(patient()))).code).toBe('server-error');
    expect(asked).toEqual(['/version', '/engines']);
  });
});
