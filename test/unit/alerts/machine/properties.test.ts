import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { everyAlert } from '../../../../shared/model/alerts.ts';
import type { PollOutcome } from '../../../../electron/core/alerts/machine/api.ts';
import type { OutgoingItem } from '../../../../electron/core/alerts/types.ts';
import { MachineWorld, error500, planOf, refused, times, valueJudgement } from './machine-world.ts';

const names = ['engines', 'orchestrator', 'vpn'];
const vpn = 'p/stale/vpn';

const outcome = fc.constantFrom<PollOutcome>('ok', 'ok', refused, error500);
const watch = fc.record({
  kind: fc.constant('watch'),
  seconds: fc.constantFrom<number>(1, 7, 20, 45, 130, 700),
  outcomes: fc.tuple(outcome, outcome, outcome),
  value: fc.constantFrom(false, false, true, null),
  online: fc.boolean(),
});
const step = fc.oneof(
  { weight: 8, arbitrary: watch },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pause'), on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('quiet'), on: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('sleep'),
      seconds: fc.constantFrom(11, 60, 28_800),
      told: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('snooze'),
      key: fc.constantFrom(vpn, 'p/unreachable/orchestrator', everyAlert),
      seconds: fc.constantFrom(10, 900, null),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'unsnooze' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart'), away: fc.constantFrom(1, 100, 5000) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
const script = fc.array(step, { maxLength: 25 });

/** @param each called after each step */
function play(steps: readonly Step[], world = new MachineWorld(planOf(names)), each = (): void => {}) {
  for (const one of steps) {
    switch (one.kind) {
      case 'watch':
        for (const [index, result] of one.outcomes.entries()) {
          world.fails(names[index] ?? '', world.t + 1, Infinity, result);
        }
        world.judge = () => [valueJudgement({ condition: one.value })];
        world.online = one.online;
        world.to(world.t + one.seconds);
        break;
      case 'pause':
        world.paused = one.on;
        break;
      case 'quiet':
        world.quietUntil = one.on ? 1_000_000_000 : null;
        break;
      case 'sleep':
        world.sleep(world.t + one.seconds, one.told);
        break;
      case 'snooze':
        world.snooze(one.key, one.seconds === null ? null : world.t + one.seconds);
        break;
      case 'unsnooze':
        for (const { key } of world.machine.view().snoozes) world.machine.unsnooze(key);
        break;
      case 'restart':
        world.restart(world.t + one.away);
        break;
    }
    each();
  }
  return world;
}

interface Told {
  readonly at: number;
  readonly item: OutgoingItem;
}

function toldOf(world: MachineWorld, key: string): Told[] {
  return world.messages.flatMap(({ at, items }) =>
    items.filter((item) => item.key === key).map((item) => ({ at, item })),
  );
}

const keys = [...names.map((name) => `p/stale/${name}`), 'p/unreachable/orchestrator', valueJudgement().key];
const runs = { numRuns: 100 };

/** ms: a hundred random histories each take seconds on a machine that is busy with other tests. */
const patience = { timeout: 60_000 };

test(
  'each incident is told once, and between two of a key its end is told or its silence is in the history',
  patience,
  () => {
    fc.assert(
      fc.property(script, (steps) => {
        const world = play(steps);
        for (const key of keys) {
          const told = toldOf(world, key);
          const firings = told.filter(({ item }) => item.kind === 'firing');
          expect(new Set(firings.map(({ item }) => item.since)).size).toBe(firings.length);
          for (const [n, later] of firings.entries()) {
            const earlier = firings[n - 1];
            if (!earlier) continue;
            const between = (at: number): boolean => earlier.at < at && at <= later.at;
            const recovered = told.some(({ at, item }) => item.kind === 'recovered' && between(at));
            const silent = world.records.some(
              (one) => one.key === key && one.message === 'recovered' && between(one.at),
            );
            expect(recovered || silent).toBe(true);
          }
        }
      }),
      runs,
    );
  },
);

test('a recovery or a reminder is told only of what was told to fire', patience, () => {
  fc.assert(
    fc.property(script, (steps) => {
      const world = play(steps);
      for (const key of keys) {
        const told = toldOf(world, key);
        for (const [n, { item }] of told.entries()) {
          if (item.kind !== 'recovered' && item.kind !== 'still') continue;
          const begun = told
            .slice(0, n)
            .some(({ item: one }) => one.since === item.since && ['firing', 'settled'].includes(one.kind));
          const ended = told
            .slice(0, n)
            .some(({ item: one }) => one.since === item.since && one.kind === 'recovered');
          expect([begun, ended]).toEqual([true, false]);
        }
        const kinds = told
          .map(({ item }) => item.kind)
          .filter((kind) => kind === 'unstable' || kind === 'settled');
        expect(kinds.every((kind, n) => kind !== 'settled' || kinds[n - 1] === 'unstable')).toBe(true);
      }
    }),
    runs,
  );
});

test('never a negative span, nothing told in quiet hours, no more messages than tokens', patience, () => {
  fc.assert(
    fc.property(script, (steps) => {
      let told = 0;
      const world: MachineWorld = new MachineWorld(planOf(names));
      play(steps, world, () => {
        const mayTell = world.quietUntil === null;
        expect(mayTell || world.messages.length === told).toBe(true);
        told = world.messages.length;
        for (const { since, announcedAt, next, reminders } of world.machine.view().alerts) {
          expect(since).toBeLessThanOrEqual(world.t * 1000);
          expect(announcedAt ?? since).toBeGreaterThanOrEqual(since);
          expect(next?.at ?? Infinity).toBeGreaterThanOrEqual(world.t * 1000);
          expect(reminders).toBeLessThanOrEqual(times.reminders);
        }
      });
      for (const { items, at } of world.messages) {
        for (const item of items) {
          expect(item.lasted).toBeGreaterThanOrEqual(0);
          expect(item.since).toBeLessThanOrEqual(at);
        }
      }
      const sent = world.messages.map(({ at }) => at);
      for (const [n, at] of sent.entries()) {
        for (const [m, first] of sent.slice(0, n).entries()) {
          expect(n - m + 1).toBeLessThanOrEqual(times.rateBurst + Math.floor((at - first) / times.rateEvery));
        }
      }
    }),
    runs,
  );
});

test('exported and restored, it goes on as the one that only started its sources anew', patience, () => {
  fc.assert(
    fc.property(script, script, (before, after) => {
      const [stayed, restored] = [play(before), play(before)];
      if (stayed.t < 0) return;
      stayed.machine.rearm(stayed.t * 1000);
      restored.restart(restored.t).t += 1;
      const tick: Step = {
        kind: 'watch',
        seconds: 1,
        outcomes: ['ok', 'ok', 'ok'],
        value: false,
        online: true,
      };
      for (const world of [stayed, restored]) play([...after, tick], world);
      expect(restored.messages).toEqual(stayed.messages);
      expect(restored.records).toEqual(stayed.records);
      expect(restored.machine.export()).toEqual(stayed.machine.export());
      expect(restored.machine.view()).toEqual(stayed.machine.view());
    }),
    runs,
  );
});

test('healthy for long enough, everything is ok and nothing waits', patience, () => {
  fc.assert(
    fc.property(script, (steps) => {
      const world = play([
        ...steps,
        { kind: 'unsnooze' },
        { kind: 'pause', on: false },
        { kind: 'quiet', on: false },
        { kind: 'watch', seconds: 2000, outcomes: ['ok', 'ok', 'ok'], value: false, online: true },
      ]);
      const { alerts, held } = world.machine.view();
      const { instances, groupDue } = world.machine.export();
      expect([alerts, held, instances, groupDue]).toEqual([[], 0, [], null]);
    }),
    runs,
  );
});
