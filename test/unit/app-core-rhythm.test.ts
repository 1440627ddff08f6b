import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PollingState } from '../../shared/contract/app.ts';
import type { ProfileDraft } from '../../shared/contract/profiles.ts';
import { SourceError } from '../../electron/core/sources/source-error.ts';
import { status, totals, vpnOf } from '../support/page-world.ts';
import { startCoreOnScript } from '../support/core-on-script.ts';
import type { CoreOnScript } from '../support/core-on-script.ts';

/** When what is connected loads, and when it does not: pauses with an end, intervals, battery, sleep, network. */

const minute = 60_000;
const lab: ProfileDraft = {
  name: 'Lab',
  production: false,
  orchestrator: { url: 'https://lab.test/', allowHttp: false },
  portal: null,
  workstations: null,
  pollSeconds: null,
  ttlSeconds: {},
};

let app: CoreOnScript;
let online: boolean;
let polling: PollingState | null;

beforeEach(async () => {
  online = true;
  app = await startCoreOnScript({ options: { online: () => online } });
  app.script.values = { engineTotals: totals, orchestratorStatus: status, vpnStatus: vpnOf() };
  polling = null;
  app.client.subscribe('polling.state', (value) => (polling = value));
  await app.clock.advance(10_000);
});

afterEach(() => app.core.stop());

function asked(): number {
  return app.script.asked.splice(0).filter(({ read }) => read === 'vpnStatus').length;
}

async function connectLab(draft: ProfileDraft = lab): Promise<void> {
  const saved = app.client.call('profiles.save', { id: null, draft, secrets: {}, acceptWeak: true });
  await app.clock.advance(10);
  const { id } = await saved;
  const activated = app.client.call('profiles.activate', { id });
  await app.clock.advance(10);
  await activated;
}

async function titles(): Promise<string[]> {
  const { events } = await app.client.call('events.list', {
    kinds: ['pause', 'resume', 'sleep'],
    severities: null,
    search: '',
    from: null,
    to: null,
    before: null,
    limit: 50,
  });
  return events.map(({ title }) => title).toReversed();
}

describe('a pause', () => {
  test('of 15 minutes says when it ends, and goes on by itself', async () => {
    const now = app.clock.wall();
    await app.client.call('polling.pause', { minutes: 15 });
    expect(polling).toMatchObject({ paused: true, pausedSince: now, pausedUntil: now + 15 * minute });
    asked();
    await app.clock.advance(15 * minute - 1000);
    expect(asked()).toBe(0);
    expect(polling?.paused).toBe(true);
    await app.clock.advance(2000);
    expect(asked()).toBe(1);
    expect(polling).toMatchObject({ paused: false, pausedSince: null, pausedUntil: null });
    expect(await titles()).toEqual(['Paused', 'Resumed']);
  });

  test('chosen again lasts from then on, and is one pause', async () => {
    const now = app.clock.wall();
    await app.client.call('polling.pause', { minutes: 15 });
    await app.clock.advance(10 * minute);
    await app.client.call('polling.pause', { minutes: 60 });
    expect(polling).toMatchObject({ pausedSince: now, pausedUntil: now + 70 * minute });
    await app.client.call('polling.pause', { minutes: null });
    expect(polling).toMatchObject({ pausedSince: now, pausedUntil: null });
    await app.clock.advance(120 * minute);
    expect(polling?.paused).toBe(true);
    await app.client.call('polling.resume', {});
    expect(await titles()).toEqual(['Paused', 'Resumed']);
  });

  test('outlives a switch to another profile, with the same end', async () => {
    const now = app.clock.wall();
    app.core.setPaused(true, 15);
    await app.clock.advance(5 * minute);
    await connectLab();
    expect(polling).toMatchObject({ paused: true, pausedSince: now, pausedUntil: now + 15 * minute });
    asked();
    await app.clock.advance(9 * minute);
    expect(asked()).toBe(0);
    await app.clock.advance(minute + 1000);
    expect(polling?.paused).toBe(false);
    expect(asked()).toBeGreaterThan(0);
  });

  test('that was over before the switch is none after it', async () => {
    app.core.setPaused(true, 15);
    await app.clock.advance(20 * minute);
    await connectLab();
    expect(polling?.paused).toBe(false);
  });

  test('that ended while the computer slept is over on waking', async () => {
    app.core.setPaused(true, 60);
    app.core.suspend();
    app.clock.jumpWall(8 * 60 * minute);
    asked();
    app.core.resume();
    await app.clock.advance(2500);
    expect(polling?.paused).toBe(false);
    expect(asked()).toBeGreaterThan(0);
  });
});

