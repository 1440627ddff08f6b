import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AlertBed, hour, minute, outage, refusal, second } from '../../support/alert-bed.ts';

const vpnKey = 'environment/stale/vpn:status';

let bed: AlertBed;
beforeEach(async () => {
  bed = new AlertBed();
  await bed.start();
});
afterEach(() => bed.remove());

/** Runs healthy for a minute, then fails the VPN's reads. @returns when its last good load started, UTC ms */
async function loseVpn(): Promise<number> {
  await bed.run(minute);
  const { reading } = await bed.app.client.call('vpn.status', {});
  bed.app.script.failures = { vpnStatus: refusal };
  return reading.loadedAt ?? NaN;
}

describe('one source fails', () => {
  test('is told once at 50 s, recovers once, and all of it is in the history (A2, A5)', async () => {
    const lastOk = await loseVpn();
    await bed.run(40 * second);
    expect(bed.state.active).toMatchObject([{ key: vpnKey, state: 'pending', next: { what: 'fires' } }]);
    await bed.run(20 * second);
    expect(bed.told(lastOk)).toEqual(['50 firing VPN status is stale']);
    expect(bed.messages[0]).toMatchObject({ way: 'system', keys: [vpnKey], route: '#/alerts', tag: vpnKey });
    expect(bed.state).toMatchObject({
      firing: 1,
      active: [{ state: 'firing', announcedAt: bed.messages[0]?.at }],
    });

    bed.app.script.failures = {};
    await bed.run(2 * minute);
    expect(bed.messages.map(({ kind, title }) => `${kind} ${title}`)).toEqual([
      'firing VPN status is stale',
      'recovered VPN status is live again',
    ]);
    expect(bed.state).toMatchObject({ firing: 0, active: [] });
    const history = await bed.history();
    expect(history[0]?.detail).toBe(history[1]?.detail); // how long it lasted
    const records = history.map(({ kind, title, delivery }) => [kind, title, delivery]);
    expect(records).toEqual([
      ['message', 'VPN status is live again', 'System notification'],
      ['resolved', 'VPN status is live again', null],
      ['message', 'VPN status is stale', 'System notification'],
      ['fired', 'VPN status is stale', null],
    ]);
  });

  test('someone looks at a page: a toast, and the history all the same (A28); the page is closed: the system’s (B8)', async () => {
    await loseVpn();
    let seconds = 0;
    await bed.run(minute, () => {
      if (seconds % 5 === 0) void bed.app.client.call('app.presence', { page: 'a', attentive: true });
      seconds += 1;
    });
    expect(bed.messages).toMatchObject([{ kind: 'firing', way: 'toast' }]);
    expect((await bed.history())[0]).toMatchObject({ kind: 'message', delivery: 'Shown in the window' });
    bed.app.script.failures = {};
    await bed.run(2 * minute); // the page says nothing any more
    expect(bed.messages.map(({ way }) => way)).toEqual(['toast', 'system']);
  });

  test('another error is the same alert (B3), and a clock set back is none (B4)', async () => {
    await loseVpn();
    await bed.run(minute);
    bed.app.script.failures = { vpnStatus: outage };
    bed.clock.jumpWall(-hour);
    await bed.run(10 * minute);
    expect(bed.messages).toHaveLength(1);
    const [alert] = bed.state.active;
    expect(alert).toMatchObject({
      state: 'firing',
      detail: expect.stringContaining('no connection') as string,
    });
    // Told on the clock that counts now, so that a page's "since" is no time to come.
    expect(bed.clock.wall() - (alert?.since ?? NaN)).toBeGreaterThan(10 * minute);
    expect(bed.clock.wall() - (alert?.since ?? NaN)).toBeLessThan(12 * minute);
  });

  test('back-off makes it no later (B7)', async () => {
    const lastOk = await loseVpn();
    await bed.run(hour / 3);
    expect(bed.told(lastOk)).toEqual(['50 firing VPN status is stale']);
  });
});

