import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startCoreOnScript } from '../../support/core-on-script.ts';
import type { CoreOnScript } from '../../support/core-on-script.ts';
import { status, totals, vpnOf } from '../../support/page-world.ts';
import { ScriptedUpdater } from '../../support/scripted-updater.ts';

const minute = 60_000;

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'cachedeck-told-'))));
afterEach(() => rmSync(folder, { recursive: true }));

async function started(updater: ScriptedUpdater, online = () => true): Promise<CoreOnScript> {
  // With no chance in it, the first look is after three minutes.
  const options = { updates: { updater }, dataFolder: folder, online, random: () => 0 };
  const bed = await startCoreOnScript({ options });
  bed.script.values = { engineTotals: totals, orchestratorStatus: status, vpnStatus: vpnOf() };
  return bed;
}

/** Titles of the events that tell of a version, oldest first. */
async function tellings({ client }: CoreOnScript): Promise<string[]> {
  const { events } = await client.call('events.list', {
    kinds: ['update'],
    severities: null,
    search: '',
    from: null,
    to: null,
    before: null,
    limit: 50,
  });
  return events.map(({ title }) => title).toReversed();
}

describe('updates, through the core', { timeout: 20_000 }, () => {
  it('a newer version is one event, also over a restart; no alert and no message tells of it', async () => {
    const messages: string[] = [];
    for (let run = 0; run < 2; run += 1) {
      const updater = new ScriptedUpdater();
      updater.answer = '1.2.0';
      const bed = await started(updater);
      bed.core.onMessage(({ title, body }) => messages.push(`${title} ${body}`));
      await bed.clock.advance(4 * minute);
      expect(updater.checks).toBe(1);
      expect(await tellings(bed)).toEqual(['Version 1.2.0 of Cachedeck is there']);
      await bed.core.stop();
    }
    expect(messages.filter((message) => message.includes('1.2.0'))).toEqual([]);
  });

  it.each<[string, (bed: CoreOnScript) => unknown, (bed: CoreOnScript) => unknown]>([
    [
      'the setting is off',
      ({ client }) => client.call('settings.change', { checkForUpdates: false }),
      ({ client }) => client.call('settings.change', { checkForUpdates: true }),
    ],
    ['on battery', ({ core }) => core.setOnBattery(true), ({ core }) => core.setOnBattery(false)],
    ['paused', ({ core }) => core.setPaused(true), ({ core }) => core.setPaused(false)],
  ])('nothing is looked up by itself while %s', async (_, hold, release) => {
    const updater = new ScriptedUpdater();
    updater.answer = null;
    const bed = await started(updater);
    await hold(bed);
    await bed.clock.advance(4 * minute);
    expect(updater.checks).toBe(0);
    await release(bed);
    await bed.clock.advance(15 * minute);
    expect(updater.checks).toBe(1);
    await bed.core.stop();
  });

  it('nothing is looked up by itself without a network, but when somebody asks it is', async () => {
    const updater = new ScriptedUpdater();
    updater.answer = null;
    const bed = await started(updater, () => false);
    await bed.clock.advance(4 * minute);
    expect(updater.checks).toBe(0);
    await bed.client.call('updates.check', {});
    expect(updater.checks).toBe(1);
    await bed.core.stop();
  });

  it('steps are refused in words where there is nothing to take', async () => {
    const bed = await started(new ScriptedUpdater());
    for (const [call, why] of [
      ['updates.download', 'There is nothing to download.'],
      ['updates.install', 'No newer version is ready to be installed.'],
    ] as const) {
      await expect(bed.client.call(call, {})).rejects.toMatchObject({ code: 'conflict', message: why });
    }
    await bed.core.stop();
  });
});
