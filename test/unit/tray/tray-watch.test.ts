import { expect, test } from 'vitest';
import { TrayWatch } from '../../../electron/core/tray/tray-watch.ts';
import type { WorkstationList } from '../../../shared/contract/workstations.ts';
import { status, totals, vpnOf } from '../../support/page-world.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { reading } from '../../support/readings.ts';

test('the hit rate is looked at every 15 s, everything else every second', async () => {
  const clock = new FakeClock(1_000_000_005_000); // a multiple of 15 s
  let percent = 66.4;
  let paused = false;
  const tray = new TrayWatch({
    clock,
    facts: () => ({
      totals: reading(totals),
      orchestrator: reading(status),
      vpn: reading(vpnOf()),
      portal: { connected: false, url: null, users: [] },
      workstations: reading<WorkstationList>(null),
      alerts: { firing: [], snoozedUntil: null },
      paused,
      pausedUntil: null,
      refreshing: false,
      canQuit: true,
      shortTime: String,
    }),
    hitRate5m: () => ({ percent, n: 180 }),
  });
  const told: string[] = [];
  tray.feed.subscribe(({ value }) => told.push(`${value.state} ${value.lines.at(-1)?.text ?? ''}`));
  const run = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      await clock.advance(1000);
      tray.update();
    }
  };
  await run(4);
  percent = 66.6;
  await run(5);
  percent = 70;
  await run(10);
  paused = true;
  await run(30);
  expect(told.map((text) => text.replace('Hit rate 5 min: ', ''))).toEqual([
    'ok 66 % (n 180)',
    'ok 70 % (n 180)',
    'paused 70 % (n 180)',
  ]);
});
