import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDocument } from '../../../electron/core/storage/document.ts';
import { StoreError } from '../../../electron/core/storage/store-file.ts';
import type { StoredDocument } from '../../../electron/core/storage/document.ts';
import { Problems } from '../../../electron/core/storage/problems.ts';
import { updatesDocument } from '../../../electron/core/updates/told-versions.ts';
import type { ToldVersions } from '../../../electron/core/updates/told-versions.ts';
import { UpdateService } from '../../../electron/core/updates/update-service.ts';
import { FakeClock, settle } from '../../support/fake-clock.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import { ScriptedUpdater } from '../../support/scripted-updater.ts';

const minute = 60_000;
const hour = 60 * minute;

function inMemory(clock: FakeClock): StoredDocument<ToldVersions> {
  return openDocument({
    ...updatesDocument,
    folder: null,
    clock,
    problems: new Problems(clock),
    openStore: () => {
      throw new Error('nothing is opened in memory');
    },
  });
}

function start(random = 0, document?: StoredDocument<ToldVersions>, clock = new FakeClock()) {
  const updater = new ScriptedUpdater();
  const told: string[] = [];
  const may = { look: true };
  const service = new UpdateService({
    way: { updater },
    clock,
    random: () => random,
    mayLook: () => may.look,
    document: document ?? inMemory(clock),
    tell: (version) => told.push(version),
  });
  return {
    clock,
    updater,
    told,
    may,
    service,
    state: () => service.state.value,
  };
}

/** One that has found a version. */
async function withFound(version = '1.2.0') {
  const bed = start();
  bed.updater.answer = version;
  bed.service.check();
  await settle();
  return bed;
}

describe('looking', () => {
  it('begins 3 to 15 minutes after the start, by chance, and goes on once a day', async () => {
    const early = start(0);
    const late = start(0.999);
    for (const { updater } of [early, late]) updater.answer = null;
    await Promise.all([early.clock.advance(3 * minute - 1), late.clock.advance(14 * minute)]);
    expect([early.updater.checks, late.updater.checks]).toEqual([0, 0]);
    await Promise.all([early.clock.advance(1), late.clock.advance(minute)]);
    expect([early.updater.checks, late.updater.checks]).toEqual([1, 1]);
    await early.clock.advance(24 * hour - 1);
    expect(early.updater.checks).toBe(1);
    await early.clock.advance(1);
    expect(early.updater.checks).toBe(2);
    await early.clock.advance(30 * 24 * hour);
    expect(early.updater.checks).toBe(32);
  });

  it('counts hours asleep, in which no timer runs', async () => {
    const { clock, updater } = start();
    updater.answer = null;
    await clock.advance(3 * minute);
    clock.jumpWall(24 * hour);
    await clock.advance(15 * minute);
    expect(updater.checks).toBe(2);
  });

  it('waits while it may not, and looks a quarter of an hour after it may at the latest', async () => {
    const { clock, updater, may, state } = start();
    updater.answer = null;
    may.look = false;
    await clock.advance(5 * 24 * hour);
    expect(updater.checks).toBe(0);
    expect(state().stage).toBe('unknown');
    may.look = true;
    await clock.advance(15 * minute);
    expect(updater.checks).toBe(1);
  });

  it('says what it does and what it found', async () => {
    const { clock, service, updater, state } = start();
    const stages: string[] = [];
    service.state.subscribe(({ value }) => stages.push(value.stage));
    service.check();
    service.check();
    expect(updater.checks).toBe(1);
    updater.found(null);
    await settle();
    expect(stages).toEqual(['unknown', 'checking', 'current']);
    expect(state()).toMatchObject({ version: null, checkedAt: clock.wall(), why: null });
  });

  it('keeps a failure to itself and tries again a day later', async () => {
    const { clock, updater, told, state } = start();
    updater.answer = new Error('The update server could not be reached (ECONNREFUSED).');
    await clock.advance(3 * minute);
    expect(state()).toMatchObject({
      stage: 'failed',
      why: 'The update server could not be reached (ECONNREFUSED).',
      checkedAt: null,
    });
    await clock.advance(24 * hour - 1);
    expect(updater.checks).toBe(1);
    updater.answer = '1.2.0';
    await clock.advance(1);
    expect(state()).toMatchObject({ stage: 'available', version: '1.2.0', why: null });
    expect(told).toEqual(['1.2.0']);
  });

  it('does not wait longer than a minute, and hears nothing of what comes then', async () => {
    const { clock, service, updater, told, state } = start();
    service.check();
    await clock.advance(minute);
    expect(state()).toMatchObject({
      stage: 'failed',
      why: 'The update server did not answer within a minute.',
    });
    updater.found('1.2.0');
    await settle();
    expect(state().stage).toBe('failed');
    expect(told).toEqual([]);
  });
});

