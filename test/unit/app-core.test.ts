import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AlertMessage } from '../../shared/contract/alerts.ts';
import type { DemoFault, TrayModel } from '../../shared/contract/app.ts';
import { SourceError } from '../../electron/core/sources/source-error.ts';
import { status, totals, vpnOf } from '../support/page-world.ts';
import { startCoreOnScript } from '../support/core-on-script.ts';
import type { CoreOnScript } from '../support/core-on-script.ts';

let app: CoreOnScript;

beforeEach(async () => {
  app = await startCoreOnScript();
  app.script.values = {
    engineTotals: () => ({ ...totals, networkRxBytes: app.clock.wall() }),
    orchestratorStatus: { ...status, engines: { ...status.engines, unhealthy: 0 } },
    vpnStatus: vpnOf(),
    serverCache: { size: 0, hits: 0, misses: 0, hitRatePercent: 0, entries: [] },
  };
});

afterEach(() => app.core.stop());

/** The answer of a call that needs time to pass. */
async function later<T>(answer: Promise<T>, ms = 200): Promise<T> {
  const settled = answer.then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error;
    },
  );
  await app.clock.advance(ms);
  return (await settled)();
}

/** Lets `seconds` pass on the tick, polling the VPN as one page does. */
async function watch(seconds: number): Promise<void> {
  for (let at = 0; at < seconds; at += 5) {
    await app.clock.advance(5000 - (app.clock.wall() % 5000) + 30);
    await later(app.client.call('vpn.status', {}), 1);
  }
}

test('a poll through the router is a hit once the core runs', async () => {
  await watch(20);
  const { reading } = await app.client.call('vpn.status', {});
  expect(reading).toMatchObject({ served: 'hit', value: { mode: 'single' }, failure: null });
  expect(reading.age).toBeLessThan(1000);
});

describe('clear cache', () => {
  test('tells what it will cost, loads everything with a subscriber at once and keeps the counters', async () => {
    await watch(20);
    const before = await app.client.call('cache.statistics', {});
    expect(await app.client.call('cache.clearPreview', {})).toMatchObject({ entries: 3, extraCalls: 3 });
    app.script.asked.length = 0;
    expect(await app.client.call('cache.clear', {})).toMatchObject({ removed: 3, reloading: 3 });
    expect(app.script.asked.map((one) => one.read)).toEqual([
      'engineTotals',
      'orchestratorStatus',
      'vpnStatus',
    ]);
    await app.clock.advance(150);
    const after = await app.client.call('cache.statistics', {});
    expect(after.entries).toBe(3);
    expect(after.counters.hits).toBe(before.counters.hits);
    expect(after.counters.invalidations).toBe(3);
  });

  test('tray and alerts do not misfire, even when every reload is slow', async () => {
    const texts: string[] = [];
    const messages: AlertMessage[] = [];
    await watch(60);
    app.core.tray.subscribe(({ value }) =>
      texts.push(value.tooltip, ...value.lines.map((line) => line.text)),
    );
    app.core.onMessage((message) => messages.push(message));
    app.script.latency = 4000;
    await app.client.call('cache.clear', {});
    await app.clock.advance(20_000);
    expect(messages).toEqual([]);
    expect(texts.filter((text) => /Not loaded|No data|unknown|Waiting/.test(text))).toEqual([]);
  });

  test('with a backend that fails, the value turns stale at its own age and is not told as never loaded', async () => {
    const messages: AlertMessage[] = [];
    await watch(60);
    app.core.onMessage((message) => messages.push(message));
    app.script.failure = new SourceError('server-error', 'It failed.');
    await app.client.call('cache.clear', {});
    // The demo's times: stale after 10 s, for 5 s, and the group waits for 5 s.
    await app.clock.advance(18_000);
    expect(messages).toEqual([]);
    await app.clock.advance(5000);
    expect(messages.map(({ kind, title }) => [kind, title])).toEqual([['firing', '3 sources are stale']]);
    expect(messages[0]?.body).toMatch(/VPN status \((19|2[0-3]) s\)/);
    const { reading } = await later(app.client.call('vpn.status', {}));
    expect(reading).toMatchObject({ value: { mode: 'single' }, served: 'last-good' });
    app.script.failure = null;
    await later(app.core.refreshAll());
    await app.clock.advance(15_000);
    expect(messages.map(({ kind }) => kind)).toEqual(['firing', 'recovered']);
  });
});

test('paused: no request and no message; going on loads at once and is marked on the chart', async () => {
  const messages: AlertMessage[] = [];
  app.core.onMessage((message) => messages.push(message));
  await watch(10);
  await app.client.call('polling.pause', { minutes: null });
  const pausedAt = app.clock.wall();
  app.script.asked.length = 0;
  await watch(120);
  expect(app.script.asked).toEqual([]);
  expect(messages).toEqual([]);
  let polling: unknown;
  app.client.subscribe('polling.state', (value) => (polling = value));
  expect(polling).toMatchObject({ paused: true, pausedSince: pausedAt, callsPerMinute: 0 });
  await later(app.client.call('polling.resume', {}));
  expect(app.script.asked).toHaveLength(3);
  expect(polling).toMatchObject({ paused: false, pausedSince: null });
  const { marks } = await app.client.call('cache.history', {});
  expect(marks.map((mark) => mark.kind)).toEqual(['pause', 'resume']);
});

