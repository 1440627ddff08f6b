import { expect, test } from 'vitest';
import type { LiveAlert } from '../../../../electron/core/alerts/machine/api.ts';
import { MachineWorld, planOf, refused, valueJudgement } from './machine-world.ts';

const vpn = 'p/stale/vpn';

/** Each `next` of an alert that differs from the one a tick before: `130 fires 145`. */
function nextsOf(world: MachineWorld, key: string, end: number): string[] {
  const seen: string[] = [];
  let last = '';
  while (world.t < end) {
    world.to(world.t + 1);
    const alert = world.alert(key);
    const next = alert ? (alert.next ? `${alert.next.what} ${alert.next.at / 1000}` : 'nothing') : 'ok';
    if (next !== last) seen.push(`${world.t} ${next}`);
    last = next;
  }
  return seen.slice(1);
}

test('what comes next is said once and comes true', () => {
  const world = new MachineWorld().fails('vpn', 105, 2200);
  expect(nextsOf(world, vpn, 2500)).toEqual([
    '130 fires 145',
    '145 announces 150',
    '150 reminds 1955',
    '1955 reminds 5555',
    '2200 recovers 2215',
    '2215 ok',
  ]);
  expect(world.told.map((line) => line.split(' ')[0])).toEqual(['150', '1955', '2220']);
});

test('a second failed poll keeps a recovering alert: nothing is foreseen', () => {
  const world = new MachineWorld().fails('vpn', 105, 200).fails('vpn', 205);
  expect(nextsOf(world, vpn, 235).slice(3)).toEqual(['200 recovers 215', '215 nothing', '230 reminds 1955']);
});

test('a reminder that became due in a snooze is foreseen from when the snooze was taken back', () => {
  const world = new MachineWorld().fails('vpn', 105).to(1900).snooze(vpn, 2500).to(2100);
  world.machine.unsnooze(vpn);
  expect(world.alert(vpn)?.next).toEqual({ what: 'reminds', at: 2_105_000 });
});

test('snoozed: told when the snooze ends, or not at all', () => {
  const world = new MachineWorld().fails('vpn', 105).to(50).snooze(vpn, 1000);
  expect(nextsOf(world, vpn, 1100)).toEqual(['130 fires 145', '145 announces 1005', '1005 reminds 2810']);
  world.snooze(vpn, null);
  expect(world.alert(vpn)).toMatchObject({ next: null, heldBy: [{ by: 'snoozed', until: null }] });
  world.snooze(vpn, 5000);
  expect(world.alert(vpn)?.next).toEqual({ what: 'reminds', at: 5_005_000 });
});

test('snoozed inside the group wait: told when the snooze ends', () => {
  const world = new MachineWorld().fails('vpn', 105).to(146).snooze(vpn, 5000);
  expect(world.alert(vpn)?.next).toEqual({ what: 'announces', at: 5_005_000 });
});

test('quiet hours: in the digest at their end', () => {
  const world = new MachineWorld().fails('vpn', 105);
  world.quietUntil = 5000;
  expect(nextsOf(world, vpn, 4999)).toEqual(['130 fires 145', '145 digest 5000']);
  expect(world.alert(vpn)?.heldBy).toEqual([{ by: 'quiet-hours', until: 5_000_000 }]);
  expect(world.machine.view().held).toBe(1);
});

test('rate limit: in the digest with the next token', () => {
  const world = new MachineWorld(planOf(['a', 'b', 'c', 'd', 'e']));
  world.fails('a', 105).fails('b', 115).fails('c', 125).fails('d', 135);
  expect(nextsOf(world, 'p/stale/d', 400)).toEqual(['160 fires 175', '175 digest 210', '210 reminds 2015']);
  const held = new MachineWorld(planOf(['a', 'b', 'c', 'd', 'e']));
  held.fails('a', 105).fails('b', 115).fails('c', 125).fails('d', 135).to(185);
  expect(held.alert('p/stale/d')?.heldBy).toEqual([{ by: 'rate-limit', until: 210_000 }]);
  expect(held.machine.view().held).toBe(1);
});

test('unstable: when it settles', () => {
  const world = new MachineWorld();
  for (let at = 105; at < 300; at += 120) world.fails('vpn', at, at + 60);
  world.fails('vpn', 345).to(600);
  const expected: Partial<LiveAlert> = {
    state: 'firing',
    announcedAt: null,
    next: { what: 'settles', at: 1_285_000 },
    heldBy: [{ by: 'unstable', until: 1_285_000 }],
  };
  expect(world.alert(vpn)).toMatchObject(expected);
  world.to(1290);
  expect(world.told.at(-1)).toBe('1290 settled: settled stale/vpn');
});

test('unstable while nothing is judged: it is not known when it settles', () => {
  const world = new MachineWorld();
  for (let at = 105; at < 300; at += 120) world.fails('vpn', at, at + 60);
  world.fails('vpn', 345).to(600);
  world.paused = true;
  world.to(601);
  expect(world.alert(vpn)).toMatchObject({
    next: null,
    heldBy: [
      { by: 'unstable', until: null },
      { by: 'paused', until: null },
    ],
  });
});

test('inhibited: nothing by itself', () => {
  const world = new MachineWorld().fails(['engines', 'orchestrator', 'vpn'], 105, Infinity, refused).to(200);
  expect(world.alert(vpn)).toMatchObject({ state: 'firing', next: null, heldBy: [{ by: 'inhibited' }] });
  expect(world.alert('p/unreachable/orchestrator')?.next).toEqual({ what: 'reminds', at: 1_935_000 });
});

test('what was judged, also what is fine; nothing while paused', () => {
  const world = new MachineWorld();
  world.judge = () => [valueJudgement()];
  world.to(100);
  expect(world.machine.view().judgements.map(({ rule }) => rule)).toEqual([
    'unreachable',
    'stale',
    'stale',
    'stale',
    'engines-unhealthy',
  ]);
  world.paused = true;
  world.to(101);
  expect(world.machine.view()).toMatchObject({ judgements: [], paused: true, offline: false });
});
