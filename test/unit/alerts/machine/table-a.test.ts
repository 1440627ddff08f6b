import { describe, expect, test } from 'vitest';
import { everyAlert } from '../../../../shared/model/alerts.ts';
import { MachineWorld, planOf, refused } from './machine-world.ts';

const three = ['engines', 'orchestrator', 'vpn'];
const vpn = 'p/stale/vpn';
const hour = 3600;
const day = 24 * hour;
const a2 = (): MachineWorld => new MachineWorld().fails('vpn', 105);

describe('ALERTS 7, one alert', () => {
  test('A1 one vpn poll fails', () => {
    const world = new MachineWorld().fails('vpn', 105, 110).to(300);
    expect([world.told, world.states, world.records]).toEqual([[], [], []]);
  });

  test('A2 vpn keeps failing: ok until 129, pending at 130, firing at 145, told at 150', () => {
    const world = a2().to(1000);
    expect(world.states).toEqual(['130 stale/vpn pending', '145 stale/vpn firing']);
    expect(world.told).toEqual(['150 firing: firing stale/vpn']);
    expect(world.messages[0]?.items[0]).toMatchObject({ since: 130_000, lasted: 20_000, state: 'firing' });
  });

  test('A3 good again at 140, while pending', () => {
    const world = new MachineWorld().fails('vpn', 105, 140).to(1000);
    expect(world.states).toEqual(['130 stale/vpn pending', '140 stale/vpn ok']);
    expect([world.told, world.records]).toEqual([[], []]);
  });

  test('A4 good at 147, inside the group wait', () => {
    const world = new MachineWorld().fails('vpn', 105, 147);
    world.polls = (t, source) => t % 5 === 0 || (t === 147 && source === 'vpn');
    world.to(1000);
    expect(world.told).toEqual([]);
    expect(world.written).toEqual([
      '145 fired stale/vpn',
      '150 withheld stale/vpn firing over',
      '162 resolved stale/vpn',
    ]);
  });

  test('A5 announced at 150, good from 200 on: recovered at 220', () => {
    const world = new MachineWorld().fails('vpn', 105, 200).to(1000);
    expect(world.told).toEqual(['150 firing: firing stale/vpn', '220 recovered: recovered stale/vpn']);
    expect(world.messages[1]?.items[0]).toMatchObject({ since: 130_000, lasted: 70_000, state: null });
  });

  test('A6 recovering from 200, fails again 210 to 259: one incident', () => {
    const world = new MachineWorld().fails('vpn', 105, 200).fails('vpn', 210, 260).to(1000);
    expect(world.states.slice(2)).toEqual([
      '200 stale/vpn recovering',
      '235 stale/vpn firing',
      '260 stale/vpn recovering',
      '275 stale/vpn ok',
    ]);
    expect(world.told).toEqual(['150 firing: firing stale/vpn', '280 recovered: recovered stale/vpn']);
  });

  test('A7 never recovers for 24 h: reminders at +1805, +5405, +12605, +27005, +41405 s', () => {
    const world = a2().to(150 + day);
    const still = [1805, 5405, 12_605, 27_005, 41_405].map(
      (after) => `${150 + after} still: still stale/vpn`,
    );
    expect(world.told).toEqual(['150 firing: firing stale/vpn', ...still]);
    const items = world.messages.slice(1).map(({ items: [item] }) => item);
    expect(items.map((item) => item?.reminder)).toEqual([1, 2, 3, 4, 5]);
    expect(items.at(-1)?.nextReminderAt).toBeNull();
  });

  test('A29 vpn never succeeded since the start: told at 50', () => {
    const world = new MachineWorld().fails('vpn', 0).to(1000);
    expect(world.told).toEqual(['50 firing: firing stale/vpn']);
  });

  test('A28 whatever looks at the window: one message, one line in the history', () => {
    const world = a2().to(1000);
    expect(world.messages.map(({ at, inAppOnly }) => [at, inAppOnly])).toEqual([[150_000, false]]);
    expect(world.written).toEqual(['145 fired stale/vpn']);
  });

  test('A20 unstable: 60 s bad, 60 s good, 8 times', () => {
    const world = new MachineWorld();
    for (let cycle = 0; cycle < 8; cycle += 1) world.fails('vpn', 105 + 120 * cycle, 165 + 120 * cycle);
    world.to(4000);
    expect(world.told).toEqual([
      '150 firing: firing stale/vpn',
      '185 recovered: recovered stale/vpn',
      '270 firing: firing stale/vpn',
      '305 recovered: recovered stale/vpn',
      '390 unstable: unstable stale/vpn',
      '1925 settled: settled stale/vpn',
    ]);
    expect(world.messages.slice(-2).map(({ items: [item] }) => [item?.changes, item?.state])).toEqual([
      [3, 'firing'],
      [8, null],
    ]);
  });
});

