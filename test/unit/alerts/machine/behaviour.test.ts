import { describe, expect, test } from 'vitest';
import { everyAlert } from '../../../../shared/model/alerts.ts';
import { alertMemory } from '../../../../electron/core/alerts/machine/memory.ts';
import { MachineWorld, error500, planOf, refused, valueJudgement } from './machine-world.ts';

const three = ['engines', 'orchestrator', 'vpn'];
const vpn = 'p/stale/vpn';
const emergency = { key: 'p/vpn-emergency/orchestrator', rule: 'vpn-emergency' } as const;
const down = { key: 'p/vpn-down/orchestrator', rule: 'vpn-down' } as const;
const a2 = (): MachineWorld => new MachineWorld().fails('vpn', 105);

describe('what is not announced yet', () => {
  test('firing again after its first message was dropped: told then', () => {
    const world = new MachineWorld().fails('vpn', 105, 147).fails('vpn', 150);
    world.polls = (t, source) => t % 5 === 0 || (t === 147 && source === 'vpn');
    world.to(1000);
    expect(world.states.slice(2)).toEqual(['147 stale/vpn recovering', '177 stale/vpn firing']);
    expect(world.told).toEqual(['182 firing: firing stale/vpn']);
  });

  test('closed inside the group wait: told after the restart', () => {
    const world = a2().to(147).restart(1000).to(1100);
    expect(world.told).toEqual(['1005 firing: firing stale/vpn']);
  });

  test('healthy again after the restart: never told', () => {
    const world = new MachineWorld().fails('vpn', 105, 500).to(147).restart(1000).to(1100);
    expect(world.told).toEqual([]);
    expect(world.written.slice(1)).toEqual([
      '1005 withheld stale/vpn firing over',
      '1015 resolved stale/vpn',
    ]);
  });
});

describe('sources', () => {
  test('a load that was called off says nothing', () => {
    const called = { code: 'cancelled', transport: false } as const;
    const world = new MachineWorld().fails('vpn', 105, 120, called).to(1000);
    expect(world.states).toEqual([]);
  });

  test('one HTTP error among them: reachable', () => {
    const world = new MachineWorld()
      .fails(three, 105, Infinity, refused)
      .fails('vpn', 110, 115, error500)
      .to(119);
    expect(world.states).toEqual([]);
    world.to(1000);
    expect(world.told).toEqual(['140 firing: firing unreachable']);
  });

  test('a failure that began before the sleep counts for nothing after it', () => {
    const world = new MachineWorld(planOf(['vpn'])).to(100).sleep(28_900, true);
    world.machine.polled('vpn', 99_000, refused);
    world.machine.polled('vpn', 100_000, refused);
    world.polls = () => false;
    world.to(28_929);
    expect(world.states).toEqual([]);
  });

  test('a recovering alert stays so over a sleep until two new good polls', () => {
    const world = new MachineWorld().fails('vpn', 105, 200).to(212);
    world.polls = (t) => t % 5 === 0 && t >= 36_230;
    world.sleep(36_212, true).to(37_000);
    expect(world.states.slice(2)).toEqual(['200 stale/vpn recovering', '36235 stale/vpn ok']);
    expect(world.told.slice(1)).toEqual(['36240 recovered: recovered stale/vpn']);
  });
});

describe('sleep', () => {
  test('what is live stays so: no re-arming makes it recover', () => {
    const world = new MachineWorld()
      .fails(three, 105, Infinity, refused)
      .to(132)
      .sleep(28_900, true)
      .to(29_000);
    expect(world.states.filter((line) => line.includes('unreachable'))).toEqual([
      '110 unreachable pending',
      '125 unreachable firing',
    ]);
    expect(world.told).toEqual(['130 firing: firing unreachable']);
  });

  test('a good load at the moment of waking counts from then', () => {
    const world = new MachineWorld().fails('vpn', 105, 36_200).fails('vpn', 36_205).to(200);
    world.sleep(36_200, false).to(36_300);
    expect(world.states.slice(2)).toEqual(['36200 stale/vpn recovering', '36230 stale/vpn firing']);
  });

  test('neither it nor what is unknown counts for a recovery', () => {
    const world = new MachineWorld();
    const unknown = (t: number): boolean => t >= 205 && t < 36_210;
    world.judge = (t) => [valueJudgement({ condition: unknown(t) ? null : t >= 100 && t < 200 })];
    world.to(205).sleep(36_205, false).to(37_000);
    expect(world.states.slice(2)).toEqual(['200 engines-unhealthy recovering', '36220 engines-unhealthy ok']);
  });
});

