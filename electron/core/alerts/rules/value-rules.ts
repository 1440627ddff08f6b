import type { RuleState } from '../../../../shared/contract/alerts.ts';
import type {
  EngineTotals,
  OrchestratorStatus,
  VpnStatus,
} from '../../../../shared/contract/orchestrator.ts';
import type { AlertRule } from '../../../../shared/model/alerts.ts';
import type { Judgement } from '../types.ts';
import { enginesUnhealthy, provisioningBlocked, StandingCounters } from './engines.ts';
import { LoadJudge, OwnFactJudge } from './finding.ts';
import type { Finding } from './finding.ts';
import type { AlertInput } from './input.ts';
import { ruleKey } from './key.ts';
import type { RuleParameters } from './parameters.ts';
import { isEmergency, VpnConnection } from './vpn-connection.ts';

/** Those that judge what was read; the other two judge whether it could be read. */
type ValueRule = Exclude<AlertRule, 'stale' | 'unreachable'>;

/** A judgement and how the page shows its condition. */
export interface ValueJudgement extends Judgement {
  readonly shown: RuleState['condition'];
}

/** The value rules of ALERTS for one profile. They judge fresh input only and remember what it was. */
export class ValueRules {
  readonly #profileId: string;
  #parameters: RuleParameters;
  /** Provisioning is blocked because of the VPN: one alert tells both. */
  #blockedByVpn = false;

  readonly #connection = new VpnConnection();
  readonly #counters = new StandingCounters();
  readonly #vpnDown = new LoadJudge<VpnStatus>((load) => this.#connection.isDown(load));
  readonly #emergency = new LoadJudge<VpnStatus>(({ value }) => isEmergency(value));
  readonly #engines = new LoadJudge<OrchestratorStatus>(({ value }) => enginesUnhealthy(value));
  readonly #blocked = new LoadJudge<OrchestratorStatus>(({ value }) => {
    const blocked = provisioningBlocked(value);
    if (blocked) this.#blockedByVpn = value.provisioning.blocked?.code === 'vpn_disconnected';
    return blocked;
  });
  readonly #standing = new LoadJudge<EngineTotals>(({ value }) =>
    this.#counters.stand(value, this.#parameters.notMovingPolls),
  );
  readonly #hitRate = new OwnFactJudge();
  readonly #sessions = new OwnFactJudge();

  constructor(profileId: string, parameters: RuleParameters) {
    this.#profileId = profileId;
    this.#parameters = parameters;
  }

  /** To be called at each tick while not paused. Rules that are switched off judge nothing. */
  judge(input: AlertInput, parameters: RuleParameters): ValueJudgement[] {
    this.#parameters = parameters;
    const findings: readonly (readonly [ValueRule, Finding | null])[] = [
      ['vpn-down', this.#vpnDown.look(input.vpn)],
      ['vpn-emergency', this.#emergency.look(input.vpn)],
      ['engines-unhealthy', this.#engines.look(input.orchestrator)],
      ['provisioning-blocked', this.#blocked.look(input.orchestrator)],
      ['not-moving', this.#standing.look(input.totals)],
      ['hit-rate-low', this.#lookAtHitRate(input, parameters)],
      ['session-expiring', input.sessions && this.#sessions.look(input.sessions.sessions > 0)],
    ];
    return findings.flatMap(([rule, finding]) =>
      finding && parameters.on[rule] ? [this.#judgement(rule, finding, parameters)] : [],
    );
  }

  #lookAtHitRate(input: AlertInput, { hitRate }: RuleParameters): Finding {
    const { percent, n } = input.hitRate5m;
    // Loads ahead of the polls make nearly every poll a hit: a rate that says nothing of the settings.
    if (input.refreshAhead) return this.#hitRate.look(false, 'not-judged');
    return this.#hitRate.look(n < hitRate.lookups ? null : percent < hitRate.percent);
  }

  #judgement(rule: ValueRule, finding: Finding, { forMs, clearMs }: RuleParameters): ValueJudgement {
    return {
      key: ruleKey(this.#profileId, rule),
      rule,
      ...finding,
      forMs: forMs[rule],
      clearMs,
      parent: this.#parentOf(rule),
      inAppOnly: rule === 'session-expiring',
    };
  }

  #parentOf(rule: ValueRule): string | null {
    switch (rule) {
      case 'vpn-emergency':
        return ruleKey(this.#profileId, 'vpn-down');
      case 'provisioning-blocked':
        return ruleKey(this.#profileId, this.#blockedByVpn ? 'vpn-down' : 'unreachable');
      case 'vpn-down':
      case 'engines-unhealthy':
      case 'not-moving':
      case 'hit-rate-low':
        return ruleKey(this.#profileId, 'unreachable');
      case 'session-expiring':
        return null;
    }
  }
}
