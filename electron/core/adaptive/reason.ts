import { spanText } from '../../../shared/model/age.ts';
import { loadShare, marginOf, stillShare } from './ttl-rule.ts';
import type { Conditions } from './ttl-rule.ts';
import type { ChosenTtl } from './ttl-learner.ts';

/** A time of a load or TTL in ms: `40 ms`, `4.7 s`, `90 s`. */
export function timeText(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`;
}

/** Why a TTL is what it is, in one sentence. */
export function reasonOf(chosen: ChosenTtl, conditions: Conditions): string {
  return `${timeText(chosen.ttl)}${why(chosen, conditions)}.`;
}

function why(chosen: ChosenTtl, { configured, bounds, pollMs }: Conditions): string {
  const { ttl, aim, growing, evidence } = chosen;
  if (bounds === null || aim === null) return ' as configured: adapting is off';
  const { stillness, load } = evidence;
  const same =
    stillness === null
      ? 'too few loads were seen to judge by'
      : `unchanged for ${spanText(stillness.ms)} ${stillness.average ? 'on average' : 'so far'}`;
  const aside = [
    ...(aim.capped ? [cappedAt(aim.ttl, bounds.max)] : []),
    ...(growing ? ['growing with each load'] : []),
    ...pastPolls(ttl, marginOf(load, pollMs), pollMs),
  ];
  switch (aim.cause) {
    case 'still':
      return `: ${[same, `at most ${100 * stillShare} % of that`, ...aside].join(', ')}`;
    case 'slow':
      return `: ${[
        `a load takes ${timeText(load?.median ?? 0)}`,
        `at most ${100 * loadShare} % of the TTL`,
        ...aside,
      ].join(', ')}`;
    case 'changing': {
      const every = `changes about every ${timeText(stillness?.ms ?? 0)}`;
      const least = aim.capped ? `, not below ${timeText(aim.ttl)}` : '';
      return `: ${every}, the configured TTL is ${timeText(configured)}${least}`;
    }
    case 'configured': {
      if (growing) return `: ${same}, growing back to ${timeText(aim.ttl)}`;
      const moved = configured < bounds.min ? ', the least allowed' : ', the most allowed';
      return `${aim.capped ? moved : ' as configured'}: ${same}${stillness === null ? '' : ', which asks for no other'}`;
    }
  }
}

/** A slow load takes its part of what may be as old as `max`. */
function cappedAt(ttl: number, max: number): string {
  const most = timeText(max);
  return max - ttl > 500 ? `capped so that no data is older than ${most}` : `capped at ${most}`;
}

function pastPolls(ttl: number, margin: number, pollMs: number): string[] {
  const polls = (ttl - margin) / pollMs;
  if (polls < 1 || !Number.isInteger(polls)) return [];
  return [`just past ${polls === 1 ? 'a poll' : `${polls} polls`} of ${timeText(pollMs)}`];
}
