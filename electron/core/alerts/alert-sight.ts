import type { Profile } from '../../../shared/contract/profiles.ts';
import type { Settings } from '../../../shared/contract/settings.ts';
import { watchedResources } from '../../../shared/model/resources.ts';
import type { MachinePlan } from './machine/api.ts';
import { rulesInWords } from './rules/in-words.ts';
import type { RuleInWords } from './rules/in-words.ts';
import type { AlertInput, ExpiringSessions } from './rules/input.ts';
import { alertTimes, ruleParameters } from './rules/parameters.ts';
import type { RuleParameters } from './rules/parameters.ts';
import type { AlertTimes, AppTime } from './types.ts';

/** ms between two looks at the sessions of all users. */
const sessionsEvery = 10_000;

interface WatchedReadings {
  readonly 'stats:total': AlertInput['totals'];
  readonly 'orchestrator:status': AlertInput['orchestrator'];
  readonly 'vpn:status': AlertInput['vpn'];
}

/** What is known of the connected profile now, without loading. */
export interface AlertReads {
  readonly readings: () => WatchedReadings;
  readonly hitRate5m: () => AlertInput['hitRate5m'];
  readonly refreshAhead: () => boolean;
  /** Sessions that end within so many ms; null: the profile has no portal. */
  readonly expiring: (within: number) => ExpiringSessions | null;
  readonly paused: () => boolean;
}

interface SightOptions {
  readonly profile: Pick<Profile, 'id' | 'kind'>;
  readonly settings: () => Settings;
  /** What the poll interval is multiplied with now. */
  readonly stretch: () => number;
  readonly reads: AlertReads;
}

/** A profile at one moment, and what its alerts go by. */
export interface Sight {
  readonly paused: boolean;
  readonly input: AlertInput;
  readonly parameters: RuleParameters;
  readonly times: AlertTimes;
  readonly plan: MachinePlan;
  readonly rules: readonly RuleInWords[];
}

/** Looks at a connected profile for its alerts. */
export class AlertSight {
  readonly #options: SightOptions;
  #sessions: ExpiringSessions | null = null;
  #sessionsAt: AppTime = -Infinity;

  constructor(options: SightOptions) {
    this.#options = options;
  }

  look(now: AppTime): Sight {
    const { profile, settings, stretch, reads } = this.#options;
    const { id: profileId } = profile;
    const demo = profile.kind === 'demo';
    const parameters = ruleParameters({ settings: settings(), demo, stretch: stretch() });
    const times = alertTimes(settings().alertTiming, demo);
    const readings = reads.readings();
    const sessions = this.#lookAtSessions(now, parameters.sessionMs);
    const sources = watchedResources
      .filter((source) => readings[source].supported)
      .map((source) => ({ source, backend: 'orchestrator', interval: readings[source].interval }));
    const { on, forMs, clearMs, stalePolls } = parameters;
    return {
      paused: reads.paused(),
      input: {
        totals: readings['stats:total'],
        orchestrator: readings['orchestrator:status'],
        vpn: readings['vpn:status'],
        hitRate5m: reads.hitRate5m(),
        refreshAhead: reads.refreshAhead(),
        sessions,
      },
      parameters,
      times,
      plan: { profileId, sources, rules: { on, forMs, clearMs, stalePolls }, times },
      rules: rulesInWords({
        profileId,
        parameters,
        intervalOf: (source) => readings[source].interval,
        hasPortal: sessions !== null,
      }),
    };
  }

  #lookAtSessions(now: AppTime, within: number): ExpiringSessions | null {
    if (now - this.#sessionsAt < sessionsEvery) return this.#sessions;
    this.#sessionsAt = now;
    this.#sessions = this.#options.reads.expiring(within);
    return this.#sessions;
  }
}
