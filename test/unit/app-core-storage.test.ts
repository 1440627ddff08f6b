import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EventQuery, LoggedEvent } from '../../shared/contract/events.ts';
import type { ProfileDraft } from '../../shared/contract/profiles.ts';
import type { Problem } from '../../shared/contract/settings.ts';
import { status, totals, vpnOf } from '../support/page-world.ts';
import { startCoreOnScript } from '../support/core-on-script.ts';
import type { CoreOnScript } from '../support/core-on-script.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { posix } from '../support/posix.ts';

const lab: ProfileDraft = {
  name: 'Lab',
  production: true,
  orchestrator: { url: 'https://lab.test:8000/', allowHttp: false },
  portal: null,
  workstations: null,
  pollSeconds: null,
  ttlSeconds: {},
};
const everything: EventQuery = {
  kinds: null,
  severities: null,
  search: '',
  from: null,
  to: null,
  before: null,
  limit: 200,
};

let folder: string;
let clock: FakeClock;
let running: CoreOnScript[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cachedeck-core-'));
  clock = new FakeClock(Date.UTC(2026, 10, 21, 8));
  running = [];
});

afterEach(async () => {
  await Promise.all(running.map(({ core }) => core.stop()));
  rmSync(folder, { recursive: true, force: true });
});

type Change = NonNullable<Parameters<typeof startCoreOnScript>[0]>;

async function begin(options: Change['options'] = {}, connect?: Change['connect']) {
  const app = await startCoreOnScript({
    clock,
    options: { dataFolder: folder, ...options },
    ...(connect && { connect }),
  });
  app.script.values = { engineTotals: totals, orchestratorStatus: status, vpnStatus: vpnOf() };
  running.push(app);
  return app;
}

async function end(app: CoreOnScript): Promise<void> {
  running = running.filter((one) => one !== app);
  await app.core.stop();
}

function problemsOf(app: CoreOnScript): readonly Problem[] {
  let problems: readonly Problem[] = [];
  app.client.subscribe('problems.list', (list) => (problems = list))();
  return problems;
}

async function eventsOf(app: CoreOnScript): Promise<LoggedEvent[]> {
  return (await app.client.call('events.list', everything)).events;
}

/** Polls the VPN at each tick, as one page does. */
async function watch(app: CoreOnScript, seconds: number): Promise<void> {
  for (let at = 0; at < seconds; at += 5) {
    await clock.advance(5000 - (clock.wall() % 5000) + 30);
    await app.client.call('vpn.status', {});
  }
}

test('settings, profiles, the choice, events and the chart outlast a restart', async () => {
  const first = await begin();
  const { id } = await first.client.call('profiles.save', {
    id: null,
    draft: lab,
    secrets: { orchestratorKey: 'key-of-the-lab' },
    acceptWeak: false,
  });
  await first.client.call('profiles.activate', { id });
  await first.client.call('settings.change', { theme: 'dark', timeZone: 'Europe/Berlin' });
  await watch(first, 120);
  const before = await first.client.call('cache.history', {});
  expect(before.at.length).toBeGreaterThan(20);
  await end(first);

  await clock.advance(30_000);
  const second = await begin();
  expect(second.targets).toEqual([
    {
      kind: 'orchestrator',
      url: 'https://lab.test:8000/',
      apiKey: 'key-of-the-lab',
      portal: null,
      workstations: null,
    },
  ]);
  expect(second.core.settings.values).toMatchObject({ theme: 'dark', timeZone: 'Europe/Berlin' });
  const after = await second.client.call('cache.history', {});
  expect(after.at).toEqual(before.at);
  expect(after.hits).toEqual(before.hits);
  expect(after.rate).toEqual(before.rate);
  expect(after.marks.map(({ kind }) => kind)).toContain('start');
  const titles = (await eventsOf(second)).map(({ title }) => title);
  expect(titles.slice(0, 3)).toContain('Cachedeck started');
  expect(titles).toContain('Cachedeck stopped');
  expect(titles).toContain('Profile activated: Lab');
  expect(problemsOf(second)).toEqual([]);
});

