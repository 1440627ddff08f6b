import { describe, expect, it, onTestFinished } from 'vitest';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createOrchestratorSource } from '../../../electron/core/sources/orchestrator/create-orchestrator-source.ts';
import { adjoins, mergeEvents } from '../../../electron/core/sources/orchestrator/read-events.ts';
import { readStreams } from '../../../electron/core/sources/orchestrator/read-streams.ts';
import type { ServerEvent } from '../../../shared/contract/fleet.ts';
import { serverEventOf } from '../../support/fleet-world.ts';
import { sendJson, startLoopback } from '../../support/loopback.ts';
import { failureOf, patient } from './source-testing.ts';

const apiKey = 'k3y-of-tests';

/** A server of one generation that answers the rest as told. */
async function server(
  generation: 'python' | 'go',
  answer: (request: IncomingMessage, response: ServerResponse, path: string) => void,
) {
  const base = generation === 'go' ? '/api/v1' : '';
  const loopback = await startLoopback((request, response) => {
    request.resume();
    const path = request.url ?? '';
    if (path === '/version') {
      if (generation === 'python') return sendJson(response, 200, { version: '1.7.3' });
      return sendJson(response, 404, {});
    }
    if (path === '/api/v1/version') return sendJson(response, 200, { version: '2.1.0', go_unified: true });
    return answer(request, response, path.slice(base.length));
  });
  onTestFinished(() => loopback.close());
  return { source: createOrchestratorSource({ url: loopback.url, apiKey }), requests: loopback.requests };
}

const text = (response: ServerResponse, status: number, body: string, type = 'text/plain'): void => {
  response.writeHead(status, { 'content-type': type });
  response.end(body);
};

describe('version 2', () => {
  it('provisions and deletes under /api/v1 and says what it began', async () => {
    const { source, requests } = await server('go', (request, response) =>
      request.method === 'DELETE'
        ? sendJson(response, 202, { status: 'deleting' })
        : sendJson(response, 200, { status: 'provisioning' }),
    );
    expect(await source.changes.provision(null, patient())).toEqual({
      outcome: 'done',
      said: 'The orchestrator says: provisioning.',
      retryInSeconds: null,
    });
    expect(await source.changes.removeEngine('abc', patient())).toMatchObject({
      outcome: 'done',
      said: 'The orchestrator says: deleting.',
    });
    expect(requests.slice(-2)).toEqual(['POST /api/v1/provision/acestream', 'DELETE /api/v1/containers/abc']);
  });

  it.each([
    [401, 'unauthorized', 'refused'],
    [403, 'forbidden', 'refused'],
    [503, 'controller not available', 'unknown'],
  ] as const)('answers %i %s: %s', async (status, body, outcome) => {
    const { source } = await server('go', (_, response) => text(response, status, body));
    const answer = await source.changes.provision(null, patient());
    expect(answer.outcome).toBe(outcome);
    expect(answer.said).toContain(`${status}: ${body}`);
  });

  it('lists draining engines as leaving, empty lists as null and ids as text', async () => {
    const { source } = await server('go', (_, response, path) => {
      if (path === '/engines') {
        return sendJson(response, 200, [
          { container_id: 'a', draining: true, stream_count: 2 },
          { container_id: 'b', draining: false, stream_count: 0 },
        ]);
      }
      if (path === '/streams') return sendJson(response, 200, null);
      if (path.startsWith('/events')) {
        return sendJson(response, 200, [
          {
            id: 'ev_2',
            event_type: 'engine',
            category: 'info',
            message: 'm',
            timestamp: '2026-05-01T00:00:02.5Z',
          },
          { id: 'ev_1', timestamp: '2026-05-01T00:00:01Z' },
        ]);
      }
      return sendJson(response, 404, { error: 'not found' });
    });
    const { engines } = (await source.engineList(patient())).value;
    expect(engines.map(({ leaving, streams }) => [leaving, streams])).toEqual([
      [true, 2],
      [false, 0],
    ]);
    expect((await source.streamList(patient())).value).toEqual({ streams: [] });
    const { events } = (await source.serverEvents(patient())).value;
    expect(events.map(({ id, type }) => [id, type])).toEqual([
      [2, 'engine'],
      [1, 'unknown'],
    ]);
  });
});

