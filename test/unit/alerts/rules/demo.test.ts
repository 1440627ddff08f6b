import { describe, expect, test } from 'vitest';
import { DemoBed, parameters, second, times } from './demo-bed.ts';

describe.each([0, 1500, 3000, 4500])('the demo, polled %d ms past the tick', (phase) => {
  test.each([1, 2])('its own flaps of one VPN make no noise in an hour (seed %d)', (seed) => {
    const bed = new DemoBed(seed, phase);
    bed.run(3600);
    expect(bed.of('vpn-emergency').length).toBeGreaterThan(10);
    expect(bed.firing).toEqual([]);
    expect(bed.told).toEqual([]);
  });

  test('VPN cut: its alert fires within 15 s, all that follows from it later and beneath it', () => {
    const bed = new DemoBed(5, phase);
    bed.run(30);
    bed.script = 'both-down';
    bed.run(120);
    const [spell] = bed.of('vpn-down');
    const firesAfter = (spell?.from ?? Infinity) + parameters.forMs['vpn-down'] - 30 * second;
    expect(firesAfter).toBeLessThanOrEqual(15 * second);
    expect(bed.firing).toEqual(['vpn-down', 'provisioning-blocked']);
    const blocked = bed.of('provisioning-blocked')[0];
    expect((blocked?.from ?? 0) + parameters.forMs['provisioning-blocked'] - 30 * second).toBeGreaterThan(
      firesAfter + times.groupWait,
    );
    bed.script = 'redundant';
    bed.run(60);
    const back = 150 * second;
    expect(bed.of('vpn-down')).toHaveLength(1);
    expect((bed.of('vpn-down')[0]?.to ?? Infinity) - back).toBeLessThanOrEqual(15 * second);
    // What followed from it is over before it is.
    expect(bed.of('provisioning-blocked')[0]?.to).toBeLessThanOrEqual(bed.of('vpn-down')[0]?.to ?? 0);
    expect(bed.titles).toEqual(['VPN disconnected', 'VPN connected again']);
    expect(bed.told[0]?.body).toMatch(/^Reported by orchestrator .+\. 8 engines behind it\.$/u);
  });

  test('flapping: fires and recovers once a minute, three times within the window, then holds still', () => {
    const bed = new DemoBed(6, phase);
    bed.run(30);
    bed.script = 'single-flapping';
    bed.run(220);
    bed.script = 'redundant';
    bed.run(120);
    const spells = bed.of('vpn-down');
    expect(spells).toHaveLength(4);
    expect(bed.firing).toEqual(['vpn-down', 'vpn-down', 'vpn-down', 'vpn-down']);
    const bad = spells.map(({ from, to }) => to - from);
    expect(Math.min(...bad)).toBeGreaterThanOrEqual(2 * parameters.forMs['vpn-down']);
    const good = spells.slice(1).map(({ from }, index) => from - (spells[index]?.to ?? from));
    expect(Math.min(...good)).toBeGreaterThanOrEqual(2 * parameters.clearMs);
    // It never holds still for as long as would settle it.
    expect(Math.max(...bad, ...good)).toBeLessThan(times.flapCalm);
    expect((spells[2]?.from ?? Infinity) - (spells[0]?.from ?? 0)).toBeLessThan(times.flapWindow);
    expect(bed.titles).toEqual([
      'VPN disconnected',
      'VPN connected again',
      'VPN disconnected',
      'VPN connected again',
      'VPN is unstable',
      'VPN has settled',
    ]);
    expect(bed.told.at(-1)?.body).toMatch(/^Connected for 1 min after \d+ changes\.$/u);
  });

  test('stopped as a whole: one notice for all, and one when it is back', () => {
    const bed = new DemoBed(7, phase);
    bed.run(30);
    bed.refused = true;
    bed.run(120);
    bed.refused = false;
    bed.run(60);
    expect(bed.titles).toEqual(['Orchestrator is not answering', 'Orchestrator answers again']);
    expect(bed.told[0]?.body).toMatch(
      /^No reply from Demo for \d+ s \(connection refused\)\. 3 sources affected; one notice for all\.$/u,
    );
    expect(bed.told[0]?.at).toBeLessThanOrEqual(55);
  });
});
