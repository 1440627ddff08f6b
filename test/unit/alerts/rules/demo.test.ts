import { describe, expect, test } from 'vitest';
import type { AlertRule } from '../../../../shared/model/alerts.ts';
import type { AlertInput } from '../../../../electron/core/alerts/rules/input.ts';
import { alertTimes, ruleParameters } from '../../../../electron/core/alerts/rules/parameters.ts';
import { ValueRules } from '../../../../electron/core/alerts/rules/value-rules.ts';
import { orchestratorStatus, totals, vpnStatus } from '../../../../electron/core/demo/orchestrator/bodies.ts';
import { ServerCache } from '../../../../electron/core/demo/orchestrator/server-cache.ts';
import type { VpnScript } from '../../../../electron/core/demo/orchestrator/world-state.ts';
import { createWorld } from '../../../../electron/core/demo/orchestrator/world.ts';
import { defaultSettings } from '../../../../electron/core/settings/values.ts';
import { readTotals } from '../../../../electron/core/sources/orchestrator/read-engines.ts';
import { readStatus } from '../../../../electron/core/sources/orchestrator/read-status.ts';
import { readVpn } from '../../../../electron/core/sources/orchestrator/read-vpn.ts';
import { seededRandom } from '../../../support/eager-clock.ts';
import { reading } from '../../../support/readings.ts';
import { wellInput } from './rule-bed.ts';

const second = 1000;
const start = Date.UTC(2030, 0, 1);
const parameters = ruleParameters({ settings: defaultSettings, demo: true, stretch: 1 });
const times = alertTimes(defaultSettings.alertTiming, true);

/** A time a rule's condition held without a break, in ms since the start. */
interface Spell {
  readonly rule: AlertRule;
  readonly from: number;
  to: number;
}

/** The demo's world behind its server's cache, polled every 5 s, `phase` ms after each whole five. */
class DemoBed {
  readonly spells: Spell[] = [];
  readonly #world;
  readonly #cache;
  readonly #rules = new ValueRules('demo', parameters);
  readonly #phase: number;
  #input: AlertInput = wellInput();
  #at = start;

  constructor(seed: number, phase: number) {
    this.#world = createWorld({ now: start, random: seededRandom(seed) });
    this.#cache = new ServerCache(() => this.#at);
    this.#phase = phase;
  }

  get now(): number {
    return this.#at - start;
  }

  set script(script: VpnScript) {
    this.#world.advance(this.#at);
    this.#world.setScript(script);
  }

  run(seconds: number): void {
    const end = this.#at + seconds * second;
    while (this.#at < end) {
      this.#at += 500;
      if ((this.#at - start - this.#phase) % 5000 === 0) this.#load();
      if ((this.#at - start) % second === 0) this.#look();
    }
  }

  of(rule: AlertRule): Spell[] {
    return this.spells.filter((spell) => spell.rule === rule);
  }

  /** Spells long enough to fire. */
  get firing(): AlertRule[] {
    return this.spells
      .filter(({ rule, from, to }) => to - from >= parameters.forMs[rule])
      .map(({ rule }) => rule);
  }

  #load(): void {
    const world = this.#world;
    world.advance(this.#at);
    const status = this.#cache.through('orchestrator:status', 2000, () => orchestratorStatus(world));
    const vpn = this.#cache.through('vpn:status', 3000, () => vpnStatus(world));
    const loadedAt = this.#at;
    this.#input = {
      ...this.#input,
      totals: reading(readTotals(totals(world), ''), { loadedAt }),
      orchestrator: reading(readStatus(status, { version: '1.7.3', basePath: '' }, '').value, { loadedAt }),
      vpn: reading(readVpn(vpn, '').value, { loadedAt }),
    };
  }

  #look(): void {
    for (const { rule, condition } of this.#rules.judge(this.#input, parameters)) {
      const last = this.spells.findLast((spell) => spell.rule === rule);
      const goesOn = last !== undefined && last.to === this.now - second;
      // Unknown: as it was before.
      const on = condition ?? goesOn;
      if (on && goesOn) last.to = this.now;
      else if (on) this.spells.push({ rule, from: this.now, to: this.now });
    }
  }
}

describe.each([0, 1500, 3000, 4500])('the demo, polled %d ms past the tick', (phase) => {
  test.each([1, 2, 3, 4])('its own flaps of one VPN make no noise in two hours (seed %d)', (seed) => {
    const bed = new DemoBed(seed, phase);
    bed.run(7200);
    expect(bed.of('vpn-emergency').length).toBeGreaterThan(20);
    expect(bed.firing).toEqual([]);
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
    // One message each for the first two spells and their ends, then "unstable": none has to wait for a digest.
    expect(times.rateEvery).toBeLessThanOrEqual((60 * second) / 2);
  });
});
