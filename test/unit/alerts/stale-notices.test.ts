import { beforeEach, expect, test } from 'vitest';
import type { Notice } from '../../../shared/contract/app.ts';
import type { Failure } from '../../../shared/model/reading.ts';
import { watchedResources } from '../../../shared/model/resources.ts';
import type { WatchedResource } from '../../../shared/model/resources.ts';
import { StaleNotices } from '../../../electron/core/alerts/stale-notices.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { reading } from '../../support/readings.ts';

const refused: Failure = {
  code: 'unreachable',
  message: 'Connection refused.',
  since: 0,
  count: 4,
  nextTryAt: null,
};

let clock: FakeClock;
let lastGood: Map<WatchedResource, number | null>;
let failing: Set<WatchedResource>;
let notices: StaleNotices;
let sent: Notice[];
let paused: boolean;

beforeEach(() => {
  clock = new FakeClock();
  lastGood = new Map(watchedResources.map((key) => [key, clock.mono()]));
  failing = new Set();
  paused = false;
  sent = [];
  notices = new StaleNotices({
    clock,
    timeOfDay: () => '14:02:15',
    read: (key) => {
      const at = lastGood.get(key) ?? null;
      return reading(at === null ? null : 1, {
        age: at === null ? null : clock.mono() - at,
        failure: failing.has(key) ? refused : null,
      });
    },
  });
  notices.onNotice((notice) => sent.push(notice));
});

/** Ticks once a second; what does not fail is loaded at each second. */
async function run(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await clock.advance(1000);
    if (!paused) for (const key of watchedResources) if (!failing.has(key)) lastGood.set(key, clock.mono());
    notices.tick(paused);
  }
}

test('healthy sources send nothing', async () => {
  await run(120);
  expect(sent).toEqual([]);
});

test('one stale source: one notice after six intervals and the group wait, one when it is live again', async () => {
  await run(10);
  failing.add('vpn:status');
  await run(34);
  expect(sent).toHaveLength(0);
  await run(1);
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({
    kind: 'stale',
    title: 'VPN status is stale',
    body: 'Last good value 35 s ago (14:02:15). Last 4 tries failed: Connection refused. Showing the old value.',
    resources: ['vpn:status'],
  });
  await run(300);
  expect(sent).toHaveLength(1);
  failing.delete('vpn:status');
  await run(6);
  expect(sent).toHaveLength(2);
  expect(sent[1]).toMatchObject({ kind: 'recovered', title: 'VPN status is live again' });
  await run(60);
  expect(sent).toHaveLength(2);
});

test('a whole backend gone is one notice, and one when it is back', async () => {
  for (const key of watchedResources) failing.add(key);
  await run(60);
  expect(sent.map((notice) => notice.title)).toEqual(['3 sources are stale']);
  expect(sent[0]?.body).toContain('Engine totals (35 s), Orchestrator status (35 s), VPN status (35 s)');
  failing.clear();
  await run(30);
  expect(sent.map((notice) => notice.title)).toEqual(['3 sources are stale', '3 sources are live again']);
});

test('back within the group wait: nothing is sent at all', async () => {
  failing.add('vpn:status');
  await run(31);
  failing.delete('vpn:status');
  await run(60);
  expect(sent).toEqual([]);
});

test('no value since the start is told after six intervals', async () => {
  lastGood.set('vpn:status', null);
  failing.add('vpn:status');
  await run(36);
  expect(sent.map((notice) => notice.title)).toEqual(['No data yet from VPN status']);
});

test('what never answered is told with the time since the start, whatever sleep there was', async () => {
  lastGood.set('vpn:status', null);
  failing.add('vpn:status');
  await run(20);
  notices.rearm();
  await run(36);
  expect(sent[0]?.body).toContain('Nothing received for 55 s.');
});

test('what turns out to be unsupported within the group wait is not told', async () => {
  let supported = true;
  const own = new StaleNotices({
    clock,
    timeOfDay: String,
    read: (key) => reading(null, { supported: supported || key !== 'vpn:status', failure: refused }),
  });
  own.onNotice((notice) => sent.push(notice));
  for (let second = 0; second < 40; second += 1) {
    await clock.advance(1000);
    if (second === 32) supported = false;
    own.tick(false);
  }
  expect(sent.map((notice) => notice.resources)).toEqual([['stats:total', 'orchestrator:status']]);
});

test('eight hours of sleep alert nobody; a backend really gone afterwards does', async () => {
  await run(10);
  await clock.advance(8 * 3_600_000);
  notices.rearm();
  notices.tick(false);
  await run(20);
  expect(sent).toEqual([]);
  for (const key of watchedResources) failing.add(key);
  await run(36);
  expect(sent).toHaveLength(1);
});

test('a pause counts for nothing', async () => {
  paused = true;
  await run(300);
  paused = false;
  await run(20);
  expect(sent).toEqual([]);
});

test('what a backend does not report is never stale', async () => {
  const silent = new StaleNotices({
    clock,
    timeOfDay: String,
    read: () => reading(null, { supported: false }),
  });
  silent.onNotice((notice) => sent.push(notice));
  for (let second = 0; second < 60; second += 1) {
    await clock.advance(1000);
    silent.tick(false);
  }
  expect(sent).toEqual([]);
});