describe('telling', () => {
  it('is done once for each version', async () => {
    const { clock, updater, told } = start();
    updater.answer = '1.2.0';
    await clock.advance(5 * 24 * hour);
    updater.answer = '1.3.0';
    await clock.advance(5 * 24 * hour);
    updater.answer = '1.2.0';
    await clock.advance(5 * 24 * hour);
    expect(told).toEqual(['1.2.0', '1.3.0']);
  });

  it('is not repeated after a restart; the state says it all the same', async () => {
    const clock = new FakeClock();
    const document = inMemory(clock);
    const first = start(0, document, clock);
    first.updater.answer = '1.2.0';
    await clock.advance(hour);
    first.service.stop();
    const second = start(0, document, clock);
    second.updater.answer = '1.2.0';
    await clock.advance(hour);
    expect([first.told, second.told]).toEqual([['1.2.0'], []]);
    expect(second.state()).toMatchObject({ stage: 'available', version: '1.2.0' });
  });

  it('is not repeated where it cannot be kept', async () => {
    const clock = new FakeClock();
    let value: ToldVersions = { told: [] };
    const document: StoredDocument<ToldVersions> = {
      get value() {
        return value;
      },
      persistent: false,
      set(next) {
        value = next;
        throw new StoreError('The disk is full.');
      },
    };
    const { updater, told } = start(0, document, clock);
    updater.answer = '1.2.0';
    await clock.advance(5 * 24 * hour);
    expect(told).toEqual(['1.2.0']);
  });

  it('never nags, whatever happens in whatever order, and downloads and installs only what was asked for', async () => {
    const step = fc.oneof(
      fc.constantFrom('1.2.0', '1.3.0', '2.0.0', null).map((version) => ({ found: version })),
      fc.constantFrom('1.2.0', '1.3.0', '2.0.0', null).map((version) => ({ day: version })),
      fc.constant({ failed: true }),
      fc.integer({ min: 1, max: 30 * 60 }).map((minutes) => ({ wait: minutes * minute })),
      fc.integer({ min: 1, max: 100 }).map((percent) => ({ moved: percent })),
      fc.constantFrom('check', 'download', 'install', 'restart', 'downloaded', 'hold', 'release'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const clock = new FakeClock();
        const document = inMemory(clock);
        let bed = start(0, document, clock);
        const told: string[] = [];
        let asked = { downloads: 0, installs: 0 };
        const attempt = (call: () => void): void => {
          try {
            call();
          } catch (error) {
            if (!(error instanceof RpcError) || error.code !== 'conflict') throw error;
          }
        };
        for (const one of steps) {
          if (typeof one === 'object') {
            if ('found' in one) bed.updater.found(one.found);
            else if ('day' in one) {
              bed.updater.answer = one.day;
              await clock.advance(25 * hour);
              bed.updater.answer = undefined;
            } else if ('failed' in one) bed.updater.failed('It failed.');
            else if ('moved' in one) bed.updater.moved(one.moved);
            else await clock.advance(one.wait);
          } else if (one === 'check') attempt(() => bed.service.check());
          else if (one === 'download') {
            asked.downloads += 1;
            attempt(() => bed.service.download());
          } else if (one === 'install') {
            asked.installs += 1;
            attempt(() => bed.service.install());
          } else if (one === 'downloaded') bed.updater.downloaded();
          else if (one === 'hold') bed.may.look = false;
          else if (one === 'release') bed.may.look = true;
          else {
            bed.service.stop();
            told.push(...bed.told);
            bed = start(0, document, clock);
            asked = { downloads: 0, installs: 0 };
          }
          await settle();
          expect(bed.updater.downloads).toBeLessThanOrEqual(asked.downloads);
          expect(bed.updater.installs).toBeLessThanOrEqual(asked.installs);
          const { stage, version, why } = bed.state();
          expect(version === null && ['available', 'downloading', 'ready'].includes(stage)).toBe(false);
          expect(why !== null).toBe(stage === 'failed');
        }
        told.push(...bed.told);
        expect(new Set(told).size).toBe(told.length);
      }),
      { numRuns: 200 },
    );
  });
});

