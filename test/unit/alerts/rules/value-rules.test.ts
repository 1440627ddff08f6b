import { beforeEach, describe, expect, test } from 'vitest';
import type { EngineTotals, OrchestratorStatus } from '../../../../shared/contract/orchestrator.ts';
import { alertRules } from '../../../../shared/model/alerts.ts';
import { ValueRules } from '../../../../electron/core/alerts/rules/value-rules.ts';
import { orchestrator } from '../../../support/watch-bed.ts';
import { allOn, defaults, recordedStatus, RuleBed, totals, wellInput } from './rule-bed.ts';

type Engines = OrchestratorStatus['engines'];

let bed: RuleBed;
beforeEach(() => {
  bed = new RuleBed();
});

function status(engines: Partial<Engines>): OrchestratorStatus {
  const healthy = orchestrator('healthy');
  return { ...healthy, engines: { ...healthy.engines, ...engines } };
}

test('all is well: every rule says so, and each is judged once', () => {
  const found = new ValueRules('p', allOn).judge(wellInput(), allOn);
  expect(found.map(({ rule }) => rule)).toEqual(
    alertRules.filter((rule) => rule !== 'stale' && rule !== 'unreachable'),
  );
  // One look says nothing of whether counters move.
  expect(found.filter(({ condition }) => condition !== false).map(({ rule }) => rule)).toEqual([
    'not-moving',
  ]);
});

test('what is switched off is not judged, and the hit rate is off by itself', () => {
  expect(new ValueRules('p', defaults).judge(wellInput(), defaults).map(({ rule }) => rule)).not.toContain(
    'hit-rate-low',
  );
  const off = { ...allOn, on: { ...allOn.on, 'vpn-down': false } };
  expect(bed.judge('vpn-down', off)).toBeUndefined();
  expect(bed.judge('vpn-down', allOn)).toBeDefined();
});

describe('engines unhealthy', () => {
  test.each<[string, Partial<Engines>, boolean | null]>([
    ['all healthy', {}, false],
    ['one unhealthy', { healthy: 7, unhealthy: 1 }, true],
    ['none healthy while some run', { healthy: 0, unhealthy: 0 }, true],
    ['none runs', { total: 0, running: 0, healthy: 0, unhealthy: 0 }, false],
    ['only the unhealthy are reported', { healthy: null, unhealthy: 2 }, true],
    ['only that none is unhealthy', { healthy: null, unhealthy: 0 }, false],
    ['only the healthy are reported', { unhealthy: null }, false],
    ['nothing is reported', { healthy: null, unhealthy: null, running: null, total: null }, null],
  ])('%s', (_, engines, condition) => {
    bed.load('orchestrator', status(engines));
    expect(bed.condition('engines-unhealthy')).toBe(condition);
  });

  test('B1: on old input it keeps what it was, whatever the value would say', () => {
    bed.load('orchestrator', status({}));
    expect(bed.condition('engines-unhealthy')).toBe(false);
    bed.load('orchestrator', status({ unhealthy: 3 }));
    bed.fail('orchestrator', { age: 40_000 });
    expect(bed.judge('engines-unhealthy')).toMatchObject({ condition: null, shown: 'unknown', goodPolls: 0 });
  });

  test('good polls count from the first load that says no', () => {
    bed.load('orchestrator', status({ unhealthy: 1 }));
    expect(bed.judge('engines-unhealthy')?.goodPolls).toBe(0);
    for (const goodPolls of [1, 2, 3]) {
      bed.load('orchestrator', status({}));
      expect(bed.judge('engines-unhealthy')).toMatchObject({ condition: false, goodPolls });
    }
  });
});

test.each<[string, boolean | null, boolean | null]>([
  ['v1.5.0-no-vpn/orchestrator_status', false, false],
  ['v1.5.0-no-vpn/orchestrator_status_circuit_open', true, false],
  // Full is no fault; but of ten that run none was found healthy.
  ['v1.5.0-no-vpn/orchestrator_status_max_capacity', false, true],
  ['v1.5.0-single-vpn/orchestrator_status_vpn_down', true, false],
  ['v1.5.0-redundant-vpn/orchestrator_status_one_down', false, false],
  ['seed-era-redundant-vpn/orchestrator_status', false, false],
])('a real server: %s', (file, blocked, unhealthy) => {
  bed.load('orchestrator', recordedStatus(file));
  expect([bed.condition('provisioning-blocked'), bed.condition('engines-unhealthy')]).toEqual([
    blocked,
    unhealthy,
  ]);
});

