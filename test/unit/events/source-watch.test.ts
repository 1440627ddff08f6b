import { beforeEach, expect, test } from 'vitest';
import { watchedResources } from '../../../shared/model/resources.ts';
import { WatchBed } from '../../support/watch-bed.ts';

let bed: WatchBed;

beforeEach(() => {
  bed = new WatchBed();
});

/** A bed whose first values have been told. */
async function started(): Promise<void> {
  await bed.run(10);
  bed.news();
}

test('the first values of all sources are one quiet line, once', async () => {
  await bed.run(300);
  expect(bed.told).toEqual([
    {
      kind: 'state',
      severity: 'info',
      title: 'First values received',
      detail: 'Engine totals, Orchestrator status, VPN status.',
    },
  ]);
});

test('what this backend does not report is named there and is no event', async () => {
  bed.missing.add('vpn:status');
  await bed.run(60);
  expect(bed.told.map(({ detail }) => detail)).toEqual([
    'Engine totals, Orchestrator status. Not reported by this backend: VPN status.',
  ]);
});

test('failing, stale and live again are told once each, with age, reason and how long it was away', async () => {
  await started();
  bed.failing.add('vpn:status');
  await bed.run(60);
  expect(bed.told.splice(0)).toEqual([
    {
      kind: 'state',
      severity: 'attention',
      subject: 'vpn:status',
      title: 'VPN status is failing',
      detail: 'Last good value 10 s ago. Last 2 tries failed: No answer within 4.5 s.',
    },
    {
      kind: 'state',
      severity: 'attention',
      subject: 'vpn:status',
      title: 'VPN status is stale',
      detail: 'Last good value 30 s ago. Last 6 tries failed: No answer within 4.5 s.',
    },
  ]);
  bed.failing.clear();
  await bed.run(60);
  expect(bed.told).toEqual([
    {
      kind: 'state',
      severity: 'info',
      subject: 'vpn:status',
      title: 'VPN status is live again',
      detail: 'Was away for 55 s.',
    },
  ]);
});

test('one failed try, a late value and a slow load are no events', async () => {
  await started();
  bed.failing.add('vpn:status');
  await bed.run(5);
  bed.failing.clear();
  bed.change.updatingFor = 3000;
  await bed.run(30);
  expect(bed.news()).toEqual([]);
});

test('a source that fails from the start has no data; then it is told how long there was none', async () => {
  bed.failing.add('stats:total');
  await bed.run(40);
  expect(bed.told.splice(0)).toEqual([
    {
      kind: 'state',
      severity: 'bad',
      subject: 'stats:total',
      title: 'No data from Engine totals',
      detail: 'Last try failed: No answer within 4.5 s.',
    },
    expect.objectContaining({
      title: 'First values received',
      detail: 'Orchestrator status, VPN status.',
    }),
  ]);
  bed.failing.clear();
  await bed.run(10);
  expect(bed.told.map(({ title, detail }) => [title, detail])).toEqual([
    ['Engine totals are live', 'There was no data for 40 s.'],
  ]);
});

test('a backend that never answers says no first values', async () => {
  for (const key of watchedResources) bed.failing.add(key);
  await bed.run(120);
  expect(bed.news()).toEqual([
    'No data from Engine totals',
    'No data from Orchestrator status',
    'No data from VPN status',
  ]);
});

test('a value of an earlier run is neither live nor stale until it has been watched for six polls', async () => {
  bed.load();
  for (const key of watchedResources) bed.failing.add(key);
  bed.change.served = 'restored';
  bed.change.failure = null;
  bed.change.age = 9 * 3_600_000;
  await bed.run(29);
  expect(bed.news()).toEqual([]);
  await bed.run(1);
  expect(bed.told[0]).toMatchObject({
    title: 'Engine totals are stale',
    detail: 'Last good value 9 h 00 min ago.',
  });
});

test('an endpoint that goes away and comes back', async () => {
  await started();
  bed.missing.add('vpn:status');
  await bed.run(10);
  bed.missing.clear();
  await bed.run(10);
  expect(bed.news()).toEqual(['VPN status is not reported any more', 'VPN status is live again']);
});

test('a pause makes nothing stale', async () => {
  await started();
  bed.paused = true;
  await bed.run(600);
  bed.paused = false;
  for (const key of watchedResources) bed.failing.add(key);
  await bed.run(5);
  for (const key of watchedResources) bed.failing.delete(key);
  await bed.run(60);
  expect(bed.news()).toEqual([]);
});

test('sleep makes nothing stale; a backend gone afterwards is', async () => {
  await started();
  await bed.clock.advance(8 * 3_600_000);
  bed.failing.add('vpn:status');
  await bed.run(29);
  expect(bed.news()).toEqual(['VPN status is failing']);
  await bed.run(2);
  expect(bed.news()).toEqual(['VPN status is stale']);
});

test('a stale source that is watched anew stays told as stale', async () => {
  await started();
  bed.failing.add('vpn:status');
  await bed.run(60);
  bed.news();
  await bed.clock.advance(3_600_000);
  await bed.run(60);
  expect(bed.news()).toEqual([]);
});

test('a flapping source is told six times, then once as unstable, and once when it has settled', async () => {
  await started();
  for (let round = 0; round < 20; round += 1) {
    bed.failing.add('vpn:status');
    await bed.run(20);
    bed.failing.clear();
    await bed.run(20);
  }
  const told = bed.told.splice(0);
  expect(told).toHaveLength(7);
  expect(told.map(({ title }) => title)).toEqual([
    ...Array.from({ length: 3 }, () => ['VPN status is failing', 'VPN status is live again']).flat(),
    'VPN status is unstable',
  ]);
  expect(told.at(-1)).toMatchObject({
    severity: 'attention',
    detail: 'More than 6 changes in 15 min. Quiet until it holds still for 15 min.',
  });
  await bed.run(870);
  expect(bed.news()).toEqual([]);
  await bed.run(30);
  expect(bed.told.splice(0)).toEqual([
    expect.objectContaining({
      severity: 'info',
      subject: 'vpn:status',
      title: 'VPN status has settled',
      detail: 'Live for 15 min after 40 changes.',
    }),
  ]);
  bed.failing.add('vpn:status');
  await bed.run(20);
  expect(bed.news()).toEqual(['VPN status is failing']);
});

test('an unstable source that settles as stale says so', async () => {
  await started();
  for (let round = 0; round < 4; round += 1) {
    bed.failing.add('vpn:status');
    await bed.run(20);
    bed.failing.clear();
    await bed.run(20);
  }
  bed.failing.add('vpn:status');
  bed.news();
  await bed.run(1000);
  expect(bed.told.map(({ severity, title, detail }) => [severity, title, detail])).toEqual([
    ['attention', 'VPN status has settled', 'Stale for 15 min after 10 changes.'],
  ]);
});

test('sleep does not count as holding still', async () => {
  await started();
  for (let round = 0; round < 4; round += 1) {
    bed.failing.add('vpn:status');
    await bed.run(20);
    bed.failing.clear();
    await bed.run(20);
  }
  bed.news();
  await bed.clock.advance(3_600_000);
  await bed.run(800);
  expect(bed.news()).toEqual([]);
  await bed.run(120);
  expect(bed.news()).toEqual(['VPN status has settled']);
});

test('six changes slowly enough are all told', async () => {
  await started();
  for (let round = 0; round < 10; round += 1) {
    bed.failing.add('vpn:status');
    await bed.run(20);
    bed.failing.clear();
    await bed.run(300);
  }
  expect(bed.news()).toHaveLength(20);
});
