import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { status, totals, vpnOf } from '../../support/page-world.ts';
import { startCoreOnScript } from '../../support/core-on-script.ts';
import type { CoreOnScript } from '../../support/core-on-script.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { writeAndDie } from '../../support/killed-writer.ts';
import { minute, second, start } from './history-bed.ts';

const folder = mkdtempSync(join(tmpdir(), 'cachedeck-killed-core-'));
const writer = fileURLToPath(new URL('core-writer.ts', import.meta.url));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Polls the VPN at each tick, as one page does. */
async function watch({ clock, client }: CoreOnScript, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5 * second) {
    await clock.advance(5000 - (clock.wall() % 5000) + 30);
    await client.call('vpn.status', {});
    await clock.advance(1500);
  }
}

test('killed while it ran and started half an hour later: the charts go on behind a gap', async () => {
  const minutes = await writeAndDie(writer, folder, 300);
  expect(minutes).toBeGreaterThan(2);
  // The writer may have come a little further than it could say.
  const killedBefore = start + (minutes + 5) * minute;
  const startedAgain = start + (minutes + 30) * minute;
  const app = await startCoreOnScript({
    clock: new FakeClock(startedAgain),
    options: { dataFolder: folder },
  });
  app.script.values = { engineTotals: totals, orchestratorStatus: status, vpnStatus: vpnOf() };
  await watch(app, 5 * minute);
  const range = { from: start, to: app.clock.wall(), points: 240 };
  const history = await app.client.call('history.query', range);
  const { at, bucketMs, scopes } = await app.client.call('history.scopes', range);
  const { bands } = await app.client.call('history.bands', { from: range.from, to: range.to });
  const { events } = await app.client.call('events.list', {
    kinds: ['start'],
    severities: null,
    search: '',
    from: null,
    to: null,
    before: null,
    limit: 10,
  });
  await app.core.stop();

  const gaps = (times: readonly number[], width: number) =>
    times.slice(1).flatMap((one, n) => {
      const before = times[n] ?? one;
      return one - before > width ? [{ from: before, to: one }] : [];
    });
  for (const [times, width] of [
    [history.at, history.bucketMs],
    [at, bucketMs],
  ] as const) {
    const [gap, ...more] = gaps(times, width);
    expect(more).toEqual([]);
    expect(gap?.from).toBeGreaterThanOrEqual(start + minutes * minute - 6 * second - width);
    expect(gap?.from).toBeLessThan(killedBefore);
    expect(gap?.to).toBeGreaterThanOrEqual(startedAgain - width);
  }
  // Every poll of both runs that was said to be written, less the first, before which nothing was stored.
  const vpn = scopes.find(({ scope }) => scope === 'vpn:status');
  const hits = (vpn?.hits ?? []).reduce<number>((sum, n) => sum + (n ?? 0), 0);
  expect(hits).toBeGreaterThanOrEqual(12 * (minutes + 5) - 2);
  // Closed from its last sign of life on; the event log says how it ended.
  expect(bands).toHaveLength(1);
  const [closed] = bands;
  expect(closed).toMatchObject({ kind: 'closed', to: startedAgain });
  expect(closed?.from).toBeGreaterThanOrEqual(start + minutes * minute - 6 * second);
  expect(closed?.from).toBeLessThan(killedBefore);
  expect(events[0]?.title).toBe('Cachedeck started again; the last run ended without a stop');
});
