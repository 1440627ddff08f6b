import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ProfileDraft } from '../../../shared/contract/profiles.ts';
import { AlertBed, hour, minute, refusal, second } from '../../support/alert-bed.ts';

const vpnKey = 'environment/stale/vpn:status';
const lab: ProfileDraft = {
  name: 'Plant',
  production: false,
  orchestrator: { url: 'https://plant.test:8000/', allowHttp: false },
  portal: null,
  workstations: null,
  pollSeconds: null,
  ttlSeconds: {},
};

let bed: AlertBed;
beforeEach(async () => {
  bed = new AlertBed();
  await bed.start();
});
afterEach(() => bed.remove());

/** Runs until the VPN's alert was told. */
async function tellVpn(): Promise<void> {
  await bed.run(minute);
  bed.app.script.failures = { vpnStatus: refusal };
  await bed.run(minute);
  expect(bed.messages.map(({ kind }) => kind)).toEqual(['firing']);
}

async function startFailing(): Promise<void> {
  await bed.start();
  bed.app.script.failures = { vpnStatus: refusal };
}

describe('a real restart on real files', () => {
  test('still failing: silent until the reminder is due, then one (A21)', async () => {
    await tellVpn();
    const told = bed.messages[0]?.at ?? NaN;
    await bed.run(2 * minute);
    const before = bed.state.active[0];
    await bed.stop();
    await bed.clock.advance(100 * second);
    await startFailing();
    await bed.run(second);
    expect(bed.state.active).toMatchObject([
      { key: vpnKey, state: 'firing', since: before?.since, announcedAt: told, next: before?.next },
    ]);
    await bed.run(hour);
    expect(bed.told(told)).toEqual([
      '0 firing VPN status is stale',
      `${30 * 60 + 5} still VPN status still stale (30 min)`,
    ]);
  });

  test('killed while firing: no duplicate, and one recovery', async () => {
    await tellVpn();
    await bed.kill();
    await bed.clock.advance(10 * second);
    await startFailing();
    await bed.run(10 * minute);
    expect(bed.messages).toHaveLength(1);
    bed.app.script.failures = {};
    await bed.run(2 * minute);
    expect(bed.messages.map(({ kind }) => kind)).toEqual(['firing', 'recovered']);
    expect(bed.messages.map(({ id }) => id)).toEqual([1, 1]); // of another run
  });

  test('healthy at exit, failing at the next start: told once (A22, A29)', async () => {
    await bed.run(minute);
    await bed.stop();
    await bed.clock.advance(hour);
    await startFailing();
    const from = bed.clock.wall();
    await bed.run(10 * minute);
    expect(bed.told(from)).toEqual(['50 firing No data yet from VPN status']);
  });

  test('snoozes outlive it', async () => {
    const { until } = await bed.app.client.call('alerts.snooze', { key: '*', until: '1h' });
    await bed.stop();
    await startFailing();
    await bed.run(30 * minute);
    expect(bed.state.silences).toMatchObject([{ key: '*', until }]);
    expect(bed.messages).toEqual([]);
  });

  test.each([
    ['another version', `'{"version":7}'`],
    ['a time that would never pass', `json_set(state, '$.at', 1e300)`],
  ])('what was stored and cannot be read costs a second announcement, and is told: %s', async (_, state) => {
    await tellVpn();
    await bed.stop();
    const database = new DatabaseSync(join(bed.folder, 'history.sqlite'));
    database.exec(`UPDATE alert_state SET state = ${state}`);
    database.close();
    await startFailing();
    let problems: string[] = [];
    bed.app.client.subscribe('problems.list', (list) => (problems = list.map(({ title }) => title)));
    expect(problems).toEqual(['Alerts begin anew']);
    await bed.run(minute);
    expect(bed.messages.map(({ kind }) => kind)).toEqual(['firing', 'firing']);
  });

  test('the file is written when something changes, not at each tick', async () => {
    await tellVpn();
    const states = (): unknown => {
      const database = new DatabaseSync(join(bed.folder, 'history.sqlite'), { readOnly: true });
      const row = database.prepare('SELECT state FROM alert_state').get();
      database.close();
      return row?.['state'];
    };
    const before = states();
    await bed.run(5 * minute);
    expect(states()).toEqual(before);
    expect(String(before)).toContain(vpnKey);
  });
});

describe('another profile is connected', () => {
  async function other(): Promise<string> {
    const input = { id: null, draft: lab, secrets: {}, acceptWeak: false };
    return (await bed.app.client.call('profiles.save', input)).id;
  }

  async function connect(id: string): Promise<void> {
    const done = bed.app.client.call('profiles.activate', { id });
    await bed.clock.advance(0);
    await done;
  }

  test('its alert stays listed as not watched, never recovered, and is not told again on the way back (B6)', async () => {
    const plant = await other();
    await tellVpn();
    await connect(plant);
    bed.app.script.failures = {};
    await bed.run(5 * minute);
    expect(bed.messages).toHaveLength(1);
    expect(bed.state).toMatchObject({
      firing: 0,
      active: [
        {
          key: vpnKey,
          profile: 'lab.test:8000',
          state: 'firing',
          next: null,
          heldBy: [{ by: 'not-watched', until: null }],
        },
      ],
    });
    bed.app.script.failures = { vpnStatus: refusal };
    await connect('environment');
    expect(bed.state.active).toMatchObject([{ key: vpnKey, state: 'firing', heldBy: [] }]);
    await bed.run(5 * minute);
    expect(bed.messages).toHaveLength(1);
    bed.app.script.failures = {};
    await bed.run(2 * minute);
    expect(bed.messages.map(({ kind }) => kind)).toEqual(['firing', 'recovered']);
  });

  test('ids of messages rise over the switch, and the list goes on', async () => {
    const plant = await other();
    await tellVpn();
    await connect(plant);
    await bed.app.client.call('alerts.test', {});
    let ids: number[] = [];
    bed.app.client.subscribe('alerts.messages', (list) => (ids = list.map(({ id }) => id)));
    expect(ids).toEqual([1, 2]);
    expect((await bed.history())[0]).toMatchObject({ profile: 'Plant', title: 'Test notification' });
  });

  test('a profile that was removed leaves no alert and no line', async () => {
    const plant = await other();
    await connect(plant);
    await tellVpn();
    await connect('environment');
    expect(bed.state.active).toMatchObject([{ profile: 'Plant', heldBy: [{ by: 'not-watched' }] }]);
    bed.app.script.failures = {};
    await bed.app.client.call('profiles.remove', { id: plant });
    await bed.run(2 * second);
    expect(bed.state.active).toEqual([]);
    expect(await bed.history()).toEqual([]);
  });
});
