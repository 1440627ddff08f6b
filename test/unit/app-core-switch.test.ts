import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { LoggedEvent } from '../../shared/contract/events.ts';
import type { ProfileDraft, ProfilesState } from '../../shared/contract/profiles.ts';
import { sessionFolder } from '../../electron/core/sessions/session-folder.ts';
import { SourceError } from '../../electron/core/sources/source-error.ts';
import { status, totals, vpnOf } from '../support/page-world.ts';
import { startCoreOnScript } from '../support/core-on-script.ts';
import type { CoreOnScript } from '../support/core-on-script.ts';
import { managerPassword, startManagerReplay } from '../support/replay-workstations.ts';

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
/** Holds back every connection to an orchestrator, as a locked keychain does. */
let gate: PromiseWithResolvers<null>;
let broken: boolean;

beforeEach(async () => {
  gate = Promise.withResolvers<null>();
  broken = false;
  app = await startCoreOnScript({
    connect: async (target, scripted) => {
      if (broken) throw new Error('No place is left for a connection.');
      if (target.kind === 'orchestrator') await gate.promise;
      return scripted;
    },
  });
  app.script.values = { engineTotals: totals, orchestratorStatus: status, vpnStatus: vpnOf() };
  seen = [];
  app.client.subscribe('profiles.state', (state) => seen.push(state));
  await app.clock.advance(1000);
});

afterEach(() => app.core.stop());

async function save(draft: ProfileDraft = lab): Promise<string> {
  const { id } = await app.client.call('profiles.save', { id: null, draft, secrets: {}, acceptWeak: false });
  return id;
}

/** Begins a switch that lasts until the gate opens. */
async function beginSwitch(id: string): Promise<{ readonly done: Promise<unknown> }> {
  const done = app.client.call('profiles.activate', { id });
  await app.clock.advance(0);
  expect(app.targets.at(-1)?.kind).toBe('orchestrator');
  return { done };
}

async function endSwitch({ done }: { readonly done: Promise<unknown> }): Promise<void> {
  gate.resolve(null);
  await done;
  await app.clock.advance(0);
}

async function asked(): Promise<unknown> {
  const answer = app.client.call('vpn.status', {});
  await app.clock.advance(1000);
  return answer;
}

async function events(): Promise<LoggedEvent[]> {
  const all = { kinds: null, severities: null, search: '', from: null, to: null, before: null, limit: 200 };
  return (await app.client.call('events.list', all)).events;
}

function polling(): { readonly paused: boolean; readonly refreshAhead: boolean } | undefined {
  const told: { paused: boolean; refreshAhead: boolean }[] = [];
  app.client.subscribe('polling.state', (value) => told.push(value))();
  return told.at(-1);
}

test('sleep and waking during a switch break nothing', async () => {
  const under = await beginSwitch(await save());
  app.core.suspend();
  app.core.resume();
  await endSwitch(under);
  expect(await asked()).toMatchObject({ reading: { failure: null } });
});

test('a pause during a switch counts for the profile that is connected next', async () => {
  const under = await beginSwitch(await save());
  app.core.setPaused(true);
  await endSwitch(under);
  const { length } = app.script.asked;
  await app.clock.advance(20_000);
  expect(polling()?.paused).toBe(true);
  expect(app.script.asked.length).toBe(length);
});

test('a page that pauses and goes on during a switch is obeyed too', async () => {
  await app.client.call('polling.pause', { minutes: null });
  const under = await beginSwitch(await save());
  await app.client.call('polling.resume', {});
  await endSwitch(under);
  expect(polling()?.paused).toBe(false);
});

test('refresh ahead can be changed during a switch', async () => {
  const under = await beginSwitch(await save());
  const change = app.client.call('settings.change', { refreshAhead: false });
  await app.clock.advance(0);
  await endSwitch(under);
  expect(await change).toEqual({});
  expect(polling()?.refreshAhead).toBe(false);
});

test('of two switches at once pages are never told that one profile is at the address of the other', async () => {
  const id = await save();
  const other = await save({ ...lab, name: 'Other' });
  const under = await beginSwitch(id);
  const second = app.client.call('profiles.activate', { id: other });
  await app.clock.advance(0);
  await endSwitch(under);
  await second;
  const connections = seen.map(({ active, generation }) => `${generation} ${active}`);
  expect([...new Set(connections)]).toEqual(['1 demo', `2 ${id}`, `3 ${other}`]);
});

test('what a switch cuts off is not told as something that happened to the other profile', async () => {
  const id = await save();
  app.script.latency = 60_000;
  const cut = app.client.call('refresh.force', { resources: 'all' }).catch((error: unknown) => error);
  await app.clock.advance(100);
  gate.resolve(null);
  await app.client.call('profiles.activate', { id });
  expect(await cut).toMatchObject({ code: 'cancelled' });
  expect((await events()).filter(({ kind }) => kind === 'refresh')).toEqual([]);
  app.script.latency = 100;
});

