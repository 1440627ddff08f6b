import { spanText } from '../../../../shared/model/age.ts';

const minute = 60_000;

/** A set span in words, without what is nought: `30 s`, `5 min`, `1 h`. */
export function plainSpan(ms: number): string {
  if (ms < minute || ms % minute !== 0) return spanText(ms);
  if (ms < 60 * minute) return `${ms / minute} min`;
  return spanText(ms).replace(/ 00 min$/, '');
}

/** How far something ahead is, to the minute from one minute on: what is due in 59 min 55 s is due in an hour. */
export function aheadSpan(ms: number): string {
  return ms < minute ? spanText(Math.max(0, ms)) : plainSpan(Math.round(ms / minute) * minute);
}
