import { beforeEach, expect, test } from 'vitest';
import { AlertService } from '../../../electron/core/alerts/alert-service.ts';
import { Delivery } from '../../../electron/core/alerts/delivery.ts';
import { openHistoryStore } from '../../../electron/core/history/store/history-store.ts';
import type { HistoryStore } from '../../../electron/core/history/store/history-store.ts';
import { silentLog } from '../../../electron/core/log.ts';
import { Redactor } from '../../../electron/core/logs/redact.ts';
import { defaultSettings } from '../../../electron/core/settings/values.ts';
import { Problems } from '../../../electron/core/storage/problems.ts';
import type { VpnStatus } from '../../../shared/contract/orchestrator.ts';
import { alertsContract } from '../../../shared/contract/alerts.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { status, totals, vpnOf } from '../../support/page-world.ts';
import { reading } from '../../support/readings.ts';

const profile = { id: 'lab', name: 'Lab', kind: 'stored' } as const;

let clock: FakeClock;
let history: HistoryStore;
let redactor: Redactor;
let delivery: Delivery;
let service: AlertService;
let vpn: VpnStatus;
let expiring: { sessions: number; calls: number };
/** How often the sessions of all users were looked at. */
let looks: number;
let stretch: number;

beforeEach(() => {
  clock = new FakeClock(Date.UTC(2026, 10, 21, 8));
  history = openHistoryStore({ folder: null, clock, problems: new Problems(clock), log: silentLog });
  redactor = new Redactor();
  const clean = (text: string): string => redactor.clean(text);
  delivery = new Delivery({ clock, settings: () => defaultSettings, history: history.alerts, clean });
  vpn = vpnOf();
  expiring = { sessions: 0, calls: 0 };
  looks = 0;
  stretch = 1;
  service = new AlertService({
    clock,
    profile,
    nameOf: () => null,
    settings: () => defaultSettings,
    history: history.alerts,
    delivery,
    clean,
    online: () => true,
    stretch: () => stretch,
    timeOfDay: (at) => new Date(at).toISOString().slice(11, 19),
    reads: {
      readings: () => {
        const now = { loadedAt: clock.wall(), age: 0, interval: 5000 * stretch };
        return {
          'stats:total': reading({ ...totals, networkRxBytes: clock.wall() }, now),
          'orchestrator:status': reading({ ...status, engines: { ...status.engines, unhealthy: 0 } }, now),
          'vpn:status': reading(vpn, now),
        };
      },
      hitRate5m: () => ({ percent: 100, n: 50 }),
      refreshAhead: () => true,
      expiring: () => {
        looks += 1;
        return expiring;
      },
      paused: () => false,
    },
  });
});

/** A load of each source ends in every second, then the tick. */
async function run(seconds: number): Promise<void> {
  for (let n = 0; n < seconds; n += 1) {
    await clock.advance(1000);
    for (const resource of ['stats:total', 'orchestrator:status', 'vpn:status'] as const) {
      service.ended({ at: clock.wall(), resource, ms: 100, outcome: 'ok', calls: 1, transport: false });
    }
    service.tick();
  }
}

test('sessions that expire are told in the window only, and the click leads to them', async () => {
  expiring = { sessions: 2, calls: 5 };
  await run(20);
  expect(delivery.messages.value).toMatchObject([
    { kind: 'firing', way: 'none', route: '#/sessions', title: '2 sessions expire within 1 h' },
  ]);
  expect(delivery.messages.value[0]?.why).toMatch(/window only/);
});

test('the sessions of all users are not looked at every second', async () => {
  await run(60);
  expect(looks).toBeLessThanOrEqual(7);
});

test('what the server calls its VPNs carries no secret on', async () => {
  redactor.add('key-of-the-lab');
  vpn = vpnOf({
    emergency: { active: true, failedVpn: 'key-of-the-lab', healthyVpn: 'b', durationSeconds: 5 },
  });
  await run(20);
  const told = JSON.stringify([service.state.value, delivery.messages.value, history.alerts.list(null, 9)]);
  expect(told).toContain('emergency');
  expect(told).not.toContain('key-of-the-lab');
});

test('a load that was cancelled says nothing of the backend', async () => {
  await run(5);
  for (let n = 0; n < 60; n += 1) {
    await clock.advance(1000);
    service.ended({
      at: clock.wall(),
      resource: 'vpn:status',
      ms: 1,
      outcome: 'cancelled',
      calls: 1,
      transport: false,
    });
    for (const resource of ['stats:total', 'orchestrator:status'] as const) {
      service.ended({ at: clock.wall(), resource, ms: 1, outcome: 'timeout', calls: 1, transport: true });
    }
    service.tick();
  }
  // Had the cancelled ones counted as failures, every source would have failed.
  expect(service.state.value.active.map(({ rule }) => rule)).not.toContain('unreachable');
});

test('an interval stretched on battery stretches what the rules say', async () => {
  await run(1);
  const stale = (): string | undefined =>
    service.state.value.rules.find(({ rule }) => rule === 'stale')?.text;
  expect(stale()).toContain('30 s (6 polls)');
  stretch = 3;
  await run(1);
  expect(stale()).toContain('90 s (6 polls)');
});

test('what pages are told fits the contract', async () => {
  vpn = vpnOf({ connected: false });
  await run(60);
  service.snooze('*', '1h');
  expect(alertsContract['alerts.state'].value.parse(service.state.value)).toEqual(service.state.value);
  expect(service.state.value.firing).toBe(1);
  expect(service.state.value.active[0]).toMatchObject({ rule: 'vpn-down', severity: 'bad' });
});