test('a server that does not say whether it can provision is not judged', () => {
  const said = orchestrator('healthy');
  bed.load('orchestrator', { ...said, provisioning: { ...said.provisioning, canProvision: null } });
  expect(bed.judge('provisioning-blocked')).toMatchObject({ condition: null, shown: 'not-judged' });
});

describe('numbers not moving', () => {
  const at = (bytes: number, rest: Partial<EngineTotals> = {}): EngineTotals => ({
    ...totals,
    networkRxBytes: bytes,
    ...rest,
  });

  test('counters that stand still for twelve polls while containers run', () => {
    bed.load('totals', at(1));
    expect(bed.condition('not-moving')).toBeNull();
    bed.load('totals', at(2));
    expect(bed.condition('not-moving')).toBe(false);
    for (let poll = 1; poll <= 11; poll += 1) {
      bed.load('totals', at(2, { cpuPercent: poll }));
      expect(bed.condition('not-moving')).toBe(false);
    }
    bed.load('totals', at(2));
    expect(bed.judge('not-moving')).toMatchObject({ condition: true, goodPolls: 0 });
    bed.load('totals', at(3));
    expect(bed.judge('not-moving')).toMatchObject({ condition: false, goodPolls: 1 });
  });

  test('after a start nothing is known until they have moved or stood still for long enough', () => {
    for (let poll = 0; poll < 12; poll += 1) {
      bed.load('totals', at(5));
      expect(bed.condition('not-moving')).toBeNull();
    }
    bed.load('totals', at(5));
    expect(bed.condition('not-moving')).toBe(true);
  });

  test('failed polls between two loads are none of those that count', () => {
    for (const [bytes, condition] of [
      [1, null],
      [2, false],
    ] as const) {
      bed.load('totals', at(bytes));
      expect(bed.condition('not-moving')).toBe(condition);
    }
    for (let poll = 0; poll < 20; poll += 1) {
      bed.fail('totals');
      expect(bed.condition('not-moving')).toBeNull();
    }
    bed.load('totals', at(2));
    expect(bed.condition('not-moving')).toBe(false);
  });

  test('without a container, or when one goes away and takes its bytes along, nothing stands still', () => {
    for (let poll = 0; poll < 20; poll += 1) {
      bed.load('totals', at(0, { containerCount: 0 }));
      expect(bed.condition('not-moving')).toBe(false);
    }
    for (let poll = 0; poll < 11; poll += 1) {
      bed.load('totals', at(9));
      expect(bed.condition('not-moving')).toBe(false);
    }
    bed.load('totals', at(4, { containerCount: 7 }));
    expect(bed.condition('not-moving')).toBe(false);
    bed.load('totals', at(4, { containerCount: 7 }));
    expect(bed.condition('not-moving')).toBe(false);
  });

  test('a server that reports no counters is not judged', () => {
    const none = { networkRxBytes: null, networkTxBytes: null, blockReadBytes: null, blockWriteBytes: null };
    for (let poll = 0; poll < 20; poll += 1) {
      bed.load('totals', { ...totals, ...none });
      expect(bed.judge('not-moving')).toMatchObject({ condition: null, shown: 'not-judged' });
    }
  });
});

describe('hit rate low', () => {
  test.each([
    [{ percent: 49.9, n: 20 }, true, 'true'],
    [{ percent: 50, n: 20 }, false, 'false'],
    // B2: few samples
    [{ percent: 0, n: 4 }, null, 'not-judged'],
    [{ percent: 0, n: 0 }, null, 'not-judged'],
  ] as const)('%o', (hitRate5m, condition, shown) => {
    bed.input.hitRate5m = hitRate5m;
    expect(bed.judge('hit-rate-low')).toMatchObject({ condition, shown });
  });

  test('refresh ahead ends it: nearly every poll is a hit then', () => {
    bed.input.hitRate5m = { percent: 10, n: 60 };
    expect(bed.condition('hit-rate-low')).toBe(true);
    bed.input.refreshAhead = true;
    for (const goodPolls of [1, 2]) {
      expect(bed.judge('hit-rate-low')).toMatchObject({ condition: false, goodPolls, shown: 'not-judged' });
    }
  });
});

describe('sessions expiring', () => {
  test('some or none; told in the window only', () => {
    expect(bed.judge('session-expiring')).toMatchObject({ condition: false, goodPolls: 1 });
    bed.input.sessions = { sessions: 3, calls: 9 };
    expect(bed.judge('session-expiring')).toMatchObject({
      key: 'p/session-expiring/portal',
      condition: true,
      goodPolls: 0,
      parent: null,
      inAppOnly: true,
    });
  });

  test('a profile without a portal has no such rule', () => {
    bed.input.sessions = null;
    expect(bed.judge('session-expiring')).toBeUndefined();
  });
});
