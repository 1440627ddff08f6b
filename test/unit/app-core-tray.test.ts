import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TrayModel } from '../../shared/contract/app.ts';
import { everyAlert } from '../../shared/model/alerts.ts';
import { SourceError } from '../../electron/core/sources/source-error.ts';
import { status, totals, vpnOf } from '../support/page-world.ts';
import { startCoreOnScript } from '../support/core-on-script.ts';
import type { CoreOnScript } from '../support/core-on-script.ts';

let app: CoreOnScript;
let told: TrayModel[];

beforeEach(async () => {
  app = await startCoreOnScript();
  app.script.values = {
    engineTotals: () => ({ ...totals, networkRxBytes: app.clock.wall() }),
    orchestratorStatus: { ...status, engines: { ...status.engines, unhealthy: 0 } },
    vpnStatus: vpnOf(),
  };
  told = [];
  app.core.tray.subscribe(({ value }) => told.push(value));
});

afterEach(() => app.core.stop());

function now(): TrayModel | undefined {
  return told.at(-1);
}

function texts(): string[] {
  return now()?.lines.map(({ text }) => text) ?? [];
}

/** Lets minutes pass, polling the VPN as one page does. */
async function watch(minutes: number): Promise<void> {
  for (let poll = 0; poll < minutes * 12; poll += 1) {
    await app.clock.advance(5000 - (app.clock.wall() % 5000) + 30);
    await app.client.call('vpn.status', {});
  }
}

test('in a normal hour the tray is told once the five minutes of the rate are full, and never again', async () => {
  await watch(6);
  const { length } = told;
  await watch(60);
  expect(told.length - length).toBe(0);
  expect(texts().at(-1)).toBe('Hit rate 5 min: 100 % (n 60)');
});

test('while nobody answers for ten minutes it is told at most every 15 s', async () => {
  await app.clock.advance(60_000);
  app.script.failure = new SourceError('unreachable', 'Connection refused.');
  await app.clock.advance(120_000);
  const { length } = told;
  await app.clock.advance(600_000);
  expect(told.length - length).toBeLessThanOrEqual(600 / 15);
  expect(now()?.state).toBe('bad');
  expect(texts().at(-1)).toMatch(/^1 alert firing: Orchestrator is not answering · since \d\d:\d\d$/);
});

test('what fires is told within the second, and muting it shows when that ends', async () => {
  await app.clock.advance(60_000);
  app.script.values = { ...app.script.values, vpnStatus: vpnOf({ connected: false }) };
  await app.clock.advance(120_000);
  expect(texts().at(-1)).toMatch(/^1 alert firing: VPN disconnected · since \d\d:\d\d$/);
  app.core.snooze([everyAlert], '15m');
  await app.clock.advance(1000);
  expect(texts().at(-1)).toMatch(/^Alerts snoozed until \d\d:\d\d$/);
  expect(now()?.state).toBe('bad'); // muted is not over
  expect(now()?.actions.map(({ id }) => id)).toContain('unsnooze');
  app.core.unsnooze([everyAlert]);
  await app.clock.advance(1000);
  expect(texts().at(-1)).toMatch(/^1 alert firing: VPN disconnected · since \d\d:\d\d$/);
  expect(now()?.actions.map(({ id }) => id)).toContain('snooze');
});

test('what cannot be muted is logged', async () => {
  app.core.snooze(['demo/no-such-rule/vpn:status'], '1h');
  await app.clock.advance(0);
  expect(app.lines.filter((line) => line.startsWith('warn: alerts.snooze: '))).toHaveLength(1);
});