test('a switch that fails altogether is a fault that is told, and can be tried again', async () => {
  gate.resolve(null);
  const id = await save();
  broken = true;
  await app.client.call('profiles.activate', { id });
  expect(seen.at(-1)).toMatchObject({ active: id, url: null, fault: 'No place is left for a connection.' });
  expect(app.lines.join('\n')).toMatch(/error: The profile could not be connected: No place is left/);
  await expect(app.client.call('vpn.status', {})).rejects.toMatchObject({ code: 'unavailable' });
  broken = false;
  await app.client.call('profiles.activate', { id });
  expect(seen.at(-1)).toMatchObject({ active: id, fault: null });
  expect(await asked()).toMatchObject({ reading: { failure: null } });
});

test('the interval of the app connects nothing anew where the profile has its own', async () => {
  gate.resolve(null);
  await app.client.call('profiles.activate', { id: await save({ ...lab, pollSeconds: 10 }) });
  const { length } = app.targets;
  await app.client.call('settings.change', { pollSeconds: 30 });
  expect(app.targets.length).toBe(length);
});

test('what the times cannot achieve is told anew when refresh ahead changes', async () => {
  gate.resolve(null);
  const warnings: string[][] = [];
  app.client.subscribe('settings.state', (settings) => warnings.push(settings.warnings));
  await app.client.call('profiles.activate', { id: await save({ ...lab, ttlSeconds: { 'vpn:status': 3 } }) });
  expect(warnings.at(-1)).toEqual([]);
  await app.client.call('settings.change', { refreshAhead: false });
  expect(warnings.at(-1)).toEqual([
    'VPN status: a TTL of 3 s is not above the 5 s poll; one page never hits.',
  ]);
});

test('clearing a server’s cache that a switch cuts off promises nothing that will not happen', async () => {
  const id = await save();
  const clearServerCache = (signal: AbortSignal): Promise<string> =>
    new Promise((_, reject) => {
      const cancelled = new SourceError('cancelled', 'POST /cache/clear was cancelled.');
      signal.addEventListener('abort', () => reject(cancelled));
    });
  Object.assign(app.script.source, { clearServerCache });
  const cut = app.client.call('orchestrator.clearCache', {}).catch((error: unknown) => error);
  await app.clock.advance(100);
  gate.resolve(null);
  await app.client.call('profiles.activate', { id });
  expect(await cut).toMatchObject({
    code: 'cancelled',
    message: 'POST /cache/clear was cancelled. What the server did is not known.',
  });
});

test('an action that a switch cuts off is told of the profile it was for', async () => {
  const replay = await startManagerReplay();
  onTestFinished(() => replay.close());
  const workstations = { url: replay.url, user: 'admin', password: managerPassword };
  const other = await startCoreOnScript({ backend: { workstations } });
  onTestFinished(() => other.core.stop());
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  replay.answer('POST /api/workstations', () => resolve());
  const { id } = await other.client.call('profiles.save', {
    id: null,
    draft: lab,
    secrets: {},
    acceptWeak: false,
  });
  const station = { name: 'Studio 9', address: '192.0.2.9', user: 'operator', password: 'station-pw-4411' };
  const creating = other.client.call('workstations.create', station).catch((error: unknown) => error);
  await asked;
  await other.client.call('profiles.activate', { id });
  expect(await creating).toMatchObject({ code: 'cancelled' });
  app = Object.assign(app, { client: other.client });
  const told = (await events()).find(({ title }) => title.startsWith('Adding the workstation Studio 9'));
  expect(told?.profile).toBe('Demo');
});

test('sessions of a portal that is taken out of a profile are forgotten, not those of one that fails', async () => {
  const data = mkdtempSync(join(tmpdir(), 'cachedeck-core-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const portal = { url: 'https://portal.test/', allowHttp: false, email: null, uatPaths: false };
  const kept = sessionFolder(data, 'id-1', portal.url);
  mkdirSync(kept, { recursive: true });
  const other = await startCoreOnScript({
    options: { dataFolder: data },
    connect: (target, scripted) =>
      target.kind === 'orchestrator' ? Promise.reject(new Error('No place is left.')) : scripted,
  });
  onTestFinished(() => other.core.stop());
  const saved = (id: string | null, draft: ProfileDraft) =>
    other.client.call('profiles.save', { id, draft, secrets: {}, acceptWeak: false });
  const { id } = await saved(null, { ...lab, portal });
  expect(id).toBe('id-1');
  await other.client.call('profiles.activate', { id });
  expect(existsSync(kept)).toBe(true);
  await saved(id, lab);
  expect(existsSync(kept)).toBe(false);
});
