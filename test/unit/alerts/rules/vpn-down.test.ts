import { beforeEach, describe, expect, test } from 'vitest';
import { vpn } from '../../../support/watch-bed.ts';
import { recordedStatus, recordedVpn, RuleBed } from './rule-bed.ts';

const single = 'v1.5.0-single-vpn';
const redundant = 'v1.5.0-redundant-vpn';
const up = vpn();
const down = vpn({ connected: false });
let bed: RuleBed;
beforeEach(() => {
  bed = new RuleBed();
});

describe('VPN down', () => {
  test('connected, and in the end not: down at the first load that says so', () => {
    bed.load('vpn', up);
    expect(bed.judge('vpn-down')).toMatchObject({ condition: false, goodPolls: 1, shown: 'false' });
    bed.load('vpn', up);
    expect(bed.judge('vpn-down')).toMatchObject({ condition: false, goodPolls: 2 });
    bed.load('vpn', down);
    expect(bed.judge('vpn-down')).toMatchObject({
      key: 'p/vpn-down/orchestrator',
      condition: true,
      goodPolls: 0,
      forMs: 30_000,
      clearMs: 15_000,
      parent: 'p/unreachable/orchestrator',
      inAppOnly: false,
      shown: 'true',
    });
  });

  test('looking again at the same load counts nothing', () => {
    bed.load('vpn', up);
    for (let look = 0; look < 5; look += 1) expect(bed.judge('vpn-down')?.goodPolls).toBe(1);
  });

  test('it is up again with the second load in a row that says so', () => {
    for (const [value, condition, goodPolls] of [
      [down, true, 0],
      [up, true, 0],
      [down, true, 0],
      [up, true, 0],
      [up, false, 1],
      [up, false, 2],
    ] as const) {
      bed.load('vpn', value);
      expect(bed.judge('vpn-down')).toMatchObject({ condition, goodPolls });
    }
  });

  test('two loads within the four seconds of a glimpse are one, as when somebody forces a refresh', () => {
    bed.load('vpn', down);
    expect(bed.condition('vpn-down')).toBe(true);
    bed.load('vpn', up);
    expect(bed.condition('vpn-down')).toBe(true);
    bed.load('vpn', up, 2);
    expect(bed.condition('vpn-down')).toBe(true);
    bed.load('vpn', up, 2.5);
    expect(bed.condition('vpn-down')).toBe(false);
  });

  test('a failed poll leaves it unknown and starts the count of good loads anew', () => {
    bed.load('vpn', down);
    expect(bed.condition('vpn-down')).toBe(true);
    bed.fail('vpn');
    expect(bed.judge('vpn-down')).toMatchObject({ condition: null, goodPolls: 0, shown: 'unknown' });
    bed.load('vpn', up);
    bed.load('vpn', up);
    bed.judge('vpn-down');
    bed.fail('vpn');
    expect(bed.judge('vpn-down')).toMatchObject({ condition: null, goodPolls: 0 });
  });

  test('old values say nothing: late ones, and those of an earlier run', () => {
    bed.load('vpn', down);
    bed.input.vpn = { ...bed.input.vpn, age: 10_001 };
    expect(bed.judge('vpn-down')).toMatchObject({ condition: null, shown: 'unknown' });
    bed.input.vpn = { ...bed.input.vpn, age: 1000, served: 'restored' };
    expect(bed.judge('vpn-down')).toMatchObject({ condition: null, shown: 'unknown' });
  });

  test('what is not reported is not judged', () => {
    bed.input.vpn = { ...bed.input.vpn, value: null, supported: false };
    expect(bed.judge('vpn-down')).toMatchObject({ condition: null, shown: 'not-judged' });
    bed.load('vpn', vpn({ connected: null }));
    expect(bed.judge('vpn-down')).toMatchObject({ condition: null, shown: 'not-judged' });
    bed.load('vpn', vpn({ mode: 'unknown', enabled: null, connected: false }));
    expect(bed.judge('vpn-down')).toMatchObject({ condition: null, shown: 'not-judged' });
  });

  test('switched off is not down, at once', () => {
    bed.load('vpn', down);
    expect(bed.condition('vpn-down')).toBe(true);
    bed.load('vpn', vpn({ mode: 'disabled', enabled: false, connected: false }));
    expect(bed.condition('vpn-down')).toBe(false);
  });
});

