import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { status, totals, vpnOf } from '../../support/page-world.ts';
import { startCoreOnScript } from '../../support/core-on-script.ts';
import type { CoreOnScript } from '../../support/core-on-script.ts';
import type { CallInput, CallName, CallOutput } from '../../../shared/rpc/client.ts';

let app: CoreOnScript;
const watched = ['orchestrator:status', 'stats:total', 'vpn:status'];

beforeEach(async () => {
  app = await startCoreOnScript();
  app.script.values = { engineTotals: totals, orchestratorStatus: status, vpnStatus: vpnOf() };
  await app.clock.advance(500);
});

afterEach(() => app.core.stop());

function call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  return app.client.call(name, input);
}

async function entries() {
  const page = await call('cache.entries', {
    filter: '',
    sort: 'key',
    descending: false,
    offset: 0,
    limit: 200,
  });
  return page.entries;
}

async function keysHeld(): Promise<string[]> {
  return (await entries()).filter(({ state }) => state !== 'loading').map(({ key }) => key);
}

async function titles(): Promise<string[]> {
  const { events } = await call('events.list', {
    kinds: ['clear', 'invalidate'],
    severities: null,
    search: '',
    from: null,
    to: null,
    before: null,
    limit: 50,
  });
  return events.map(({ title }) => title).toReversed();
}

/** What the cache counts of those who look. */
async function lookups() {
  const { counters, hitRate } = await call('cache.statistics', {});
  return { hits: counters.hits, misses: counters.misses, staleHits: counters.staleHits, hitRate };
}

describe('invalidate by pattern', () => {
  test('removes exactly what the list said, loads again what has a subscriber, and tells the event log', async () => {
    expect(await call('cache.match', { pattern: '*:status' })).toEqual({
      keys: ['orchestrator:status', 'vpn:status'],
      matching: 2,
      total: 3,
    });
    app.script.asked.length = 0;
    const answer = await call('cache.invalidate', { pattern: '*:status' });
    expect(answer).toMatchObject({ removed: 2, reloading: 2, undo: { until: app.clock.wall() + 30_000 } });
    expect(app.script.asked.map(({ read }) => read)).toEqual(['orchestratorStatus', 'vpnStatus']);
    expect(await keysHeld()).toEqual(['stats:total']);
    await app.clock.advance(200);
    expect(await keysHeld()).toEqual(watched);
    expect(await titles()).toEqual(['Invalidated *:status: 2 entries']);
  });

  test('what only loads is matched and removed too', async () => {
    await call('cache.clear', {});
    expect((await entries()).map(({ key, state }) => `${key} ${state}`)).toEqual(
      watched.map((key) => `${key} loading`),
    );
    expect(await call('cache.match', { pattern: 'vpn:*' })).toMatchObject({ keys: ['vpn:status'], total: 3 });
    expect(await call('cache.invalidate', { pattern: 'vpn:*' })).toEqual({
      removed: 1,
      reloading: 1,
      undo: null,
    });
  });

  test('a blank pattern is refused, and one that means everything is sent to Clear', async () => {
    for (const pattern of ['', ' \t']) {
      await expect(call('cache.invalidate', { pattern })).rejects.toMatchObject({ code: 'bad-request' });
      await expect(call('cache.match', { pattern })).rejects.toMatchObject({ code: 'bad-request' });
    }
    for (const pattern of ['*', '***']) {
      await expect(call('cache.invalidate', { pattern })).rejects.toMatchObject({
        code: 'conflict',
        message: `${pattern} would remove every entry. Use Clear cache for that.`,
      });
    }
    expect(await keysHeld()).toEqual(watched);
    expect(await call('cache.match', { pattern: '*' })).toMatchObject({ matching: 3 });
  });

  test('what matches nothing is no event', async () => {
    expect(await call('cache.invalidate', { pattern: 'none:*' })).toEqual({
      removed: 0,
      reloading: 0,
      undo: null,
    });
    expect(await titles()).toEqual([]);
  });
});

