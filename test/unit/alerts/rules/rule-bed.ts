import { readFileSync } from 'node:fs';
import type { OrchestratorStatus, VpnStatus } from '../../../../shared/contract/orchestrator.ts';
import type { AlertRule } from '../../../../shared/model/alerts.ts';
import type { Reading } from '../../../../shared/model/reading.ts';
import { ruleKey } from '../../../../electron/core/alerts/rules/key.ts';
import type { AlertInput } from '../../../../electron/core/alerts/rules/input.ts';
import { ruleParameters } from '../../../../electron/core/alerts/rules/parameters.ts';
import type { RuleParameters } from '../../../../electron/core/alerts/rules/parameters.ts';
import { ValueRules } from '../../../../electron/core/alerts/rules/value-rules.ts';
import type { ValueJudgement } from '../../../../electron/core/alerts/rules/value-rules.ts';
import { defaultSettings } from '../../../../electron/core/settings/values.ts';
import { readStatus } from '../../../../electron/core/sources/orchestrator/read-status.ts';
import { readVpn } from '../../../../electron/core/sources/orchestrator/read-vpn.ts';
import { reading } from '../../../support/readings.ts';
import { orchestrator, vpn } from '../../../support/watch-bed.ts';

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export const totals = {
  cpuPercent: 1,
  memoryBytes: 1,
  networkRxBytes: 100,
  networkTxBytes: 100,
  blockReadBytes: 100,
  blockWriteBytes: 100,
  containerCount: 8,
};

export const defaults: RuleParameters = ruleParameters({
  settings: defaultSettings,
  demo: false,
  stretch: 1,
});

/** Every rule on, also the one that is off until the operator wants it. */
export const allOn: RuleParameters = { ...defaults, on: { ...defaults.on, 'hit-rate-low': true } };

/** Everything well and just loaded. */
export function wellInput(): Mutable<AlertInput> {
  return {
    totals: reading(totals),
    orchestrator: reading(orchestrator('healthy')),
    vpn: reading(vpn()),
    hitRate5m: { percent: 90, n: 100 },
    refreshAhead: false,
    sessions: { sessions: 0, calls: 0 },
  };
}

/** The value rules of one profile, looked at after each load. */
export class RuleBed {
  readonly input = wellInput();
  readonly #rules = new ValueRules('p', allOn);
  #seconds = 0;

  /** Lets `seconds` pass and loads a source anew. */
  load<K extends 'totals' | 'orchestrator' | 'vpn'>(
    source: K,
    value: NonNullable<AlertInput[K]['value']>,
    seconds = 5,
  ): void {
    this.#seconds += seconds;
    const loadedAt = 1_000_000_000_000 + 1000 * this.#seconds;
    const fresh: Reading<unknown> = reading<unknown>(value, { loadedAt });
    Object.assign(this.input, { [source]: fresh });
  }

  /** The source's last load failed: what it holds is old. */
  fail(source: 'totals' | 'orchestrator' | 'vpn', change: Partial<Reading<never>> = {}): void {
    const failure = { code: 'timeout', message: 'No answer.', since: 0, count: 1, nextTryAt: null } as const;
    Object.assign(this.input, { [source]: { ...this.input[source], failure, ...change } });
  }

  judge(rule: AlertRule, parameters = allOn): ValueJudgement | undefined {
    const key = rule === 'stale' ? '' : ruleKey('p', rule);
    return this.#rules.judge(this.input, parameters).find((one) => one.key === key);
  }

  condition(rule: AlertRule): boolean | null | undefined {
    return this.judge(rule)?.condition;
  }
}

function recorded(file: string): unknown {
  const url = new URL(`../../../support/recordings/orchestrator/${file}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8'));
}

/** What a real server said of its VPN. */
export const recordedVpn = (file: string): VpnStatus => readVpn(recorded(file), 'GET /vpn/status').value;

export const recordedStatus = (file: string): OrchestratorStatus =>
  readStatus(recorded(file), { version: '1.5.0', basePath: '' }, 'GET /orchestrator/status').value;