describe('ALERTS 7, several alerts', () => {
  test('A8 all three fail at transport level: one notification at 130, children silent', () => {
    const world = new MachineWorld().fails(three, 105, Infinity, refused).to(600);
    expect(world.told).toEqual(['130 firing: firing unreachable']);
    expect(world.states).toContain('125 unreachable firing');
    expect(world.written.filter((line) => line.startsWith('145'))).toEqual([
      '145 fired stale/engines',
      '145 fired stale/orchestrator',
      '145 fired stale/vpn',
      '145 withheld stale/engines firing inhibited',
      '145 withheld stale/orchestrator firing inhibited',
      '145 withheld stale/vpn firing inhibited',
    ]);
  });

  test('A9 all good from 600: one recovered', () => {
    const world = new MachineWorld().fails(three, 105, 600, refused).to(2000);
    expect(world.told).toEqual(['130 firing: firing unreachable', '620 recovered: recovered unreachable']);
  });

  test('A10 engines stay stale: told with the recovery of the backend', () => {
    const world = new MachineWorld().fails(three, 105, 600, refused).fails('engines', 600).to(2000);
    expect(world.told).toEqual([
      '130 firing: firing unreachable',
      '620 recovered: recovered unreachable, firing stale/engines',
    ]);
  });

  test('A11 two fail by HTTP 500: one notification lists both', () => {
    const world = new MachineWorld().fails(['engines', 'orchestrator'], 105).to(1000);
    expect(world.told).toEqual(['150 firing: firing stale/engines, firing stale/orchestrator']);
  });

  test('A27 11 of 12 sources fail 10 s apart: three single messages, the rest in digests', () => {
    const names = Array.from({ length: 12 }, (_, n) => `s${n}`);
    const world = new MachineWorld(planOf(names));
    for (const [n, name] of names.slice(0, 11).entries()) world.fails(name, 105 + 10 * n);
    world.to(1000);
    expect(world.told).toEqual([
      '150 firing: firing stale/s0',
      '160 firing: firing stale/s1',
      '170 firing: firing stale/s2',
      '210 digest: firing stale/s3, firing stale/s4, firing stale/s5, firing stale/s6',
      '270 digest: firing stale/s7, firing stale/s8, firing stale/s9, firing stale/s10',
    ]);
    expect(world.messages.map(({ held }) => held)).toEqual([null, null, null, 'rate-limit', 'rate-limit']);
  });

  test('A31 deferred by the rate limit and recovered before the digest: never told', () => {
    const world = new MachineWorld(planOf(['a', 'b', 'c', 'd', 'e']));
    world.fails('a', 105).fails('b', 115).fails('c', 125).fails('d', 135, 185).to(1000);
    expect(world.told).toEqual([
      '150 firing: firing stale/a',
      '160 firing: firing stale/b',
      '170 firing: firing stale/c',
    ]);
    expect(world.written.filter((line) => line.includes('stale/d'))).toEqual([
      '175 fired stale/d',
      '180 withheld stale/d firing rate-limit',
      '185 withheld stale/d firing over',
      '200 resolved stale/d',
    ]);
  });
});

