import { isFresh } from '../../../../shared/model/freshness.ts';
import type { Reading } from '../../../../shared/model/reading.ts';
import { watchedResources } from '../../../../shared/model/resources.ts';
import type { WatchedResource } from '../../../../shared/model/resources.ts';
import type { AlertInput } from '../rules/input.ts';
import type { RuleParameters } from '../rules/parameters.ts';
import type { AlertTimes } from '../types.ts';

/** What is known now of the profile an alert belongs to. */
export interface AlertFacts {
  /** Its name. */
  readonly profile: string;
  readonly input: AlertInput;
  readonly parameters: RuleParameters;
  /** ms since watching (re)started. */
  readonly watchedFor: number;
}

/** Where the words get what they tell. */
export interface WordSources {
  /** null: the alert's profile is not watched now. */
  readonly factsOf: (key: string) => AlertFacts | null;
  /** Writes a UTC ms as HH:MM:SS where the operator is. */
  readonly timeOfDay: (at: number) => string;
  /** Wall clock, UTC ms. */
  readonly now: number;
  readonly times: AlertTimes;
}

export function readingOf({ input }: AlertFacts, source: WatchedResource): Reading<unknown> {
  switch (source) {
    case 'stats:total':
      return input.totals;
    case 'orchestrator:status':
      return input.orchestrator;
    case 'vpn:status':
      return input.vpn;
  }
}

/** The sources this backend reports. */
export function reportedSources(facts: AlertFacts): WatchedResource[] {
  return watchedResources.filter((source) => readingOf(facts, source).supported);
}

export function liveSources(facts: AlertFacts): WatchedResource[] {
  return reportedSources(facts).filter((source) => isFresh(readingOf(facts, source)));
}