describe('the interval', () => {
  test('changes under what is connected: no value is lost, no connection made', async () => {
    const before = app.client.call('cache.statistics', {});
    const { counters } = await before;
    await app.client.call('settings.change', { pollSeconds: 30 });
    expect(polling?.pollMs).toBe(30_000);
    expect(app.targets).toHaveLength(1);
    const after = await app.client.call('cache.statistics', {});
    expect([after.entries, after.counters.loads]).toEqual([3, counters.loads]);
    const { reading, nextTickInMs } = await app.client.call('vpn.status', {});
    expect(reading.interval).toBe(30_000);
    expect((app.clock.wall() + nextTickInMs) % 30_000).toBe(0);
    await app.clock.advance(30_000 - (app.clock.wall() % 30_000));
    asked();
    await app.clock.advance(120_000);
    expect(asked()).toBe(4);
  });

  test('samples of the history follow it', async () => {
    await app.client.call('settings.change', { pollSeconds: 30 });
    await app.clock.advance(60_000);
    const { at } = await app.client.call('cache.history', {});
    await app.clock.advance(300_000);
    const later = await app.client.call('cache.history', {});
    const fresh = later.at.filter((time) => time > (at.at(-1) ?? 0));
    expect(fresh).toHaveLength(10);
    for (const time of fresh) expect(time % 30_000).toBe(0);
  });

  test('of a profile goes before that of the app', async () => {
    await connectLab({ ...lab, pollSeconds: 10 });
    await app.client.call('settings.change', { pollSeconds: 60 });
    expect(polling?.pollMs).toBe(10_000);
  });

  test('is three times as long on battery, for who wants that', async () => {
    app.core.setOnBattery(true);
    expect(polling?.pollMs).toBe(5000);
    await app.client.call('settings.change', { saveBattery: true });
    expect(polling?.pollMs).toBe(15_000);
    app.core.setOnBattery(false);
    expect(polling?.pollMs).toBe(5000);
    app.core.setOnBattery(true);
    await connectLab();
    expect(polling?.pollMs).toBe(15_000);
  });

  test('that a TTL sits on is told, on battery too', async () => {
    const warnings: string[][] = [];
    app.client.subscribe('settings.state', (settings) => warnings.push(settings.warnings));
    await connectLab({ ...lab, ttlSeconds: { 'vpn:status': 14.9 } });
    await app.client.call('settings.change', { saveBattery: true, pollSeconds: 10 });
    expect(warnings.at(-1)).toEqual([]);
    app.core.setOnBattery(true);
    await app.client.call('settings.change', { pollSeconds: 5 });
    expect(warnings.at(-1)?.join()).toMatch(/TTL of 14\.9 s sits on the 15 s poll/);
    app.core.setOnBattery(false);
    expect(warnings.at(-1)?.join()).toMatch(/TTL of 14\.9 s sits on the 5 s poll/);
  });
});

test('a network that is back: what failed without one is tried again within two seconds', async () => {
  app.script.failure = new SourceError('unreachable', 'No network.');
  online = false;
  await app.clock.advance(5 * minute);
  app.script.failure = null;
  asked();
  online = true;
  await app.clock.advance(3100);
  expect(asked()).toBeGreaterThan(0);
  expect((await app.client.call('vpn.status', {})).reading.failure).toBeNull();
});
