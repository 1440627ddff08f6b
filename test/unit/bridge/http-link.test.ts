import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FeedStreamEvents } from '../../../renderer/client/feed-stream.ts';
import { callLimit, createHttpLink, probeHost } from '../../../renderer/client/http-link.ts';
import type { HttpLink } from '../../../renderer/client/http-link.ts';
import { createClient } from '../../../shared/rpc/client.ts';
import type { LinkState } from '../../../shared/rpc/client.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { startLoopback } from '../../support/loopback.ts';
import type { Loopback } from '../../support/loopback.ts';

interface Answer {
  readonly status?: number;
  readonly body: string;
}

let clock: FakeClock;
/** What the server does with the next requests: answer, cut the connection, or leave them hanging. */
let answer: Answer | 'cut' | 'hang';
let server: Loopback;
let stream: FeedStreamEvents | null;
let retries: number;
let link: HttpLink;
let states: LinkState[];

const json = (value: unknown, status = 200): Answer => ({ status, body: JSON.stringify(value) });
const fine = json({ ok: true, value: {} });
const send = (url: string, init: RequestInit): Promise<Response> => fetch(url, init);

beforeEach(async () => {
  clock = new FakeClock();
  answer = fine;
  stream = null;
  retries = 0;
  states = [];
  server = await startLoopback((request, response) => {
    if (answer === 'cut') request.socket.destroy();
    else if (answer !== 'hang') response.writeHead(answer.status ?? 200).end(answer.body);
  });
  link = createHttpLink({
    base: server.url,
    fetch: send,
    after: (ms, task) => clock.after(ms, task),
    openStream: (events) => {
      stream = events;
      return {
        retry: () => (retries += 1),
        stop: () => {
          stream = null;
        },
      };
    },
  });
});
afterEach(() => server.close());

async function untilAsked(times: number): Promise<void> {
  while (server.requests.length < times) await new Promise((resolve) => setImmediate(resolve));
}

const codeOf = async (signal?: AbortSignal): Promise<string> => {
  const reply = await link.call('cache.clear', {}, signal);
  return reply.ok ? 'ok' : reply.error.code;
};

describe('HTTP link', () => {
  test('what goes wrong on the way is a reply', async () => {
    answer = 'cut';
    expect(await codeOf()).toBe('unavailable');
    answer = { status: 502, body: '<html>' };
    expect(await codeOf()).toBe('unavailable');
    answer = json('text');
    expect(await codeOf()).toBe('unavailable');
    answer = json({ ok: false, error: { code: 'conflict', message: '' } }, 409);
    expect(await codeOf()).toBe('conflict');
    expect(clock.pending).toBe(0);
  });

  test('a call has a time limit, and can be given up', async () => {
    answer = 'hang';
    const slow = codeOf();
    await untilAsked(1);
    await clock.advance(callLimit);
    expect(await slow).toBe('timeout');
    const giveUp = new AbortController();
    const given = codeOf(giveUp.signal);
    await untilAsked(2);
    giveUp.abort();
    expect(await given).toBe('cancelled');
    expect(await codeOf(AbortSignal.abort())).toBe('cancelled');
  });

  test('the stream opens at the first need and serves all listeners', () => {
    expect(stream).toBeNull();
    const seen: number[][] = [[], []];
    const stop = link.subscribe('demo.state', ({ revision }) => seen[0]?.push(revision));
    stream?.message('demo.state', { revision: 1, value: null });
    link.subscribe('demo.state', ({ revision }) => seen[1]?.push(revision));
    stop();
    stream?.message('demo.state', { revision: 2, value: null });
    stream?.message('tray.model', { revision: 9, value: null });
    expect(seen).toEqual([[1], [1, 2]]);
    link.close();
    expect(stream).toBeNull();
  });

  test('state follows the stream; a refused call is signed-out until one is taken', async () => {
    link.onState((state) => states.push(state));
    stream?.state('open');
    answer = json({ ok: false, error: { code: 'unauthorized', message: '' } }, 401);
    expect(await codeOf()).toBe('unauthorized');
    answer = fine;
    await codeOf();
    stream?.state('lost');
    expect(states).toEqual(['connecting', 'open', 'signed-out', 'open', 'lost']);
  });

  test('any answer while the stream is away makes it try at once', async () => {
    link.onState(() => {});
    stream?.state('open');
    await codeOf();
    expect(retries).toBe(0);
    stream?.state('lost');
    await codeOf();
    expect(retries).toBe(1);
    answer = json({ ok: false, error: { code: 'unauthorized', message: '' } }, 401);
    await codeOf();
    expect(retries).toBe(1); // the stream would be refused as well
  });

  test('a probe that is not answered can be given up', async () => {
    answer = 'hang';
    const limit = new AbortController();
    const probed = probeHost(server.url, send, limit.signal);
    await untilAsked(1);
    limit.abort();
    expect(await probed).toBe('lost');
  });

  test('after a restart of main lower revisions are newer; within a run late ones are dropped', () => {
    const seen: unknown[] = [];
    createClient(link).subscribe('demo.state', (_value, revision) => seen.push(revision));
    const push = (epoch: string, revision: number): void =>
      stream?.message('demo.state', { epoch, revision, value: null });
    push('a', 5);
    push('a', 5); // the same stream again after a reconnection
    push('a', 4);
    push('a', 6);
    push('b', 0);
    push('b', 0);
    push('b', 1);
    expect(seen).toEqual([5, 6, 0, 1]);
  });

  test.each([
    [{ status: 200, body: '' }, 'reachable'],
    [{ status: 401, body: '' }, 'signed-out'],
    [{ status: 429, body: '' }, 'reachable'],
    [{ status: 500, body: '' }, 'lost'],
    ['cut', 'lost'],
  ] as const)('the probe finds out: %j is %s', async (given, found) => {
    answer = given;
    expect(await probeHost(server.url, send, new AbortController().signal)).toBe(found);
  });
});
