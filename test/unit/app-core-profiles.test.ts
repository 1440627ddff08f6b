import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ProfileDraft, ProfilesState } from '../../shared/contract/profiles.ts';
import { SourceError } from '../../electron/core/sources/source-error.ts';
import { status, totals, vpnOf } from '../support/page-world.ts';
import { startCoreOnScript } from '../support/core-on-script.ts';
import type { CoreOnScript } from '../support/core-on-script.ts';

const lab: ProfileDraft = {
  name: 'Lab',
  production: false,
  orchestrator: { url: 'https://lab.test:8000/', allowHttp: false },
  portal: null,
  workstations: null,
  pollSeconds: null,
  ttlSeconds: {},
};

let app: CoreOnScript;
let seen: ProfilesState[];

async function begin(change: Parameters<typeof startCoreOnScript>[0] = {}): Promise<void> {
  app = await startCoreOnScript(change);
  app.script.values = { engineTotals: totals, orchestratorStatus: status, vpnStatus: vpnOf() };
  seen = [];
  app.client.subscribe('profiles.state', (state) => seen.push(state));
  await app.clock.advance(1000);
}

beforeEach(() => begin());
afterEach(() => app.core.stop());

function state(): ProfilesState | undefined {
  return seen.at(-1);
}

async function save(draft: ProfileDraft = lab, key: string | null = null): Promise<string> {
  const secrets = key === null ? {} : { orchestratorKey: key };
  const { id } = await app.client.call('profiles.save', { id: null, draft, secrets, acceptWeak: false });
  return id;
}

test('with nothing chosen the demo is connected and the page is told that this is the first run', async () => {
  expect(app.targets).toEqual([{ kind: 'demo' }]);
  expect(state()).toMatchObject({ active: 'demo', generation: 1, firstRun: true, fault: null });
  await app.client.call('profiles.activate', { id: 'demo' });
  expect(state()?.firstRun).toBe(false);
});

test('switching aborts what is in flight, forgets every value and connects the other with its key', async () => {
  const id = await save(lab, 'lab-key-1');
  await app.client.call('vpn.status', {});
  app.script.latency = 60_000;
  await app.clock.advance(4000);
  const late = app.client.call('vpn.status', {}).catch((error: unknown) => error);
  expect(app.script.inFlight).toBeGreaterThan(0);

  await app.client.call('profiles.activate', { id });
  expect(await late).toMatchObject({ code: 'cancelled' });
  await app.clock.advance(0);
  expect(app.closed.value).toBe(true);
  expect(app.targets.at(-1)).toEqual({
    kind: 'orchestrator',
    url: 'https://lab.test:8000/',
    apiKey: 'lab-key-1',
    portal: null,
    workstations: null,
  });
  expect(state()).toMatchObject({ active: id, generation: 2, firstRun: false });
  const { counters, entries } = await app.client.call('cache.statistics', {});
  expect(entries).toBe(0);
  expect(counters.hits + counters.misses + counters.coalesced).toBe(0);
  app.script.latency = 100;
});

test('a pause outlasts a switch, and so does who listens', async () => {
  const tooltips: string[] = [];
  app.client.subscribe('tray.model', ({ tooltip }) => tooltips.push(tooltip));
  await app.client.call('polling.pause', { minutes: null });
  const asked = app.script.asked.length;
  await app.client.call('profiles.activate', { id: await save() });
  await app.clock.advance(20_000);
  expect(app.script.asked.length).toBe(asked);
  await app.client.call('polling.resume', {});
  await app.clock.advance(2000);
  expect(app.script.asked.length).toBeGreaterThan(asked);
  expect(tooltips.at(-1)).toBe('Cachedeck: All sources live');
});

test('a profile without an orchestrator has no readings and no fault', async () => {
  const portal = { url: 'https://portal.test/', allowHttp: false, email: null, uatPaths: false };
  const id = await save({ ...lab, orchestrator: null, portal });
  await app.client.call('profiles.activate', { id });
  await app.clock.advance(0);
  const target = app.targets.at(-1);
  expect(target?.kind === 'none' && target.why.supported).toBe(false);
  expect(state()).toMatchObject({ active: id, fault: null });
});