test('nothing answers: one message for all, one when it is back (A8, A9)', async () => {
  await bed.run(minute);
  bed.app.script.failure = outage;
  await bed.run(5 * minute);
  expect(bed.messages.map(({ title }) => title)).toEqual(['Orchestrator is not answering']);
  expect(bed.state.active[0]).toMatchObject({ rule: 'unreachable', state: 'firing', heldBy: [] });
  expect(bed.state.active.slice(1).map(({ heldBy }) => heldBy.map(({ by }) => by))).toEqual(
    Array.from({ length: 3 }, () => ['inhibited']),
  );
  bed.app.script.failure = null;
  await bed.run(5 * minute);
  expect(bed.messages.map(({ title }) => title)).toEqual([
    'Orchestrator is not answering',
    'Orchestrator answers again',
  ]);
  expect(bed.state.active).toEqual([]);
});

test('what the backend does not report is not watched', async () => {
  await bed.run(minute);
  bed.app.script.missing = ['vpnStatus'];
  await bed.app.client.call('cache.clear', {});
  await bed.run(5 * minute);
  expect(bed.messages).toEqual([]);
  expect(bed.state.active).toEqual([]);
});

test('a value that is bad is told after its time', async () => {
  await bed.run(minute);
  const from = bed.clock.wall();
  const { vpnStatus } = bed.app.script.values;
  bed.app.script.values = { ...bed.app.script.values, vpnStatus: { ...Object(vpnStatus), connected: false } };
  await bed.run(minute);
  expect(bed.messages).toMatchObject([{ kind: 'firing', severity: 'bad', title: 'VPN disconnected' }]);
  expect((bed.messages[0]?.at ?? 0) - from).toBeGreaterThanOrEqual(35 * second);
  const rule = bed.state.rules.find((one) => one.rule === 'vpn-down');
  expect(rule).toMatchObject({ on: true, condition: 'true' });
});

describe('eight hours of sleep, the network back 25 s later: nothing is sent', () => {
  test.each([
    { events: true, told: true },
    { events: true, told: false },
    { events: false, told: true },
    { events: false, told: false },
  ])(
    'with power events: $events, the machine says that it is offline: $told (A12, A13)',
    async ({ events, told }) => {
      await bed.run(minute);
      if (events) bed.app.core.suspend();
      bed.sleep(8 * hour);
      bed.app.script.failure = outage;
      if (told) bed.online = false;
      if (events) bed.app.core.resume();
      await bed.run(25 * second);
      bed.app.script.failure = null;
      bed.online = true;
      await bed.run(10 * minute);
      expect(bed.messages).toEqual([]);
      expect((await bed.history()).filter(({ kind }) => kind !== 'withheld')).toEqual([]);
    },
  );

  test('timers run on between falling asleep and waking, but nothing is loaded: nothing is sent', async () => {
    await bed.run(minute);
    bed.app.core.suspend();
    await bed.run(3 * minute);
    bed.app.core.resume();
    await bed.run(minute);
    expect(bed.messages).toEqual([]);
    expect(await bed.history()).toEqual([]);
  });

  test('an alert that was told before recovers once, without a reminder (A15)', async () => {
    await loseVpn();
    await bed.run(2 * minute);
    bed.sleep(10 * hour);
    bed.app.script.failures = {};
    await bed.run(10 * minute);
    expect(bed.messages.map(({ kind }) => kind)).toEqual(['firing', 'recovered']);
  });
});

test('offline nothing is told; back online with the backend down one message (A17)', async () => {
  await bed.run(minute);
  bed.online = false;
  bed.app.script.failure = outage;
  await bed.run(10 * minute);
  expect(bed.messages).toEqual([]);
  bed.online = true;
  await bed.run(5 * minute);
  expect(bed.messages.map(({ title }) => title)).toEqual(['Orchestrator is not answering']);
});