describe('undo', () => {
  test('puts back what was not loaded again, with its true age; the reload wins when it comes', async () => {
    const before = await entries();
    const counted = await lookups();
    const { undo } = await call('cache.clear', {});
    await app.clock.advance(50); // each reload takes 100 ms
    expect(await call('cache.undo', { id: undo?.id ?? '' })).toEqual({ restored: 3, newer: 0, expired: 0 });
    const back = await entries();
    for (const [at, entry] of back.entries()) {
      expect(entry).toMatchObject({ origin: 'undo', age: (before[at]?.age ?? 0) + 50, state: 'fresh' });
    }
    expect(await lookups()).toEqual(counted);
    await app.clock.advance(100);
    for (const entry of await entries()) expect(entry).toMatchObject({ origin: 'prefetch', age: 50 });
    expect(await titles()).toEqual(['Cache cleared: 3 entries', 'Undone: 3 entries put back']);
  });

  test('counts what is newer, and leaves it', async () => {
    app.script.latency = 60;
    const { undo } = await call('cache.delete', { keys: ['vpn:status', 'none'] });
    await app.clock.advance(100);
    expect(await call('cache.undo', { id: undo?.id ?? '' })).toEqual({ restored: 0, newer: 1, expired: 0 });
    expect((await entries()).at(-1)).toMatchObject({ key: 'vpn:status', age: 40, origin: 'prefetch' });
    const { events } = await call('events.list', {
      kinds: null,
      severities: null,
      search: 'Undone',
      from: null,
      to: null,
      before: null,
      limit: 1,
    });
    expect(events).toMatchObject([{ title: 'Undone: 0 entries put back', detail: 'Not put back: 1 newer.' }]);
    expect(await titles()).toEqual(['Deleted from the cache: 1 entry', 'Undone: 0 entries put back']);
  });

  test('a page that polled for the reload gets the reload, not what was put back', async () => {
    const { undo } = await call('cache.delete', { keys: ['vpn:status'] });
    const poll = call('vpn.status', {});
    await call('cache.undo', { id: undo?.id ?? '' });
    await app.clock.advance(150);
    expect((await poll).reading).toMatchObject({ served: 'coalesced', age: 100, failure: null });
  });

  test('is possible once, and for 30 s', async () => {
    await call('polling.pause', { minutes: null });
    const first = await call('cache.delete', { keys: ['vpn:status'] });
    const second = await call('cache.clear', {});
    expect(first).toMatchObject({ removed: 1, reloading: 0 });
    expect(await call('cache.undo', { id: first.undo?.id ?? '' })).toMatchObject({ restored: 1 });
    const tooLate = { code: 'not-found', message: 'It is too late to undo this.' };
    await expect(call('cache.undo', { id: first.undo?.id ?? '' })).rejects.toMatchObject(tooLate);
    await app.clock.advance(30_000);
    await expect(call('cache.undo', { id: second.undo?.id ?? '' })).rejects.toMatchObject(tooLate);
  });

  test('does not reach across a switch of the profile', async () => {
    const { undo } = await call('cache.clear', {});
    const draft = {
      name: 'Lab',
      production: false,
      orchestrator: { url: 'http://127.0.0.1:1/', allowHttp: false },
      portal: null,
      workstations: null,
      pollSeconds: null,
      ttlSeconds: {},
    };
    const { id } = await call('profiles.save', { id: null, draft, secrets: {}, acceptWeak: true });
    await call('profiles.activate', { id });
    await expect(call('cache.undo', { id: undo?.id ?? '' })).rejects.toMatchObject({ code: 'not-found' });
  });
});

test('namespaces and expiry agree with the entries', async () => {
  const rows = await entries();
  const { namespaces } = await call('cache.namespaces', {});
  expect(namespaces).toHaveLength(rows.length);
  for (const { namespace, bytes } of rows) {
    expect(namespaces.find((one) => one.namespace === namespace)).toMatchObject({ entries: 1, bytes });
  }
  expect(namespaces.map(({ bytes }) => bytes)).toEqual(
    rows.map(({ bytes }) => bytes).toSorted((a, b) => b - a),
  );
  const { bars, expired, noExpiry } = await call('cache.expiry', {});
  expect(bars.filter((bar) => bar.entries > 0)).toEqual([
    { from: 1000, to: 2000, entries: 1 },
    { from: 2000, to: 3000, entries: 2 },
  ]);
  expect({ expired, noExpiry }).toEqual({ expired: 0, noExpiry: 0 });
});

test('looking at everything changes no number', async () => {
  const before = await call('cache.statistics', {});
  await entries();
  await call('cache.namespaces', {});
  await call('cache.expiry', {});
  await call('cache.match', { pattern: '*' });
  await call('cache.clearPreview', {});
  expect(await call('cache.statistics', {})).toEqual(before);
});