describe('VPN replies of real servers', () => {
  test.each([
    [`${single}/vpn_status`, false, false],
    [`${single}/vpn_status_no_portforward`, false, false],
    [`${single}/vpn_status_unhealthy`, true, false],
    [`${single}/vpn_status_starting`, true, false],
    ['v1.5.0-no-vpn/vpn_status', false, false],
    [`${redundant}/vpn_status`, false, false],
    [`${redundant}/vpn_status_one_down`, false, true],
    [`${redundant}/vpn_status_one_down_emergency`, false, true],
    [`${redundant}/vpn_status_recovered`, false, false],
    // Both down, and the server still names the second one as healthy.
    [`${redundant}/vpn_status_both_down`, true, null],
  ])('%s', (file, isDown, emergency) => {
    bed.load('vpn', recordedVpn(file));
    expect([bed.condition('vpn-down'), bed.condition('vpn-emergency')]).toEqual([isDown, emergency]);
  });

  /** As recorded: healthy for 4 s, then unhealthy until the next look of the server, 28 s later. */
  const glimpses = [0, 32.5] as const;
  test.each([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5])(
    'flapping stays one incident and fires, polled every 5 s from second %d on',
    (phase) => {
      const healthy = recordedVpn(`${single}/vpn_status`);
      const unhealthy = recordedVpn(`${single}/vpn_status_unhealthy`);
      bed.load('vpn', unhealthy);
      expect(bed.condition('vpn-down')).toBe(true);
      const conditions = new Set<unknown>();
      let glimpsed = 0;
      for (let at = phase; at < 600; at += 5) {
        const within = at % 65;
        const glimpse = glimpses.some((from) => within >= from && within < from + 4);
        if (glimpse) glimpsed += 1;
        bed.load('vpn', glimpse ? healthy : unhealthy);
        conditions.add(bed.condition('vpn-down'));
      }
      expect(glimpsed).toBeGreaterThan(5);
      expect([...conditions]).toEqual([true]);
    },
  );

  test('emergency mode and a provisioning blocked by the VPN are told with the VPN', () => {
    bed.load('vpn', recordedVpn(`${redundant}/vpn_status_one_down_emergency`));
    expect(bed.judge('vpn-emergency')).toMatchObject({
      condition: true,
      forMs: 0,
      parent: 'p/vpn-down/orchestrator',
    });
    bed.load('vpn', recordedVpn(`${redundant}/vpn_status_both_down`));
    expect(bed.judge('vpn-emergency')).toMatchObject({ condition: null, shown: 'not-judged' });
    bed.load('vpn', recordedVpn(`${redundant}/vpn_status_recovered`));
    expect(bed.judge('vpn-emergency')).toMatchObject({ condition: false, goodPolls: 1 });

    bed.load('orchestrator', recordedStatus(`${redundant}/orchestrator_status_both_down`));
    expect(bed.judge('provisioning-blocked')).toMatchObject({
      condition: true,
      parent: 'p/vpn-down/orchestrator',
    });
    // Still told with it while it comes back.
    bed.load('orchestrator', recordedStatus(`${redundant}/orchestrator_status`));
    expect(bed.judge('provisioning-blocked')).toMatchObject({
      condition: false,
      parent: 'p/vpn-down/orchestrator',
    });
    bed.load('orchestrator', recordedStatus('v1.5.0-no-vpn/orchestrator_status_circuit_open'));
    expect(bed.judge('provisioning-blocked')).toMatchObject({
      condition: true,
      parent: 'p/unreachable/orchestrator',
    });
  });
});