test('a backend on this machine needs no network: gone, it is told also offline', async () => {
  await bed.remove();
  bed = new AlertBed();
  bed.url = 'http://127.0.0.1:8000/';
  bed.online = false;
  await bed.start();
  await bed.run(minute);
  bed.app.script.failure = outage;
  await bed.run(2 * minute);
  expect(bed.messages.map(({ title }) => title)).toEqual(['Orchestrator is not answering']);
});

test('paused nothing is judged, and going on starts anew (A19)', async () => {
  await bed.run(minute);
  await bed.app.client.call('polling.pause', { minutes: null });
  await bed.run(30 * minute);
  bed.app.script.failures = { vpnStatus: refusal };
  await bed.app.client.call('polling.resume', {});
  await bed.run(20 * second);
  bed.app.script.failures = {};
  await bed.run(5 * minute);
  expect(bed.messages).toEqual([]);
});

describe('settings', () => {
  test('a rule that is switched off ends its alert without a word, and one edited begins anew', async () => {
    const { alertRules } = settingsOf();
    await loseVpn();
    await bed.run(40 * second);
    expect(bed.state.active).toMatchObject([{ state: 'pending' }]);
    await change({ ...alertRules, stale: { ...alertRules.stale, forSeconds: 30 } });
    await bed.run(28 * second);
    expect(bed.state.active).toMatchObject([{ state: 'pending' }]);
    await change({ ...alertRules, stale: { ...alertRules.stale, on: false } });
    await bed.run(5 * minute);
    expect(bed.messages).toEqual([]);
    expect(bed.state.active).toEqual([]);
    expect(bed.state.rules.find(({ key }) => key === vpnKey)).toMatchObject({
      on: false,
      condition: 'not-judged',
    });
  });

  test('quiet hours hold a message until they end, and then one digest tells it (A26)', async () => {
    await bed.app.client.call('settings.change', { quietHours: { on: true, from: '08:00', to: '08:30' } });
    await loseVpn();
    await bed.run(28 * minute);
    expect(bed.messages).toEqual([]);
    expect(bed.state).toMatchObject({ quietUntil: Date.UTC(2026, 10, 21, 8, 30), held: 1 });
    expect(bed.state.active).toMatchObject([{ heldBy: [{ by: 'quiet-hours' }], next: { what: 'digest' } }]);
    await bed.run(2 * minute);
    expect(bed.messages).toMatchObject([{ kind: 'digest', keys: [vpnKey] }]);
    expect(bed.state).toMatchObject({ quietUntil: null, held: 0 });
  });

  function settingsOf() {
    return bed.app.core.settings.values;
  }

  async function change(alertRules: ReturnType<typeof settingsOf>['alertRules']): Promise<void> {
    await bed.app.client.call('settings.change', { alertRules });
  }
});

describe('snoozes', () => {
  test('mute what may come, are listed, end by themselves, and are in the history (A23)', async () => {
    const from = bed.clock.wall();
    const { until } = await bed.app.client.call('alerts.snooze', { key: vpnKey, until: '15m' });
    expect(until).toBe(from + 15 * minute);
    expect(bed.state.silences).toEqual([{ key: vpnKey, title: 'VPN status is stale', since: from, until }]);
    await loseVpn();
    await bed.run(13 * minute);
    expect(bed.messages).toEqual([]);
    expect(bed.state.active).toMatchObject([{ state: 'firing', heldBy: [{ by: 'snoozed', until }] }]);
    await bed.run(2 * minute);
    expect(bed.messages.map(({ kind }) => kind)).toEqual(['firing']);
    expect(bed.state.silences).toEqual([]);
    const lines = (await bed.history()).map(({ kind, detail }) => [kind, detail]);
    expect(lines).toContainEqual(['snoozed', 'Snoozed until 08:15.']);
  });

  test('until the morning, until it recovers, and not at all any more', async () => {
    const snooze = (until: '1h' | 'morning' | 'recovered', key = vpnKey) =>
      bed.app.client.call('alerts.snooze', { key, until });
    expect(await snooze('morning', '*')).toEqual({ until: Date.UTC(2026, 10, 21, 9) });
    expect(await snooze('recovered')).toEqual({ until: null });
    expect(bed.state.silences.map(({ title, until }) => [title, until])).toEqual([
      ['All alerts', Date.UTC(2026, 10, 21, 9)],
      ['VPN status is stale', null],
    ]);
    await bed.app.client.call('alerts.unsnooze', { key: '*' });
    await bed.app.client.call('alerts.unsnooze', { key: '*' });
    expect(bed.state.silences.map(({ key }) => key)).toEqual([vpnKey]);
    expect((await bed.history()).map(({ kind }) => kind)).toEqual(['unsnoozed', 'snoozed', 'snoozed']);
    await expect(snooze('recovered', '*')).rejects.toMatchObject({ code: 'bad-request' });
    for (const key of ['demo/stale/vpn:status', 'environment/stale/engines:list', 'x']) {
      await expect(snooze('1h', key)).rejects.toMatchObject({ code: 'not-found' });
    }
  });
});

