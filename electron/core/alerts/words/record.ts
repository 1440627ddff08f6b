import type { AlertRecord } from '../../../../shared/contract/alerts.ts';
import { ruleSeverities } from '../../../../shared/model/alerts.ts';
import { partsOfAlertKey } from '../rules/key.ts';
import type { Transition } from '../types.ts';
import { alertDetail } from './detail.ts';
import type { WordSources } from './facts.ts';
import { fitBody, fitTitle } from './fit.ts';
import { withheldText } from './holds.ts';
import { alertTitle, namesOfKey } from './names.ts';
import { plainSpan } from './spans.ts';

type RecordText = Pick<AlertRecord, 'title' | 'detail' | 'severity'>;

/** A transition in words, for the history. */
export function recordText(transition: Transition, sources: WordSources): RecordText {
  const { key, rule, kind, why, since, until } = transition;
  const names = namesOfKey(key, rule);
  if (kind === 'withheld') {
    return {
      title: fitTitle(withheldTitle(transition, sources)),
      detail: withheldText(why ?? 'over'),
      severity: transition.message === 'recovered' ? 'info' : ruleSeverities[rule],
    };
  }
  if (kind === 'fired') {
    const parts = partsOfAlertKey(key);
    const detail = parts && fitBody(alertDetail(parts, sources.factsOf(key), sources));
    return { title: fitTitle(firingTitle(transition, sources)), detail, severity: ruleSeverities[rule] };
  }
  if (why === 'off') {
    return { title: names.firing, detail: 'Ended: it is not watched for any more.', severity: 'info' };
  }
  const lasted = `${names.lasted} ${plainSpan(Math.max(0, until - since))}.`;
  return { title: names.recovered, detail: lasted, severity: 'info' };
}

/** The title of the message that is not told. */
function withheldTitle(transition: Transition, sources: WordSources): string {
  const names = namesOfKey(transition.key, transition.rule);
  switch (transition.message) {
    case 'firing':
    case null:
      return firingTitle(transition, sources);
    case 'recovered':
      return names.recovered;
    case 'still':
      return names.still;
    case 'unstable':
      return names.unstable;
    case 'settled':
      return names.settled;
  }
}

function firingTitle({ key, rule }: Transition, { factsOf }: WordSources): string {
  const parts = partsOfAlertKey(key);
  return parts ? alertTitle(parts, factsOf(key)) : namesOfKey(key, rule).firing;
}
