import { writeSync } from 'node:fs';
import { status, totals, vpnOf } from '../../support/page-world.ts';
import { startCoreOnScript } from '../../support/core-on-script.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { start } from './history-bed.ts';

/**
 * `node core-writer.ts <folder>`: the whole core on a clock that runs as fast as it can, polled as by one page; says how
 * many minutes have passed since `start`. Ends when it is killed.
 */
const [folder = ''] = process.argv.slice(2);
const clock = new FakeClock(start);
const app = await startCoreOnScript({ clock, options: { dataFolder: folder } });
app.script.values = { engineTotals: totals, orchestratorStatus: status, vpnStatus: vpnOf() };
for (let minutes = 1; ; minutes += 1) {
  for (let tick = 0; tick < 12; tick += 1) {
    await clock.advance(5000 - (clock.wall() % 5000) + 30);
    await app.client.call('vpn.status', {});
    await clock.advance(1500);
  }
  // Waits for the reader: what is in `process.stdout` at the kill was never said.
  writeSync(1, `${minutes}\n`);
}
