import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { LoggedEvent } from '../../../shared/contract/events.ts';
import type { Client } from '../../../shared/rpc/client.ts';
import { startCoreOnDemo } from '../../support/core-on-demo.ts';
import type { CoreOnDemo } from '../../support/core-on-demo.ts';

// The whole core on the embedded demo, over real HTTP and on the machine's clock.

function startOnDemo(dataFolder: string): Promise<CoreOnDemo> {
  const environment = { CACHEDECK_DEMO_ENGINES: '4', CACHEDECK_DEMO_STREAMS: '6' };
  return startCoreOnDemo({ dataFolder, environment });
}

/** The next line about warming that the event log gets after `known`. */
function nextLine(client: Client, known: number): Promise<LoggedEvent> {
  return new Promise((resolve) => {
    client.subscribe('events.latest', (events) => {
      const line = events.find(({ kind, id }) => kind === 'warming' && id > known);
      if (line) resolve(line);
    });
  });
}

test('on the demo: warmed at the start and after a clear, each resource asked once; a session outlives a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cachedeck-warming-'));
  const first = await startOnDemo(folder);
  const running = { core: first.core };
  onTestFinished(async () => {
    await running.core.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const line = await nextLine(first.client, -1);
  expect(line.title).toMatch(/^Warmed 3 resources in \d+\.\d s$/);
  await first.client.call('settings.change', {
    warming: { on: true, resources: ['vpn:status', 'engines:list', 'workstations_list'], sessions: true },
  });
  const { users } = await new Promise<{ users: readonly { user: string; kind: string }[] }>((resolve) => {
    first.client.subscribe('portal.state', (state) => resolve(state));
  });
  const user = users.find(({ kind }) => kind === 'service')?.user ?? '';
  await first.client.call('portal.context', { user });
  await first.client.call('cache.resetStatistics', {});
  await first.client.call('cache.clear', {});
  const afterClear = await nextLine(first.client, line.id);
  expect(afterClear.title).toMatch(/^Warmed 3 resources in \d+\.\d s$/);
  const { keys } = await first.client.call('cache.statistics', {});
  const loads = Object.fromEntries(keys.map(({ key, counters }) => [key, counters.loads]));
  expect(loads).toMatchObject({ 'engines:list': 1, workstations_list: 1 });
  expect((await first.client.call('workstations.list', {})).reading).toMatchObject({ served: 'hit' });
  await first.core.stop();

  const second = await startOnDemo(folder);
  running.core = second.core;
  expect((await nextLine(second.client, afterClear.id)).title).toMatch(/^Warmed 3 resources in \d+\.\d s$/);
  const { warming } = await second.client.call('tuning.state', {});
  expect(warming?.items.map(({ key, state }) => [key, state])).toEqual([
    ['vpn:status', 'ok'],
    ['engines:list', 'ok'],
    ['workstations_list', 'ok'],
    [expect.stringMatching(/^session:[^@]•••/), 'fresh'],
  ]);
});
