import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEventStreams, heartbeatEvery } from '../../../electron/hosts/event-stream.ts';
import type { EventStreams } from '../../../electron/hosts/event-stream.ts';
import { bridgeFixture } from '../../support/bridge-fixture.ts';
import type { BridgeFixture } from '../../support/bridge-fixture.ts';
import { messageOf } from '../../support/alert-world.ts';
import { FakeClock } from '../../support/fake-clock.ts';

// Real sockets on loopback: what a slow reader does to a response shows there only.

let fixture: BridgeFixture;
let clock: FakeClock;
let streams: EventStreams;
let session: AbortController;
let server: Server;
let response: ServerResponse | null;
let ends: number;
let reader: Socket;
let received: string;

beforeEach(async () => {
  fixture = bridgeFixture();
  clock = new FakeClock();
  session = new AbortController();
  streams = createEventStreams({ router: fixture.router, clock, epoch: 'run-1' });
  response = null;
  ends = 0;
  received = '';
  server = createServer((_request, answer) => {
    response = answer;
    streams.open(answer, { role: 'viewer' }, session.signal, () => (ends += 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  reader = connect((server.address() as AddressInfo).port, '127.0.0.1');
  reader.setEncoding('utf8');
  reader.on('data', (text) => (received += String(text)));
  reader.write('GET /feeds HTTP/1.1\r\nHost: x\r\n\r\n');
});
afterEach(async () => {
  streams.closeAll();
  reader.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await turn();
}
const events = (name: string): number => received.split(`event: ${name}\n`).length - 1;

/** Fills every buffer between host and reader with messages of about 100 kB. */
async function flood(count: number): Promise<void> {
  const keys = Array.from({ length: 7 }, () => 'x'.repeat(300));
  for (let id = 1; id <= count; id += 1) {
    const message = messageOf({ id, title: `push ${id}`, keys });
    fixture.handlers['alerts.messages'].set(Array.from({ length: 50 }, () => message));
    await turn();
  }
}

describe('event stream', () => {
  test('gives each feed once, then changes, each with the epoch', async () => {
    await until(() => events('heartbeat') === 1);
    for (const { name, kind } of fixture.router.entries) expect(events(name)).toBe(kind === 'feed' ? 1 : 0);
    fixture.handlers['demo.state'].set({ available: true, fault: 'slow' });
    await until(() => events('demo.state') === 2);
    expect(received).toContain(
      'event: demo.state\ndata: {"revision":1,"value":{"available":true,"fault":"slow"},"epoch":"run-1"}\n\n',
    );
  });

  test('beats every 15 s', async () => {
    await until(() => events('heartbeat') === 1);
    await clock.advance(heartbeatEvery * 3);
    await until(() => events('heartbeat') >= 4);
    expect(events('heartbeat')).toBe(4);
  });

  test('a slow reader gets the newest value of each feed, and little waits for it', async () => {
    await until(() => events('heartbeat') === 1);
    reader.pause();
    await flood(300);
    expect(response?.writableLength).toBeLessThan(1_000_000);
    fixture.handlers['demo.state'].set({ available: true, fault: 'frozen' });
    reader.resume();
    await until(() => received.includes('push 300') && received.includes('frozen'));
    expect(events('alerts.messages')).toBeLessThan(200);
    fixture.handlers['demo.state'].set({ available: true, fault: 'none' });
    await until(() => received.includes('"revision":2,"value":{"available":true,"fault":"none"}'));
    expect(ends).toBe(0);
  });

  test('a reader that takes nothing for half a minute is let go', async () => {
    await until(() => events('heartbeat') === 1);
    reader.pause();
    await flood(200);
    await clock.advance(30_000);
    expect([response?.destroyed, ends, clock.pending]).toEqual([true, 1, 0]);
    expect(fixture.handlers['alerts.messages'].listenerCount).toBe(0);
  });

  test('ends once, whoever ends it', async () => {
    await until(() => events('heartbeat') === 1);
    streams.closeAll();
    response?.emit('close');
    streams.closeAll();
    expect([ends, fixture.handlers['demo.state'].listenerCount, clock.pending]).toEqual([1, 0, 0]);
  });

  test('ends when the reader goes', async () => {
    await until(() => events('heartbeat') === 1);
    reader.destroy();
    await until(() => ends === 1);
    expect(fixture.handlers['demo.state'].listenerCount).toBe(0);
  });
});