describe('pause, offline, edits', () => {
  test('a longer interval leaves alone what fires', () => {
    const world = a2().to(200);
    const sources = world.plan.sources.map((source) => ({ ...source, interval: 10_000 }));
    world.machine.configure({ ...world.plan, sources }, 200_000, []);
    world.to(400);
    expect(world.states.at(-1)).toBe('145 stale/vpn firing');
  });

  test('a firing alert survives a pause; its reminder waits for the end', () => {
    const world = a2().to(200);
    world.paused = true;
    world.to(4000);
    expect(world.alert(vpn)).toMatchObject({ state: 'firing', next: null, heldBy: [{ by: 'paused' }] });
    world.paused = false;
    world.to(4100);
    expect(world.told).toEqual(['150 firing: firing stale/vpn', '4006 still: still stale/vpn']);
    expect(world.states.at(-1)).toBe('145 stale/vpn firing');
  });

  test.each(['paused', 'offline', 'slept', 're-armed', 'edited', 'another interval'])(
    'pending is dropped when %s',
    (how) => {
      const world = new MachineWorld().fails(three, 105, Infinity, error500).to(135);
      expect(world.machine.view().alerts).toHaveLength(3);
      if (how === 'paused') world.paused = true;
      if (how === 'offline') {
        world.fails(three, 135, Infinity, refused).online = false;
        for (const source of three) world.poll(source);
      }
      if (how === 're-armed') world.machine.rearm(135_000);
      if (how === 'edited') world.machine.configure(world.plan, 135_000, ['stale']);
      if (how === 'another interval') {
        const sources = world.plan.sources.map((source) => ({ ...source, interval: 10_000 }));
        world.machine.configure({ ...world.plan, sources }, 135_000, []);
      }
      if (how === 'slept') world.sleep(28_900, false);
      else if (how !== 'edited') world.to(136);
      expect(world.machine.view().alerts).toEqual([]);
    },
  );

  test('offline does not tell what it began to gather', () => {
    const world = new MachineWorld().fails(three, 105, Infinity, refused).to(126);
    world.online = false;
    world.to(700);
    expect(world.told).toEqual([]);
    expect(world.written).toEqual(['125 fired unreachable', '127 withheld unreachable firing offline']);
    expect(world.machine.view().alerts.map(({ heldBy }) => heldBy)).toEqual([
      [{ by: 'offline', until: null }],
    ]);
  });

  test('a rule that is switched off, or a source that is gone, ends silently', () => {
    const world = a2().to(200);
    const { rules } = world.plan;
    world.machine.configure(
      { ...world.plan, rules: { ...rules, on: { ...rules.on, stale: false } } },
      200_000,
      ['stale'],
    );
    world.to(1000);
    expect(world.told).toEqual(['150 firing: firing stale/vpn']);
    expect(world.written).toEqual(['145 fired stale/vpn', '201 resolved stale/vpn off']);
    expect(world.machine.view().alerts).toEqual([]);
  });

  test('what fired before the restart and is not watched any more ends silently, with a record', () => {
    const world = a2().to(200);
    world.plan = planOf(['engines']);
    world.restart(300).to(1000);
    expect(world.told).toEqual(['150 firing: firing stale/vpn']);
    expect(world.written).toEqual(['145 fired stale/vpn', '300 resolved stale/vpn off']);
  });
});

