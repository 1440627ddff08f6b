import { beforeEach, describe, expect, test } from 'vitest';
import { heartbeatEvery } from '../../../electron/hosts/event-stream.ts';
import { ownStream, probeLimit, reconnectDelays, silenceLimit } from '../../../renderer/client/own-stream.ts';
import type { EventSourceLike, HostState } from '../../../renderer/client/own-stream.ts';
import type { FeedStream } from '../../../renderer/client/feed-stream.ts';
import { FakeClock, settle } from '../../support/fake-clock.ts';

class FakeSource implements EventSourceLike {
  readonly listeners = new Map<string, (event: { data?: unknown }) => void>();
  closed = false;

  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void {
    this.listeners.set(type, listener);
  }

  close(): void {
    this.closed = true;
  }

  emit(type: string, data?: unknown): void {
    this.listeners.get(type)?.({ data: JSON.stringify(data) });
  }
}

let clock: FakeClock;
let sources: FakeSource[];
let found: HostState | 'hangs';
let seen: unknown[];
let stream: FeedStream;
const last = (): FakeSource => sources.at(-1) ?? new FakeSource();

beforeEach(() => {
  clock = new FakeClock();
  sources = [];
  found = 'lost';
  seen = [];
  stream = ownStream({
    feeds: ['demo.state'],
    openEventSource: () => {
      const source = new FakeSource();
      sources.push(source);
      return source;
    },
    probe: (signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve('lost'));
        if (found !== 'hangs') resolve(found);
      }),
    after: (ms, task) => clock.after(ms, task),
  })({
    message: (name, message) => seen.push([name, message.revision]),
    state: (state) => seen.push(state),
  });
});

describe('own stream', () => {
  test('opens and hands messages on', () => {
    last().emit('open');
    last().emit('demo.state', { revision: 3, value: {} });
    last().emit('heartbeat', {});
    expect(seen).toEqual(['open', ['demo.state', 3]]);
  });

  test('tries again after 1, 2, 5, 10, 10 s, and from 1 s once it was open', async () => {
    const opened: number[] = [];
    for (let count = 0; count < 5; count += 1) {
      const begun = clock.mono();
      const before = sources.length;
      last().emit('error');
      while (sources.length === before) await clock.advance(500);
      opened.push(clock.mono() - begun);
    }
    expect(opened).toEqual([...reconnectDelays, 10_000]);
    expect(sources.slice(0, -1).every((source) => source.closed)).toBe(true);
    last().emit('open');
    last().emit('error');
    await clock.advance(1000);
    expect(sources).toHaveLength(7);
    expect(seen).toEqual(['lost', 'lost', 'lost', 'lost', 'lost', 'open', 'lost']);
  });

  test('says signed-out where the host answers but knows no session', async () => {
    found = 'signed-out';
    last().emit('error');
    await settle();
    expect(seen).toEqual(['signed-out']);
  });

  test('a host that hangs is lost although the next try has begun', async () => {
    found = 'hangs';
    last().emit('open');
    await clock.advance(silenceLimit);
    await clock.advance(probeLimit);
    expect(sources).toHaveLength(2);
    expect(seen).toEqual(['open', 'lost']);
  });

  test('an answer that comes after the next try has worked counts for nothing', async () => {
    found = 'hangs';
    last().emit('error');
    await clock.advance(reconnectDelays[0]);
    last().emit('open');
    await clock.advance(probeLimit);
    expect(seen).toEqual(['open']);
  });

  test('a host that answers but gives no stream is not asked before its time', async () => {
    found = 'reachable';
    last().emit('error');
    await settle();
    stream.retry();
    expect(sources).toHaveLength(1);
    await clock.advance(reconnectDelays[0]);
    expect(sources).toHaveLength(2);
  });

  test('three heartbeats of silence are a loss; a heartbeat is a sign of life', async () => {
    expect(silenceLimit).toBe(3 * heartbeatEvery);
    last().emit('open');
    for (let count = 0; count < 5; count += 1) {
      await clock.advance(heartbeatEvery);
      last().emit('heartbeat', {});
    }
    expect(seen).toEqual(['open']);
    await clock.advance(silenceLimit);
    expect(seen).toEqual(['open', 'lost']);
  });

  test('events of a stream that was given up count for nothing', async () => {
    const first = last();
    first.emit('error');
    await clock.advance(1000);
    last().emit('open');
    first.emit('error');
    first.emit('demo.state', { revision: 9, value: {} });
    first.emit('open');
    await settle();
    expect(seen).toEqual(['lost', 'open']);
    expect(sources).toHaveLength(2);
  });

  test('retry connects at once where it waits, and does nothing else', async () => {
    stream.retry();
    expect(sources).toHaveLength(1);
    last().emit('error');
    await settle();
    stream.retry();
    stream.retry();
    expect(sources).toHaveLength(2);
    last().emit('open');
    expect(seen).toEqual(['lost', 'open']);
  });

  test('after stop nothing runs', async () => {
    last().emit('error');
    stream.stop();
    stream.retry();
    await clock.advance(60_000);
    expect([sources.length, clock.pending, seen]).toEqual([1, 0, []]);
  });
});