describe('a stream', () => {
  it('may come with fields we do not know, numbers for texts and nothing at all', () => {
    const [full, bare, broken] = readStreams(
      [
        {
          id: 'magnet:?xt=urn:btih:0a|1',
          key_type: 'torrent_url',
          key: 'https://example.com/a.torrent',
          livepos: { pos: 12, live_first: 2, live_last: '20', buffer_pieces: '' },
          control_mode: 'new',
        },
        { id: 'b', key_type: 'raw_data', key: '', status: 'ended', started_at: '2026-05-01T00:00:00Z' },
        { id: 'c', key_type: 'magnet', key: 'k', livepos: { pos: 'soon' } },
      ],
      'GET /streams',
    ).streams;
    expect(full).toMatchObject({
      keyType: 'url',
      buffer: { position: 12, first: 2, last: 20, pieces: null },
    });
    expect(bare).toMatchObject({ keyType: 'unknown', peers: null, speedDown: null, live: null });
    expect(bare?.endedAt).toBe(Date.UTC(2026, 4, 1));
    expect(broken).toMatchObject({ keyType: 'magnet', buffer: null });
  });
});

describe('a log', () => {
  it('is plain text of the asked length, with the key, without colours', async () => {
    const { source, requests } = await server('python', (request, response) => {
      if (request.headers.authorization !== `Bearer ${apiKey}`) return sendJson(response, 401, {});
      return sendJson(response, 200, { logs: '\u001b[32mstarted\u001b[0m\r\n[INFO]\ttab\u0007\n' });
    });
    expect(await source.engineLog('a b', 50, patient())).toBe('started\n[INFO]\ttab\n');
    expect(requests.at(-1)).toBe('GET /containers/a%20b/logs?tail=50');
  });

  it.each([
    [{ detail: 'Not Found' }, 'The orchestrator does not offer GET /containers/a/logs (404).'],
    [
      { detail: 'container not found' },
      'The orchestrator says: container not found (GET /containers/a/logs, 404).',
    ],
  ])('is not there: %j', async (body, message) => {
    const { source } = await server('python', (_, response) => sendJson(response, 404, body));
    expect(await failureOf(source.engineLog('a', 50, patient()))).toMatchObject({
      code: 'not-found',
      message,
    });
  });
});

describe('a change that is not answered', () => {
  it('by a reset may have taken place', async () => {
    const { source, requests } = await server('python', (request) => request.socket.destroy());
    const failure = await failureOf(source.changes.provision(null, patient()));
    expect([failure.code, failure.arrived]).toEqual(['unreachable', true]);
    expect(requests.filter((one) => one.startsWith('POST'))).toHaveLength(1);
  });

  it('because nobody listens has not', async () => {
    const loopback = await startLoopback((_, response) => sendJson(response, 200, {}));
    await loopback.close();
    const source = createOrchestratorSource({ url: loopback.url, apiKey: null });
    const failure = await failureOf(source.changes.removeEngine('a', patient()));
    expect([failure.code, failure.arrived]).toEqual(['unreachable', false]);
  });

  it('because the server could not be told apart in time has not', async () => {
    const loopback = await startLoopback(() => {});
    onTestFinished(() => loopback.close());
    const source = createOrchestratorSource({ url: loopback.url, apiKey: null });
    const failure = await failureOf(source.changes.provision(null, AbortSignal.timeout(50)));
    expect([failure.code, failure.arrived]).toEqual(['timeout', false]);
    expect(loopback.requests).toEqual(['GET /version']);
  });

  it('because of a redirect has not', async () => {
    const { source } = await server('python', (_, response) => {
      response.writeHead(307, { location: 'http://127.0.0.1:1/elsewhere' });
      response.end();
    });
    expect((await failureOf(source.changes.provision(null, patient()))).arrived).toBe(false);
  });

  it.each([
    ['a sign-in page', 200, 'text/html', '<!doctype html><p>Sign in'],
    ['a proxy’s own error', 504, 'text/html', '<h1>504 Gateway Time-out</h1>'],
    ['a plain error', 502, 'text/plain', 'Bad Gateway'],
  ])('but by %s is not known', async (_, status, type, body) => {
    const { source } = await server('python', (__, response) => text(response, status, body, type));
    expect(await source.changes.provision(null, patient())).toMatchObject({ outcome: 'unknown' });
  });

  it('never repeats our key', async () => {
    const { source } = await server('python', (_, response) =>
      sendJson(response, 503, {
        detail: { error: 'provisioning_blocked', code: 'vpn_error', message: `key ${apiKey} refused` },
      }),
    );
    const answer = await source.changes.provision(null, patient());
    expect(JSON.stringify(answer)).not.toContain(apiKey);
    expect(answer.outcome).toBe('unknown');
  });
});