test('calls a minute of an earlier interval are not counted in ticks of today’s', async () => {
  const app = await begin();
  await app.client.call('settings.change', { pollSeconds: 60 });
  await clock.advance(600_000);
  const change = app.client.call('settings.change', { pollSeconds: 5 });
  await clock.advance(0);
  await change;
  const { callsPerMinute } = await app.client.call('cache.history', {});
  expect(callsPerMinute.length).toBeGreaterThan(5);
  // Three watched resources, each once a minute.
  expect(callsPerMinute.at(-1)).toBe(3);
});

test('the history of one profile is not that of another', async () => {
  const app = await begin();
  await watch(app, 60);
  const range = { from: clock.wall() - 900_000, to: clock.wall(), points: 240 };
  expect((await app.client.call('history.query', range)).at.length).toBeGreaterThan(8);
  const { id } = await app.client.call('profiles.save', {
    id: null,
    draft: lab,
    secrets: {},
    acceptWeak: false,
  });
  await app.client.call('profiles.activate', { id });
  expect((await app.client.call('history.query', range)).at).toEqual([]);
  expect((await app.client.call('cache.history', {})).at).toEqual([]);
  await app.client.call('profiles.activate', { id: 'demo' });
  expect((await app.client.call('cache.history', {})).at.length).toBeGreaterThan(8);
});

/** Whether there are samples and requests in the file, by profile. */
function inHistory(): Record<string, { samples: boolean; requests: boolean }> {
  const database = new DatabaseSync(join(folder, 'history.sqlite'), { readOnly: true });
  const rows = database
    .prepare(
      `SELECT key, EXISTS (SELECT 1 FROM sample_5s WHERE profile = profile.id) AS samples,
         EXISTS (SELECT 1 FROM request WHERE profile = profile.id) AS requests FROM profile`,
    )
    .all();
  database.close();
  return Object.fromEntries(
    rows.map(({ key, samples, requests }) => [
      String(key),
      { samples: samples === 1, requests: requests === 1 },
    ]),
  );
}

const full = { samples: true, requests: true };

test('the history of a removed profile goes with it, and its events stay', async () => {
  const app = await begin();
  await watch(app, 20);
  const save = { id: null, draft: lab, secrets: {}, acceptWeak: false };
  const { id } = await app.client.call('profiles.save', save);
  await app.client.call('profiles.activate', { id });
  await watch(app, 20);
  expect(inHistory()).toEqual({ demo: full, [id]: full });
  await app.client.call('profiles.remove', { id });
  await watch(app, 20);
  expect(inHistory()).toEqual({ demo: full });
  expect((await eventsOf(app)).map(({ title }) => title)).toContain('Profile removed: Lab');
});

test('a profile removed while it is being connected is not connected, and leaves no history', async () => {
  const gate = Promise.withResolvers<null>();
  const app = await begin({}, async (target, scripted) => {
    if (target.kind === 'orchestrator') await gate.promise;
    return scripted;
  });
  const save = { id: null, draft: lab, secrets: {}, acceptWeak: false };
  const { id } = await app.client.call('profiles.save', save);
  const activated = app.client.call('profiles.activate', { id });
  await clock.advance(0);
  expect(app.targets.map(({ kind }) => kind)).toEqual(['demo', 'orchestrator']);
  const removed = app.client.call('profiles.remove', { id });
  await clock.advance(0);
  gate.resolve(null);
  await Promise.all([activated, removed]);
  expect(app.targets.map(({ kind }) => kind)).toEqual(['demo', 'orchestrator', 'demo']);
  await watch(app, 20);
  expect(inHistory()).toEqual({ demo: full });
});

test('with no hours to keep them no requests are written', async () => {
  const app = await begin();
  await app.client.call('settings.change', { requestLogHours: 0 });
  await watch(app, 20);
  expect(inHistory()).toEqual({ demo: { samples: true, requests: false } });
  await app.client.call('settings.change', { requestLogHours: 1 });
  await watch(app, 20);
  expect(inHistory()).toEqual({ demo: full });
});

test('the diagnostic bundle tells the requests of the active profile alone', async () => {
  const app = await begin();
  await watch(app, 20);
  const requests = async (): Promise<unknown[]> => {
    const { text } = await app.client.call('diagnostics.bundle', {});
    return (JSON.parse(text ?? '') as { requests: unknown[] }).requests;
  };
  expect((await requests()).length).toBeGreaterThan(3);
  const save = { id: null, draft: lab, secrets: {}, acceptWeak: false };
  const { id } = await app.client.call('profiles.save', save);
  await app.client.call('profiles.activate', { id });
  expect(await requests()).toEqual([]);
});

