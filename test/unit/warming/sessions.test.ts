import { expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../../electron/core/log.ts';
import { PortalRoom } from '../../../electron/core/portal/portal-room.ts';
import { userRef } from '../../../electron/core/sessions/user-id.ts';
import { Problems } from '../../../electron/core/storage/problems.ts';
import { TtlCache } from '../../../electron/core/cache/ttl-cache.ts';
import type { EventDraft } from '../../../electron/core/events/event-log.ts';
import { SessionUser } from '../../../electron/core/sessions/session-user.ts';
import { sessionTasks } from '../../../electron/core/warming/session-tasks.ts';
import { Warmer } from '../../../electron/core/warming/warmer.ts';
import { openConfStore } from '../../../electron/hosts/conf-store.ts';
import type { Warming } from '../../../shared/contract/tuning.ts';
import { longestSession } from '../../../shared/model/sessions.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { sendJson } from '../../support/loopback.ts';
import { startScriptedPortal } from '../../support/scripted-portal.ts';
import { alice, robot } from '../portal/portal-bed.ts';

const hour = 3_600_000;

/** A portal's room where the robot signs in by itself and alice does not, with a warmer of sessions alone. */
async function sessionBed(ttl = longestSession) {
  const person = robot();
  const clock = new FakeClock();
  const portal = await startScriptedPortal([person, alice()]);
  const room = new PortalRoom({
    target: {
      url: portal.url,
      uatPaths: false,
      account: { email: person.email, password: person.password ?? '' },
      tokens: [{ email: alice().email, token: 'token-of-alice' }],
    },
    clock,
    random: () => 0.5,
    log: silentLog,
    freeze: true,
    ttlOf: () => ttl,
    folder: null,
    readOnly: false,
    problems: new Problems(clock),
    openStore: openConfStore,
    onSecret: () => {},
    record: () => {},
    onTime: () => {},
    onCall: () => {},
  });
  room.start();
  onTestFinished(() => room.stop());
  const ended = Promise.withResolvers<EventDraft>();
  const cache = new TtlCache({ clock, random: () => 0.5 });
  const warmer = new Warmer({
    clock,
    cache,
    settings: () => ({ on: true, resources: [], sessions: true }),
    allowed: () => true,
    isThere: () => true,
    warm: () => Promise.resolve(),
    callsOf: () => 1,
    reloaded: () => [],
    sessions: () => room.toWarm(),
    record: (event) => ended.resolve(event),
  });
  const ref = userRef(person.email);
  return { clock, portal, room, warmer, ref, line: ended.promise };
}

function itemsOf(warmer: Warmer): Warming['items'] {
  return warmer.latest?.items ?? [];
}

const contextCalls = [
  'GET /paasservice/paas/engagements',
  'GET /paasservice/paas/getIpcEngFromPaasEng/4321',
  'GET /portalservice/configservice/getEndpointsByEngagement/4321',
  'GET /portalservice/securityservice/departments/14321',
  'GET /portalservice/securityservice/environmentsperengagement/14321',
  'GET /portalservice/api/v1/14321/zonelist',
];

test('what has expired is loaded with one call each, counted as prefetches and as no use', async () => {
  const bed = await sessionBed(hour);
  await bed.room.service.context(bed.ref);
  const usedAt = bed.clock.wall();
  bed.clock.jumpWall(2 * hour);
  bed.portal.newCalls();
  bed.warmer.begin('start');
  expect(bed.warmer.latest).toMatchObject({ running: true });
  expect(await bed.line).toMatchObject({ kind: 'warming', title: 'Warmed 1 session in 0.0 s', detail: null });
  expect(itemsOf(bed.warmer)).toEqual([
    { key: 'session:r•••t@example.com', state: 'ok', ms: 0, message: null },
  ]);
  expect(bed.portal.newCalls().filter((call) => !call.endsWith('getAuthToken'))).toEqual(contextCalls);
  const session = bed.room.list().users.find(({ user }) => user === bed.ref);
  expect(session?.lastUsedAt).toBe(usedAt);
  expect(bed.room.counters().find(({ scope }) => scope.includes(bed.ref))?.counters).toMatchObject({
    prefetches: 7,
  });
});

test('only what is missing is asked for; a session that is whole is fresh', async () => {
  const bed = await sessionBed();
  bed.portal.script('/zonelist', (response) => sendJson(response, 500, { message: 'broken' }));
  await bed.room.service.context(bed.ref);
  bed.portal.script('/zonelist', null);
  bed.clock.jumpWall(60_000); // past the back-off
  bed.portal.newCalls();
  bed.warmer.begin('start');
  await bed.line;
  expect(bed.portal.newCalls()).toEqual(['GET /portalservice/api/v1/14321/zonelist']);
  bed.warmer.begin('start');
  await bed.clock.advance(0);
  expect(itemsOf(bed.warmer)).toMatchObject([{ state: 'fresh', ms: null }]);
  expect(bed.portal.newCalls()).toEqual([]);
});

test('a failure is one line with its reason, and keeps no other field from being loaded', async () => {
  const bed = await sessionBed();
  await bed.room.service.context(bed.ref);
  bed.room.clear(bed.ref);
  bed.portal.script('/departments/', (response) => sendJson(response, 503, { message: 'down' }));
  bed.portal.newCalls();
  bed.warmer.begin('start');
  const line = await bed.line;
  expect(line.title).toBe('Warmed 0 resources in 0.0 s (1 failed)');
  expect(line.detail).toMatch(/^Session of r•••t@example\.com: .+/);
  expect(itemsOf(bed.warmer)).toMatchObject([{ state: 'failed' }]);
  expect(bed.portal.newCalls()).toEqual(contextCalls);
  expect(JSON.stringify([line, bed.warmer.latest])).not.toContain('robot');
});

test('nobody is signed in for it who would have to sign in themselves, nor who was away for a day', async () => {
  const bed = await sessionBed();
  await bed.room.service.context(userRef(alice().email));
  bed.room.clear(userRef(alice().email));
  expect(bed.room.toWarm()).toEqual([]);
  await bed.room.service.context(bed.ref);
  expect(bed.room.toWarm()).toHaveLength(1);
  bed.clock.jumpWall(24 * hour);
  expect(bed.room.toWarm()).toEqual([]);
});

test('a clear of the cache leaves sessions alone', async () => {
  const bed = await sessionBed();
  await bed.room.service.context(bed.ref);
  bed.room.clear(bed.ref);
  bed.warmer.begin('clear');
  expect(bed.warmer.latest).toBeNull();
});

test('a clear while they are loaded at the start keeps none from being loaded, once', async () => {
  const bed = await sessionBed(hour);
  await bed.room.service.context(bed.ref);
  bed.clock.jumpWall(2 * hour);
  bed.portal.newCalls();
  bed.warmer.begin('start');
  bed.warmer.begin('clear');
  expect((await bed.line).title).toBe('Warmed 1 session in 0.0 s');
  expect(bed.portal.newCalls().filter((call) => !call.endsWith('getAuthToken'))).toEqual(contextCalls);
});

test('stopped, no further field is asked for', async () => {
  const bed = await sessionBed();
  await bed.room.service.context(bed.ref);
  bed.room.clear(bed.ref);
  bed.portal.newCalls();
  const asked = Promise.withResolvers<null>();
  bed.portal.script('/getEndpointsByEngagement/', () => {
    bed.warmer.stop();
    asked.resolve(null);
  });
  bed.warmer.begin('start');
  await asked.promise;
  await bed.room.service.readField(bed.ref, 'endpoints'); // joins what is under way, so that it has ended
  await bed.clock.advance(0);
  expect(itemsOf(bed.warmer)).toMatchObject([{ state: 'given-up' }]);
  expect(bed.portal.newCalls()).toEqual(contextCalls.slice(0, 3));
});

test('of many users the twenty who used theirs last are warmed, one after the other', async () => {
  const clock = new FakeClock();
  const users = Array.from({ length: 25 }, (_, n) => {
    const email = `user${n}@example.com`;
    return new SessionUser(email, userRef(email), { wall: clock.wall() + n, mono: n });
  });
  let running = 0;
  let most = 0;
  const asked: string[] = [];
  const tasks = sessionTasks({
    store: { users },
    cache: new TtlCache({ clock, random: () => 0.5 }),
    clock,
    canRenew: () => true,
    refresh: async (email) => {
      asked.push(email);
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
    },
  });
  const lines: EventDraft[] = [];
  const warmer = new Warmer({
    clock,
    cache: new TtlCache({ clock, random: () => 0.5 }),
    settings: () => ({ on: true, resources: [], sessions: true }),
    allowed: () => true,
    isThere: () => true,
    warm: () => Promise.resolve(),
    callsOf: () => 1,
    reloaded: () => [],
    sessions: () => tasks,
    record: (event) => lines.push(event),
  });
  warmer.begin('start');
  for (let turn = 0; turn < 20 && lines.length === 0; turn += 1) await clock.advance(0);
  expect(lines.map(({ title }) => title)).toEqual(['Warmed 20 sessions in 0.0 s']);
  expect(most).toBe(1);
  expect([...new Set(asked)]).toEqual(Array.from({ length: 20 }, (_, n) => `user${24 - n}@example.com`));
});