test('changing the active profile connects it anew, changing another does not; removing it goes to the demo', async () => {
  const id = await save();
  const other = await save({ ...lab, name: 'Other' });
  await app.client.call('profiles.activate', { id });
  await app.clock.advance(0);
  expect(state()?.generation).toBe(2);
  const change = { secrets: {}, acceptWeak: false };
  await app.client.call('profiles.save', { ...change, id: other, draft: { ...lab, name: 'Another' } });
  await app.clock.advance(0);
  expect(state()?.generation).toBe(2);
  await app.client.call('profiles.save', {
    ...change,
    id,
    draft: { ...lab, pollSeconds: 10, ttlSeconds: { 'vpn:status': 9.9 } },
  });
  await app.clock.advance(0);
  expect(state()?.generation).toBe(3);
  const told: { pollMs: number }[] = [];
  app.client.subscribe('polling.state', (polling) => told.push(polling));
  expect(told.at(-1)?.pollMs).toBe(10_000);
  const warnings: string[][] = [];
  app.client.subscribe('settings.state', (settings) => warnings.push(settings.warnings));
  expect(warnings.at(-1)?.join()).toMatch(/VPN status.*9\.9 s.*chance/);

  await app.client.call('profiles.remove', { id });
  await app.clock.advance(0);
  expect(state()).toMatchObject({ active: 'demo', generation: 4 });
  expect(app.targets.at(-1)).toEqual({ kind: 'demo' });
});

test('the interval and refresh ahead are settings, which connect nothing anew', async () => {
  await app.client.call('polling.setRefreshAhead', { on: false });
  const polling: { pollMs: number; refreshAhead: boolean }[] = [];
  app.client.subscribe('polling.state', (value) => polling.push(value));
  const settings: boolean[] = [];
  app.client.subscribe('settings.state', ({ values }) => settings.push(values.refreshAhead));
  expect(settings.at(-1)).toBe(false);
  await app.client.call('settings.change', { pollSeconds: 15 });
  await app.clock.advance(0);
  expect(polling.at(-1)).toMatchObject({ pollMs: 15_000, refreshAhead: false });
  expect(app.targets).toHaveLength(1);
});

test('a profile that cannot be connected is shown with its reason, and the app goes on', async () => {
  await app.core.stop();
  const refused = new SourceError('unauthorized', 'The key holds characters that cannot be sent.');
  await begin({
    connect: (target, backend) => (target.kind === 'orchestrator' ? Promise.reject(refused) : backend),
  });
  await app.client.call('profiles.activate', { id: await save() });
  await app.clock.advance(0);
  expect(state()).toMatchObject({ fault: refused.message, generation: 2 });
  const target = app.targets.at(-1);
  expect(target?.kind === 'none' && target.why).toBe(refused);
  await app.client.call('profiles.activate', { id: 'demo' });
  await app.clock.advance(0);
  expect(state()).toMatchObject({ fault: null, active: 'demo' });
});

test('what happens to profiles and settings is in the event log', async () => {
  await app.client.call('profiles.activate', { id: await save() });
  await app.client.call('settings.change', { theme: 'dark', pollSeconds: 10 });
  await app.client.call('cache.clear', {});
  await app.clock.advance(2000);
  const { events } = await app.client.call('events.list', {
    kinds: ['profile', 'settings', 'clear', 'start'],
    severities: null,
    search: '',
    from: null,
    to: null,
    before: null,
    limit: 50,
  });
  expect(events.map(({ kind, title }) => `${kind}: ${title}`).toReversed()).toEqual([
    'start: Cachedeck started',
    'profile: Profile added: Lab',
    'profile: Profile activated: Lab',
    'settings: Settings changed: theme, interval',
    'clear: Cache cleared: 3 entries',
  ]);
});