test('a test is sent at once, and what became of it is in the history', async () => {
  await bed.app.client.call('alerts.test', {});
  expect(bed.messages).toMatchObject([{ id: 1, kind: 'test', way: 'system' }]);
  await bed.app.client.call('alerts.delivered', { id: 1, outcome: 'failed' });
  expect(await bed.history()).toMatchObject([
    { kind: 'message', profile: 'lab.test:8000', delivery: 'System notification: it could not be shown' },
  ]);
});

describe('the state that pages are told', () => {
  test('is pushed only when something has changed', async () => {
    await bed.run(minute);
    let pushes = -1; // the present value is none
    bed.app.client.subscribe('alerts.state', () => (pushes += 1));
    await bed.run(5 * minute);
    expect(pushes).toBe(0);
    await loseVpn();
    await bed.run(2 * minute);
    const before = pushes;
    const next = bed.state.active[0]?.next;
    await bed.run(minute);
    // The ages in its sentences, now and then.
    expect(pushes - before).toBeLessThanOrEqual(12);
    expect(next).toMatchObject({ what: 'reminds' });
    expect(bed.state.active[0]?.next).toEqual(next);
  });

  test('is not pushed each second while an alert is unstable and polling is paused', async () => {
    for (let time = 0; time < 3; time += 1) {
      await loseVpn();
      await bed.run(minute);
      bed.app.script.failures = {};
    }
    expect(bed.messages.at(-1)).toMatchObject({ kind: 'unstable' });
    await bed.app.client.call('polling.pause', { minutes: null });
    await bed.run(2 * second);
    let pushes = -1; // the present value is none
    bed.app.client.subscribe('alerts.state', () => (pushes += 1));
    await bed.run(minute);
    expect(pushes).toBeLessThanOrEqual(12); // ages
    expect(bed.state.active).toMatchObject([{ heldBy: [{ by: 'unstable' }, { by: 'paused' }] }]);
  });

  test('names every rule with its condition', async () => {
    await bed.run(minute);
    const shown = bed.state.rules.map(({ key, condition }) => [key.replace('environment/', ''), condition]);
    expect(shown).toEqual([
      ['stale/stats:total', 'false'],
      ['stale/orchestrator:status', 'false'],
      ['stale/vpn:status', 'false'],
      ['unreachable/orchestrator', 'false'],
      ['vpn-down/orchestrator', 'false'],
      ['vpn-emergency/orchestrator', 'false'],
      ['engines-unhealthy/orchestrator', 'false'],
      ['provisioning-blocked/orchestrator', 'false'],
      ['not-moving/orchestrator', 'false'],
      ['hit-rate-low/orchestrator', 'not-judged'],
    ]);
    await loseVpn();
    await bed.run(minute);
    const vpnDown = bed.state.rules.find(({ rule }) => rule === 'vpn-down');
    expect(vpnDown?.condition).toBe('unknown');
    await bed.app.client.call('polling.pause', { minutes: null });
    await bed.run(second);
    expect(new Set(bed.state.rules.map(({ condition }) => condition))).toEqual(new Set(['not-judged']));
  });
});