describe('downloading', () => {
  it('is done when asked for, tells how far it is in whole percents, and ends ready', async () => {
    const { service, updater, state } = await withFound();
    const percents: (number | null)[] = [];
    service.download();
    service.download();
    service.state.subscribe(({ value }) => percents.push(value.percent));
    for (const percent of [0.2, 33.3, 33.9, 100.4]) updater.moved(percent);
    updater.downloaded();
    await settle();
    expect(updater.downloads).toBe(1);
    expect(percents).toEqual([0, 33, 100, null]);
    expect(state()).toMatchObject({ stage: 'ready', version: '1.2.0' });
  });

  it('that fails says why, keeps the version and can be tried again', async () => {
    const { service, updater, state } = await withFound();
    service.download();
    updater.failed('The disk is full.');
    await settle();
    expect(state()).toMatchObject({ stage: 'failed', version: '1.2.0', why: 'The disk is full.' });
    service.download();
    updater.downloaded();
    await settle();
    expect(state()).toMatchObject({ stage: 'ready', why: null });
  });

  it('is given up when it stands still for five minutes, however long it takes while it moves', async () => {
    const { clock, service, updater, state } = await withFound();
    service.download();
    for (let percent = 1; percent < 20; percent += 1) {
      await clock.advance(5 * minute - 1);
      updater.moved(percent);
    }
    expect(state()).toMatchObject({ stage: 'downloading', percent: 19 });
    await clock.advance(5 * minute);
    expect(state()).toMatchObject({ stage: 'failed', why: 'The download stood still for five minutes.' });
    expect(updater.givenUp).toBe(true);
  });

  it('holds looks back, and so does what is ready', async () => {
    const { clock, service, updater } = await withFound();
    service.download();
    expect(() => service.check()).toThrow('Version 1.2.0 is already being downloaded.');
    updater.downloaded();
    await settle();
    expect(() => service.check()).toThrow('Version 1.2.0 is already downloaded.');
    await clock.advance(3 * 24 * hour);
    expect(updater.checks).toBe(1);
  });

  it('is refused while nothing was found', async () => {
    const { service } = start();
    expect(() => service.download()).toThrow('There is nothing to download.');
  });

  it('ends with the app', async () => {
    const { clock, service, updater } = await withFound();
    service.download();
    service.stop();
    expect(updater.givenUp).toBe(true);
    expect(clock.pending).toBe(0);
  });
});

describe('installing', () => {
  it('is handed on once a version is ready, not before', async () => {
    const { service, updater } = await withFound();
    expect(() => service.install()).toThrow('No newer version is ready to be installed.');
    service.download();
    updater.downloaded();
    await settle();
    service.install();
    expect(updater.installs).toBe(1);
  });
});

describe('a copy that does not update itself', () => {
  it('says who does, refuses what is asked and has no timer', () => {
    const clock = new FakeClock();
    const service = new UpdateService({
      way: { updater: null, why: 'This copy is a snap: snapd updates it.' },
      clock,
      random: () => 0,
      mayLook: () => true,
      document: inMemory(clock),
      tell: () => {
        throw new Error('there is nothing to tell');
      },
    });
    expect(service.state.value).toEqual({
      stage: 'off',
      version: null,
      percent: null,
      checkedAt: null,
      why: 'This copy is a snap: snapd updates it.',
    });
    for (const call of [() => service.check(), () => service.download(), () => service.install()]) {
      expect(call).toThrow('This copy is a snap: snapd updates it.');
    }
    expect(clock.pending).toBe(0);
  });
});