describe('ALERTS 7, sleep, network, pause', () => {
  test.each([true, false])('A12, A13 8 h of sleep, network back 25 s later; told of it: %s', (told) => {
    const world = new MachineWorld()
      .fails(three, 105, 28_925, refused)
      .to(100)
      .sleep(28_900, told)
      .to(32_000);
    expect(world.told).toEqual([]);
  });

  test.each([
    [true, 28_925],
    [false, 28_930],
  ])('A14 really down after 8 h of sleep, told of it: %s: one notification 20 to 35 s after', (told, at) => {
    const world = new MachineWorld()
      .fails(three, 105, Infinity, refused)
      .to(100)
      .sleep(28_900, told)
      .to(30_000);
    expect(world.told).toEqual([`${at} firing: firing unreachable`]);
  });

  test('A15 told at 150, 10 h of sleep at 200, healthy after: one recovered, no reminder', () => {
    const world = new MachineWorld().fails('vpn', 105, 36_200).to(200).sleep(36_200, true).to(40_000);
    expect(world.told.slice(1)).toEqual(['36220 recovered: recovered stale/vpn']);
  });

  test.each([true, false])('A16 the same, failing after, told of it: %s: no reminder for 10 min', (told) => {
    const world = a2().to(200).sleep(36_200, told).to(36_800);
    expect(world.told).toEqual(['150 firing: firing stale/vpn']);
    expect(world.states.at(-1)).toBe('145 stale/vpn firing');
    world.to(38_000);
    expect(world.told.slice(1)).toEqual(['37955 still: still stale/vpn']);
  });

  test('A17 offline for 10 min, then online but the backend down: one notification, then only', () => {
    const world = new MachineWorld().fails(three, 105, Infinity, refused).to(104);
    world.online = false;
    world.to(704);
    expect([world.told, world.states, world.machine.view().offline]).toEqual([[], [], true]);
    world.online = true;
    world.to(2000);
    expect(world.told).toEqual(['735 firing: firing unreachable']);
  });

  test('A18 isOnline is false but others answer: as A2', () => {
    const world = new MachineWorld().fails('vpn', 105, Infinity, refused);
    world.online = false;
    world.to(1000);
    expect(world.told).toEqual(['150 firing: firing stale/vpn']);
  });

  test('A19 paused for 30 min, vpn fails the first 20 s after', () => {
    const world = new MachineWorld().fails('vpn', 1900, 1920).to(100);
    world.paused = true;
    world.to(1899);
    world.paused = false;
    world.to(4000);
    expect([world.told, world.states]).toEqual([[], []]);
  });
});

describe('ALERTS 7, restart', () => {
  test('A21 told at 150, closed at 300, restarted at 400: silent until the reminder', () => {
    const world = a2().to(300).restart(400).to(5000);
    expect(world.told).toEqual(['150 firing: firing stale/vpn', '1955 still: still stale/vpn']);
  });

  test('A22 healthy at exit, vpn failing from the start at 5000 on: one firing', () => {
    const world = new MachineWorld().fails('vpn', 5000).to(100).restart(5000).to(6000);
    expect(world.told).toEqual(['5050 firing: firing stale/vpn']);
  });
});

describe('ALERTS 7, muted', () => {
  test.each([vpn, everyAlert])('A23 %s snoozed until 1000: one firing at 1005', (key) => {
    const world = a2().to(50).snooze(key, 1000).to(2000);
    expect(world.told).toEqual(['1005 firing: firing stale/vpn']);
    expect(world.written).toEqual(['145 fired stale/vpn', '145 withheld stale/vpn firing snoozed']);
  });

  test('A24 snoozed until 1000, recovers at 500: nothing', () => {
    const world = new MachineWorld().fails('vpn', 105, 500).to(50).snooze(vpn, 1000).to(2000);
    expect(world.told).toEqual([]);
  });

  test('A25 announced, then snoozed until 900, still failing at 1200: no second firing', () => {
    const world = a2().to(200).snooze(vpn, 900).to(1200);
    expect(world.told).toEqual(['150 firing: firing stale/vpn']);
  });

  test('A26 fails in quiet hours and still at their end: one digest', () => {
    const world = a2();
    world.quietUntil = 5000;
    world.to(4999);
    expect([world.told, world.machine.view().held]).toEqual([[], 1]);
    world.quietUntil = null;
    world.to(6000);
    expect(world.told).toEqual(['5000 digest: firing stale/vpn']);
    expect(world.messages[0]?.held).toBe('quiet-hours');
  });

  test('A26 fails and recovers in quiet hours: nothing', () => {
    const world = new MachineWorld().fails('vpn', 105, 500);
    world.quietUntil = 5000;
    world.to(4999);
    world.quietUntil = null;
    world.to(6000);
    expect(world.told).toEqual([]);
  });

  test('A30 announced before quiet hours, recovers in them: the digest mentions it', () => {
    const world = new MachineWorld().fails('vpn', 105, 500).to(300);
    world.quietUntil = 5000;
    world.to(4999);
    expect(world.told).toEqual(['150 firing: firing stale/vpn']);
    world.quietUntil = null;
    world.to(6000);
    expect(world.told.slice(1)).toEqual(['5000 digest: recovered stale/vpn']);
  });
});