describe('inhibition', () => {
  test('an announced child recovers silently with its parent', () => {
    const world = new MachineWorld().fails('vpn', 105, 200).fails(three, 200, 600, refused).to(2000);
    expect(world.told).toEqual([
      '150 firing: firing stale/vpn',
      '225 firing: firing unreachable',
      '620 recovered: recovered unreachable',
    ]);
  });

  test('it reaches through a parent that is fine', () => {
    const world = new MachineWorld().fails(three, 105, Infinity, refused);
    world.judge = (t) => [
      valueJudgement({ ...down }),
      valueJudgement({ ...emergency, condition: t > 150, parent: down.key }),
    ];
    world.to(1000);
    expect(world.told).toEqual(['130 firing: firing unreachable']);
    expect(world.alert(emergency.key)?.heldBy).toEqual([{ by: 'inhibited', until: null }]);
  });

  test('a child does not become unstable by what its parent tells', () => {
    const world = new MachineWorld();
    for (let at = 105; at < 1000; at += 120) world.fails(three, at, at + 60, refused);
    world.to(3000);
    expect(world.told.filter((line) => line.includes('stale/'))).toEqual([]);
    expect(world.told.filter((line) => line.includes('unstable'))).toHaveLength(1);
  });
});

describe('snooze', () => {
  test('until it recovers: this incident is never told, the next one is', () => {
    const world = new MachineWorld().fails('vpn', 105, 300).fails('vpn', 1000).to(50).snooze(vpn, null);
    world.to(2000);
    expect(world.told).toEqual(['1045 firing: firing stale/vpn']);
    expect(world.machine.view().snoozes).toEqual([]);
  });

  test('a recovery while snoozed is silent and in the history', () => {
    const world = new MachineWorld().fails('vpn', 105, 300).to(200).snooze(vpn, 2000).to(3000);
    expect(world.told).toEqual(['150 firing: firing stale/vpn']);
    expect(world.written.slice(1)).toEqual([
      '315 resolved stale/vpn',
      '315 withheld stale/vpn recovered snoozed',
    ]);
  });

  test('inside the group wait, and ended early', () => {
    const world = a2().to(146).snooze(vpn, 5000).to(1000);
    expect(world.told).toEqual([]);
    world.machine.unsnooze(vpn);
    world.to(1100);
    expect(world.told).toEqual(['1006 firing: firing stale/vpn']);
  });

  test('the later of an alert’s own and that of all counts', () => {
    const world = a2().to(50).snooze(vpn, 500).snooze(everyAlert, 800).to(200);
    expect(world.alert(vpn)?.heldBy).toEqual([{ by: 'snoozed', until: 800_000 }]);
    world.to(1000);
    expect(world.told).toEqual(['805 firing: firing stale/vpn']);
  });
});

