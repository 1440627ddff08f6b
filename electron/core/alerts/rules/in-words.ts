import type { RuleState } from '../../../../shared/contract/alerts.ts';
import { alertRules, ruleTitles } from '../../../../shared/model/alerts.ts';
import type { AlertRule } from '../../../../shared/model/alerts.ts';
import { resourceTitles, verbsOf, watchedResources } from '../../../../shared/model/resources.ts';
import type { WatchedResource } from '../../../../shared/model/resources.ts';
import { plainSpan } from '../words/spans.ts';
import { ruleKey, staleKey } from './key.ts';
import type { RuleParameters } from './parameters.ts';

/** A rule without what it finds at the moment. */
export type RuleInWords = Omit<RuleState, 'condition'>;

interface RulesOf {
  readonly profileId: string;
  readonly parameters: RuleParameters;
  /** ms between two polls of a source, or its ttl where that is longer. */
  readonly intervalOf: (source: WatchedResource) => number;
  /** Without one there are no sessions to expire. */
  readonly hasPortal: boolean;
}

/** Every rule of a profile with the numbers in effect, `stale` once for each source. */
export function rulesInWords({ profileId, parameters, intervalOf, hasPortal }: RulesOf): RuleInWords[] {
  return alertRules.flatMap((rule): RuleInWords[] => {
    const on = parameters.on[rule];
    if (rule === 'stale') {
      return watchedResources.map((source) => ({
        key: staleKey(profileId, source),
        rule,
        title: `${resourceTitles[source]} ${verbsOf(source).is} stale`,
        on,
        text: staleSentence(parameters, intervalOf(source)),
      }));
    }
    if (rule === 'session-expiring' && !hasPortal) return [];
    return [
      { key: ruleKey(profileId, rule), rule, title: ruleTitles[rule], on, text: sentence(rule, parameters) },
    ];
  });
}

function staleSentence({ stalePolls, forMs }: RuleParameters, interval: number): string {
  const stale = `No good load for ${plainSpan(stalePolls * interval)} (${stalePolls} polls)`;
  return forMs.stale === 0 ? `${stale}.` : `${stale}, and still so ${plainSpan(forMs.stale)} later.`;
}

function sentence(rule: Exclude<AlertRule, 'stale'>, parameters: RuleParameters): string {
  const { forMs, notMovingPolls, hitRate, sessionMs } = parameters;
  const lasting = forMs[rule] === 0 ? '' : `, for ${plainSpan(forMs[rule])}`;
  switch (rule) {
    case 'unreachable':
      return `The last two tries or more of every source got no answer${lasting}. One notice for all.`;
    case 'vpn-down':
      return `Enabled and not connected; of two VPNs, neither${lasting}. Up again when two polls in a row say so.`;
    case 'vpn-emergency':
      return `One of two VPNs has failed and the other carries everything${lasting}.`;
    case 'engines-unhealthy':
      return `An engine is unhealthy, or none is healthy while some run${lasting}.`;
    case 'provisioning-blocked':
      return `No engine can be started although there is room for one${lasting}.`;
    case 'not-moving':
      return `All byte counters unchanged for ${notMovingPolls} polls while containers run${lasting}.`;
    case 'hit-rate-low':
      return `Below ${hitRate.percent} % over 5 min, of at least ${hitRate.lookups} lookups${lasting}. Not judged while refresh ahead is on.`;
    case 'session-expiring':
      return `A session ends within ${plainSpan(sessionMs)}, its user was active in the last day and has to sign in again${lasting}. Told in the window only.`;
  }
}
