import { describe, expect, test } from 'vitest';
import { AppClock } from '../../../../electron/core/alerts/app-clock.ts';
import { AlertMachine } from '../../../../electron/core/alerts/machine/alert-engine.ts';
import type { PollOutcome } from '../../../../electron/core/alerts/machine/api.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { MachineWorld, planOf, valueJudgement } from './machine-world.ts';

const vpn = 'p/stale/vpn';
const engines = 'p/engines-unhealthy/orchestrator';
const timeout: PollOutcome = { code: 'timeout', transport: true };
const error503: PollOutcome = { code: 'server-error', transport: true };

describe('ALERTS 7, table B', () => {
  test('B1 a value rule keeps its last state while its input is stale', () => {
    const firing = new MachineWorld();
    firing.judge = (t) => [valueJudgement({ condition: t < 100 ? false : t < 200 ? true : null })];
    firing.to(1000);
    expect(firing.states).toEqual(['100 engines-unhealthy pending', '115 engines-unhealthy firing']);
    expect(firing.told).toEqual(['120 firing: firing engines-unhealthy']);
    expect(firing.alert(engines)?.heldBy).toEqual([{ by: 'input-stale', until: null }]);

    const pending = new MachineWorld();
    pending.judge = (t) => [
      valueJudgement({ condition: t < 100 ? false : t < 110 || t > 500 ? true : null }),
    ];
    pending.to(500);
    expect(pending.alert(engines)).toMatchObject({ state: 'pending', next: null });
    pending.to(1000);
    expect(pending.states).toEqual(['100 engines-unhealthy pending', '506 engines-unhealthy firing']);
  });

  test('B2 too few samples: not evaluated', () => {
    const world = new MachineWorld();
    const key = 'p/hit-rate-low/orchestrator';
    world.judge = () => [valueJudgement({ key, rule: 'hit-rate-low', condition: null, goodPolls: 0 })];
    world.to(1000);
    expect([world.told, world.states]).toEqual([[], []]);
    expect(world.machine.view().judgements.find((one) => one.key === key)?.condition).toBeNull();
  });

  test('B3 another error is the same alert', () => {
    const world = new MachineWorld().fails('vpn', 105, 300, timeout).fails('vpn', 300, Infinity, error503);
    world.to(1000);
    expect(world.told).toEqual(['150 firing: firing stale/vpn']);
    expect(world.written).toEqual(['145 fired stale/vpn']);
  });

  test('B4 the wall clock is set back 1 h: no negative age, no alert', async () => {
    const clock = new FakeClock();
    const time = new AppClock(clock);
    const machine = new AlertMachine(planOf(), time.now(), null);
    const seen: unknown[] = [];
    for (let t = 0; t < 600; t += 1) {
      if (t === 100) clock.jumpWall(-3_600_000);
      const { now } = time.tick();
      if (t % 5 === 0) for (const name of ['engines', 'orchestrator', 'vpn']) machine.polled(name, now, 'ok');
      const about = { judgements: [], paused: false, online: true, quietUntil: null };
      const { messages, records } = machine.tick({ ...about, now });
      seen.push(...messages, ...records, ...machine.view().alerts);
      const { at, sources } = machine.export();
      expect(sources.every(({ silentSince }) => silentSince <= at && at - silentSince < 5000)).toBe(true);
      await clock.advance(1000);
    }
    expect(seen).toEqual([]);
  });

  test('B4 a tick that goes back counts as the moment before', () => {
    const world = new MachineWorld().fails('vpn', 105).to(200);
    const stood = world.alert(vpn);
    world.tickAt(100);
    expect(world.alert(vpn)).toEqual(stood);
    expect(world.machine.view().alerts).toHaveLength(1);
  });

  test('B6 frozen while another profile is watched: still firing afterwards, recovered only by a good poll', () => {
    const world = new MachineWorld().fails('vpn', 105, 5000).to(300);
    const frozen = world.machine.export();
    expect(frozen.instances).toMatchObject([
      { key: vpn, incident: { state: 'firing', announcedAt: 150_000 } },
    ]);
    world.restart(4000).to(4100);
    expect(world.alert(vpn)).toMatchObject({ state: 'firing', since: 130_000, announcedAt: 150_000 });
    world.to(6000);
    expect(world.told).toEqual([
      '150 firing: firing stale/vpn',
      '4005 still: still stale/vpn',
      '5020 recovered: recovered stale/vpn',
    ]);
  });

  test('B7 back-off has stretched the interval to 60 s: stale after 30 s all the same', () => {
    const world = new MachineWorld().fails('vpn', 105);
    world.polls = (t, source) => (source === 'vpn' && t > 105 ? (t - 105) % 60 === 0 : t % 5 === 0);
    world.to(1000);
    expect(world.states).toEqual(['130 stale/vpn pending', '145 stale/vpn firing']);
    expect(world.told).toEqual(['150 firing: firing stale/vpn']);
  });

  test('B7 a list cached for 300 s counts in its own interval', () => {
    const plan = planOf(['workstations']);
    const world = new MachineWorld({
      ...plan,
      sources: plan.sources.map((source) => ({ ...source, interval: 300_000 })),
    });
    world.polls = (t) => t % 300 === 0;
    world.fails('workstations', 600).to(4000);
    expect(world.states).toEqual(['2100 stale/workstations pending', '2115 stale/workstations firing']);
  });
});