describe('quiet hours and in-app messages', () => {
  const held = (): MachineWorld => {
    const world = new MachineWorld().fails('vpn', 105, 400);
    world.quietUntil = 3000;
    return world.to(300);
  };

  test('asleep or closed over their end: the first polls tell first whether it is over', () => {
    for (const back of [
      (world: MachineWorld) => world.sleep(3602, false),
      (world: MachineWorld) => world.sleep(3602, true),
      (world: MachineWorld) => world.restart(3602),
    ]) {
      const world = held();
      world.polls = (t) => t % 5 === 0;
      world.quietUntil = null;
      back(world).to(3700);
      expect(world.told).toEqual([]);
    }
  });

  test('asleep over their end and still failing: the digest comes with the first polls', () => {
    const world = held().fails('vpn', 105);
    world.quietUntil = null;
    world.sleep(3602, true);
    expect(world.alert(vpn)?.next).toEqual({ what: 'announces', at: 3_607_000 });
    world.to(3700);
    expect(world.told).toEqual(['3607 digest: firing stale/vpn']);
  });

  test('recovered and firing again at night: the digest tells both', () => {
    const world = new MachineWorld().fails('vpn', 105, 500).fails('vpn', 700).to(300);
    world.quietUntil = 3000;
    world.to(2999);
    world.quietUntil = null;
    world.to(3100);
    expect(world.told.slice(1)).toEqual(['3000 digest: firing stale/vpn, recovered stale/vpn']);
  });

  test('unstable for a while at night: nothing', () => {
    const world = new MachineWorld();
    for (let at = 105; at < 600; at += 120) world.fails('vpn', at, at + 60);
    world.quietUntil = 9000;
    world.to(8999);
    world.quietUntil = null;
    world.to(9100);
    expect(world.told).toEqual([]);
  });

  test('in-app only: a message of its own that neither takes nor needs a token', () => {
    const inApp = { rule: 'session-expiring', parent: null, inAppOnly: true, forMs: 0 } as const;
    const late = 'p/session-expiring/late';
    const world = new MachineWorld(planOf(['a', 'b', 'c', 'd']));
    for (const [n, name] of ['a', 'b', 'c'].entries()) world.fails(name, 105 + 10 * n);
    world.judge = (t) => [
      valueJudgement({ ...inApp, key: 'p/session-expiring/early', condition: t >= 150 }),
      valueJudgement({ ...inApp, key: late, condition: t >= 172 }),
    ];
    world.to(173);
    expect(world.alert(late)?.next).toEqual({ what: 'announces', at: 177_000 });
    world.to(400);
    expect(world.told).toEqual([
      '150 firing: firing session-expiring/early',
      '150 firing: firing stale/a',
      '160 firing: firing stale/b',
      '170 firing: firing stale/c',
      '177 firing: firing session-expiring/late',
    ]);
    expect(world.messages.map(({ inAppOnly }) => inAppOnly)).toEqual([true, false, false, false, true]);
  });

  test('pending when it is told to have settled: the alert that follows is told', () => {
    const world = new MachineWorld();
    for (let at = 105; at < 400; at += 120) world.fails('vpn', at, at + 60);
    world.polls = (t, source) => t % 5 === 0 || (t === 1292 && source === 'vpn');
    world.fails('vpn', 1293).to(1400);
    expect(world.told.slice(4)).toEqual([
      '390 unstable: unstable stale/vpn',
      '1325 settled: settled stale/vpn',
      '1342 firing: firing stale/vpn',
    ]);
  });

  test('a calm shorter than the window: once settled, it takes three again', () => {
    const plan = planOf();
    const world = new MachineWorld({ ...plan, times: { ...plan.times, flapCalm: 90_000 } });
    for (let at = 105; at < 400; at += 120) world.fails('vpn', at, at + 60);
    world.fails('vpn', 550, 600).to(800);
    expect(world.told.slice(4)).toEqual([
      '390 unstable: unstable stale/vpn',
      '515 settled: settled stale/vpn',
      '595 firing: firing stale/vpn',
      '620 recovered: recovered stale/vpn',
    ]);
  });

  test('settled while firing: told as that, reminded and recovered later', () => {
    const world = new MachineWorld();
    for (let at = 105; at < 400; at += 120) world.fails('vpn', at, at + 60);
    world.fails('vpn', 345, 4000).to(5000);
    expect(world.told.slice(4)).toEqual([
      '390 unstable: unstable stale/vpn',
      '1290 settled: settled stale/vpn',
      '3095 still: still stale/vpn',
      '4020 recovered: recovered stale/vpn',
    ]);
    expect(world.messages[5]?.items[0]).toMatchObject({ state: 'firing', since: 370_000 });
  });
});

test('what is exported passes its schema and is plain JSON at any time', () => {
  const world = new MachineWorld().fails('vpn', 105).fails(three, 300, 500, refused);
  for (let at = 0; at < 700; at += 10) {
    world.to(at);
    const memory = world.machine.export();
    expect(JSON.parse(JSON.stringify(alertMemory.parse(memory)))).toEqual(memory);
  }
});