test('the tray is pushed only when a word of it changes', async () => {
  const seen: TrayModel[] = [];
  await watch(90);
  app.core.tray.subscribe(({ value }) => seen.push(value));
  await watch(60);
  expect(seen.length).toBeLessThan(3);
  const drawn = seen.map((model) => JSON.stringify(model));
  expect(drawn.filter((one, index) => one === drawn[index - 1])).toEqual([]);
  const steady = seen.length;
  app.script.values = { ...app.script.values, vpnStatus: vpnOf({ connected: false }) };
  await watch(10);
  expect(seen.length).toBeGreaterThan(steady);
  expect(seen.at(-1)).toMatchObject({ state: 'bad' });
});

test('a sleep nobody announced: everything is loaded at once, nobody is alarmed, one mark', async () => {
  const messages: AlertMessage[] = [];
  app.core.onMessage((message) => messages.push(message));
  await watch(60);
  app.script.asked.length = 0;
  app.clock.jumpWall(8 * 3_600_000 + 7000);
  await app.clock.advance(1100);
  app.core.resume(); // an event that comes late
  await app.clock.advance(3000);
  expect(app.script.asked.filter((one) => one.read === 'vpnStatus').length).toBeLessThanOrEqual(2);
  const { reading } = await later(app.client.call('vpn.status', {}));
  expect(reading.age).toBeLessThan(4200);
  await watch(60);
  expect(messages).toEqual([]);
  const { marks } = await app.client.call('cache.history', {});
  expect(marks.map((mark) => mark.kind)).toEqual(['sleep']);
});

describe("the orchestrator's own cache", () => {
  test('is cleared once and its statistics are read again once', async () => {
    expect(await later(app.client.call('orchestrator.clearCache', {}))).toEqual({
      message: 'Cache cleared successfully',
    });
    expect([app.script.clears, app.script.count('serverCache')]).toEqual([1, 1]);
  });

  test.each([
    [new SourceError('unauthorized', 'It asks for a key.'), 'forbidden'],
    [new SourceError('server-error', 'It failed.'), 'unavailable'],
    [new SourceError('timeout', 'No answer.'), 'timeout'],
    [new SourceError('not-found', 'Not there.', { supported: false }), 'not-found'],
  ])(
    'a failure (%s) has the code %s; nothing is sent again, the statistics are read once',
    async (error, code) => {
      app.script.clearFailure = error;
      await expect(later(app.client.call('orchestrator.clearCache', {}))).rejects.toMatchObject({
        code,
        message: `${error.message} What the server did is not known; its statistics are read again.`,
      });
      await app.clock.advance(1000);
      expect([app.script.clears, app.script.count('serverCache')]).toEqual([1, 1]);
    },
  );

  test('is read again also while a forced refresh of other things runs', async () => {
    await watch(10);
    const all = app.core.refreshAll();
    await app.client.call('orchestrator.clearCache', {});
    await later(all, 300);
    expect(app.script.count('serverCache')).toBe(1);
  });
});

describe('demo.simulate', () => {
  test('a real backend cannot be told to misbehave', async () => {
    await expect(app.client.call('demo.simulate', { fault: 'slow' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('of two calls at once the feed shows what is in effect', async () => {
    const steps = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const demo = {
      fault: 'none' as DemoFault,
      calls: 0,
      setFault(fault: DemoFault): Promise<void> {
        this.fault = fault;
        this.calls += 1;
        return steps[this.calls - 1]?.promise ?? Promise.resolve();
      },
    };
    const own = await startCoreOnScript({ backend: { demo } });
    const seen: DemoFault[] = [];
    own.client.subscribe('demo.state', ({ fault }) => seen.push(fault));
    const calls = [
      own.client.call('demo.simulate', { fault: 'refused' }),
      own.client.call('demo.simulate', { fault: 'slow' }),
    ];
    await own.clock.advance(0);
    for (const step of steps) step.resolve();
    await Promise.all(calls);
    expect(seen).toEqual(['none', 'slow', 'slow']);
    await own.core.stop();
  });
});

test('stopping ends every timer and request, with loads under way', async () => {
  app.script.latency = 600_000;
  await app.clock.advance(7000);
  const poll = app.client.call('vpn.status', {}).catch((error: unknown) => error);
  const refresh = app.core.refreshAll();
  await app.clock.advance(10);
  expect(app.script.inFlight).toBeGreaterThan(0);
  await app.core.stop();
  expect(app.clock.pending).toBe(0);
  expect(app.script.inFlight).toBe(0);
  expect(app.closed.value).toBe(true);
  expect(await poll).toMatchObject({ code: 'cancelled' });
  await refresh;
  await app.clock.advance(120_000);
  expect(app.clock.pending).toBe(0);
});

test('nothing in a normal hour is worth a complaint', async () => {
  await watch(3600);
  expect(app.lines.filter((line) => /^(warn|error)/.test(line))).toEqual([]);
});