test('a run that was cut off is told at the next start', async () => {
  const first = await begin();
  await watch(first, 10);
  const copy = mkdtempSync(join(tmpdir(), 'cachedeck-cut-'));
  // What a killed process leaves: the files as they are at this moment.
  for (const name of readdirSync(folder).filter((one) => one.startsWith('history'))) {
    writeFileSync(join(copy, name), readFileSync(join(folder, name)));
  }
  const second = await begin({ dataFolder: copy });
  const titles = (await eventsOf(second)).map(({ title }) => title);
  expect(titles[0]).toBe('Cachedeck started again; the last run ended without a stop');
  await end(second);
  rmSync(copy, { recursive: true });
});

test.runIf(posix)('files with secrets or history are for this account only', async () => {
  const app = await begin();
  const draft = { id: null, draft: lab, secrets: { orchestratorKey: 'key-of-the-lab' }, acceptWeak: false };
  await app.client.call('profiles.save', draft);
  await app.client.call('settings.change', { theme: 'dark' });
  const names = ['settings.json', 'profiles.json', 'secrets.json', 'history.sqlite'];
  const open = names.filter((name) => (statSync(join(folder, name)).mode & 0o777) !== 0o600);
  expect(open).toEqual([]);
});

describe('live values are served whatever happens to the stores', () => {
  async function expectLive(app: CoreOnScript): Promise<void> {
    await watch(app, 20);
    const { reading } = await app.client.call('vpn.status', {});
    expect(reading).toMatchObject({ served: 'hit', failure: null, value: { mode: 'single' } });
    expect((await app.client.call('cache.history', {})).hits.some((hits) => hits > 0)).toBe(true);
  }

  test('the data folder cannot be made', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const app = await begin({ dataFolder: join(file, 'data') });
    await expectLive(app);
    const areas = new Set(problemsOf(app).map(({ area }) => area));
    expect([...areas].toSorted()).toEqual(['history', 'profiles', 'secrets', 'settings']);
    await expect(app.client.call('settings.change', { theme: 'dark' })).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(app.core.settings.values.theme).toBe('dark');
    expect((await eventsOf(app)).some(({ kind }) => kind === 'problem')).toBe(true);
  });

  test.each([
    ['empty', Buffer.alloc(0)],
    ['zero bytes', Buffer.alloc(5000)],
    ['null', Buffer.from('null')],
    ['text', Buffer.from('this is no such file\n'.repeat(300))],
    ['a future format', Buffer.from('{"format":99,"data":{}}')],
  ])('every file is %s: it is kept aside and told', async (_what, content) => {
    const names = ['settings.json', 'profiles.json', 'secrets.json', 'history.sqlite'];
    for (const name of names) writeFileSync(join(folder, name), content);
    const app = await begin();
    await expectLive(app);
    const kept = readdirSync(folder).filter((name) => /\.(corrupt|newer)-/.test(name));
    // To SQLite an empty file is an empty database.
    const expected = content.length === 0 ? names.filter((name) => name !== 'history.sqlite') : names;
    expect(kept.map((name) => name.replace(/\.(corrupt|newer)-[^.]+/, '')).toSorted()).toEqual(
      expected.toSorted(),
    );
    expect(kept.filter((name) => !readFileSync(join(folder, name)).equals(content))).toEqual([]);
    expect(problemsOf(app).length).toBeGreaterThanOrEqual(expected.length);
    for (const { text } of problemsOf(app)) expect(text).toContain(folder);
  });

  test('another Cachedeck holds the folder: it is told, nothing is written, both serve', async () => {
    const first = await begin();
    await first.client.call('settings.change', { theme: 'dark' });
    const second = await begin();
    await expectLive(second);
    await expectLive(first);
    expect(second.core.settings.values.theme).toBe('dark');
    expect(problemsOf(second).map(({ title }) => title)).toContain(
      'Another Cachedeck is using the same folder',
    );
    await expect(second.client.call('settings.change', { theme: 'light' })).rejects.toMatchObject({
      code: 'unavailable',
    });
    await end(second);
    expect(first.core.settings.values.theme).toBe('dark');
    expect(existsSync(join(folder, 'settings.json'))).toBe(true);
    expect(readFileSync(join(folder, 'settings.json'), 'utf8')).toContain('dark');
  });
});
