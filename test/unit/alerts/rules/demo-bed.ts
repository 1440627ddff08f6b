import type { AlertRule } from '../../../../shared/model/alerts.ts';
import type { Reading } from '../../../../shared/model/reading.ts';
import { watchedResources } from '../../../../shared/model/resources.ts';
import { AlertMachine } from '../../../../electron/core/alerts/machine/alert-engine.ts';
import type { AlertInput } from '../../../../electron/core/alerts/rules/input.ts';
import { alertTimes, ruleParameters } from '../../../../electron/core/alerts/rules/parameters.ts';
import { ValueRules } from '../../../../electron/core/alerts/rules/value-rules.ts';
import type { ValueJudgement } from '../../../../electron/core/alerts/rules/value-rules.ts';
import { messageText } from '../../../../electron/core/alerts/words/message.ts';
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

export const second = 1000;
const start = Date.UTC(2030, 0, 1);
export const parameters = ruleParameters({ settings: defaultSettings, demo: true, stretch: 1 });
export const times = alertTimes(defaultSettings.alertTiming, true);
const refused = { code: 'unreachable', message: 'Nothing listens (connection refused).' } as const;

/** A time a rule's condition held without a break, in ms since the start. */
interface Spell {
  readonly rule: AlertRule;
  readonly from: number;
  to: number;
}

/** What was told, and when in s since the start. */
interface Told {
  readonly at: number;
  readonly title: string;
  readonly body: string;
}

/**
 * The demo's world behind its server's cache, polled every 5 s, `phase` ms after each whole five, with all that makes
 * messages of it.
 */
export class DemoBed {
  readonly spells: Spell[] = [];
  readonly told: Told[] = [];
  /** Nothing listens. */
  refused = false;
  readonly #world;
  readonly #cache;
  readonly #rules = new ValueRules('demo', parameters);
  readonly #machine: AlertMachine;
  readonly #phase: number;
  #input: AlertInput = wellInput();
  #loadedAt = start;
  #failures = 0;
  #at = start;

  constructor(seed: number, phase: number) {
    this.#world = createWorld({ now: start, random: seededRandom(seed) });
    this.#cache = new ServerCache(() => this.#at);
    this.#phase = phase;
    const sources = watchedResources.map((source) => ({ source, backend: 'orchestrator', interval: 5000 }));
    this.#machine = new AlertMachine({ profileId: 'demo', sources, rules: parameters, times }, start, null);
  }

  get now(): number {
    return this.#at - start;
  }

  set script(script: VpnScript) {
    this.#world.advance(this.#at);
    this.#world.setScript(script);
  }

  get titles(): string[] {
    return this.told.map(({ title }) => title);
  }

  run(seconds: number): void {
    const end = this.#at + seconds * second;
    while (this.#at < end) {
      this.#at += 500;
      if ((this.#at - start - this.#phase) % 5000 === 0) this.#poll();
      if ((this.#at - start) % second === 0) this.#tick();
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

  #poll(): void {
    const outcome = this.refused ? { ...refused, transport: true } : 'ok';
    for (const source of watchedResources) this.#machine.polled(source, this.#at, outcome);
    this.#failures = this.refused ? this.#failures + 1 : 0;
    if (!this.refused) this.#load();
  }

  #load(): void {
    const world = this.#world;
    world.advance(this.#at);
    const status = this.#cache.through('orchestrator:status', 2000, () => orchestratorStatus(world));
    const vpn = this.#cache.through('vpn:status', 3000, () => vpnStatus(world));
    const loadedAt = this.#at;
    this.#loadedAt = loadedAt;
    this.#input = {
      ...this.#input,
      totals: reading(readTotals(totals(world), ''), { loadedAt }),
      orchestrator: reading(readStatus(status, { version: '1.7.3', basePath: '' }, '').value, { loadedAt }),
      vpn: reading(readVpn(vpn, '').value, { loadedAt }),
    };
  }

  #tick(): void {
    const input = this.#inputNow();
    const judgements = this.#rules.judge(input, parameters);
    for (const one of judgements) this.#noteSpell(one);
    const { messages } = this.#machine.tick({
      now: this.#at,
      judgements,
      paused: false,
      online: true,
      quietUntil: null,
    });
    const facts = { profile: 'Demo', input, parameters, watchedFor: this.now };
    const timeOfDay = (at: number): string => new Date(at).toISOString().slice(11, 19);
    for (const message of messages) {
      const { title, body } = messageText(message, {
        factsOf: () => facts,
        timeOfDay,
        now: this.#at,
        times,
      });
      this.told.push({ at: this.now / second, title, body });
    }
  }

  #inputNow(): AlertInput {
    const count = this.#failures;
    const failure = count === 0 ? null : { ...refused, since: this.#loadedAt, count, nextTryAt: null };
    const change = { age: this.#at - this.#loadedAt, failure };
    const aged = <T>(one: Reading<T>): Reading<T> => ({ ...one, ...change });
    const { totals: engines, orchestrator, vpn } = this.#input;
    return { ...this.#input, totals: aged(engines), orchestrator: aged(orchestrator), vpn: aged(vpn) };
  }

  #noteSpell({ rule, condition }: ValueJudgement): void {
    const last = this.spells.findLast((spell) => spell.rule === rule);
    const goesOn = last !== undefined && last.to === this.now - second;
    // Unknown: as it was before.
    const on = condition ?? goesOn;
    if (on && goesOn) last.to = this.now;
    else if (on) this.spells.push({ rule, from: this.now, to: this.now });
  }
}