describe('pages of events', () => {
  const at = Date.UTC(2026, 4, 1);
  const event = (id: number, second = id): ServerEvent => serverEventOf({ id, at: at + second * 1000 });
  const newestFirst = (from: number, to: number): ServerEvent[] =>
    Array.from({ length: from - to + 1 }, (_, index) => event(from - index));

  it('go on top of what was read before, each event once', () => {
    const known = newestFirst(200, 1);
    const page = newestFirst(210, 11);
    const merged = mergeEvents(page, known, 200);
    expect(merged.map(({ id }) => id)).toEqual(newestFirst(210, 1).map(({ id }) => id));
    expect(adjoins(page, known)).toBe(true);
  });

  it('are all there is when they are short: the file was made anew or cleaned up', () => {
    expect(mergeEvents(newestFirst(3, 1), newestFirst(200, 1), 200)).toHaveLength(3);
    expect(mergeEvents([], newestFirst(200, 1), 200)).toEqual([]);
  });

  it('tell events of a new file from old ones with the same id', () => {
    const known = newestFirst(300, 1);
    const page = Array.from({ length: 200 }, (_, index) => event(200 - index, 5000 - index));
    expect(adjoins(page, known)).toBe(false);
    expect(mergeEvents(page, known, 200)).toHaveLength(500);
  });

  it('are at most a thousand', () => {
    expect(mergeEvents(newestFirst(1200, 1001), newestFirst(1000, 1), 200)).toHaveLength(1000);
  });

  it('are asked for long once, then short, and long again after a gap', async () => {
    let newest = 1500;
    const { source, requests } = await server('python', (_, response, path) => {
      const limit = Number(new URL(path, 'http://host').searchParams.get('limit'));
      const page = newestFirst(newest, Math.max(1, newest - limit + 1));
      sendJson(
        response,
        200,
        page.map((one) => ({ id: one.id, timestamp: new Date(one.at).toISOString(), event_type: 'vpn' })),
      );
    });
    const read = async (): Promise<number[]> =>
      (await source.serverEvents(patient())).value.events.map(({ id }) => id);
    expect(await read()).toHaveLength(1000);
    newest += 10;
    const second = await read();
    expect([second.length, second[0], second.at(-1)]).toEqual([1000, 1510, 511]);
    newest += 500;
    const third = await read();
    expect([third.length, third[0], third.at(-1)]).toEqual([1000, 2010, 1011]);
    expect(requests.slice(1)).toEqual([
      'GET /events?limit=1000',
      'GET /events?limit=200',
      'GET /events?limit=200',
      'GET /events?limit=1000',
    ]);
    expect(new Set(third).size).toBe(1000);
  });
});
