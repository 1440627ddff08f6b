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

/** A transition in words, for the history. */
export function recordText(
  { at, key, rule, kind, why, since }: Transition,
  sources: WordSources,
): Pick<AlertRecord, 'title' | 'detail' | 'severity'> {
  const names = namesOfKey(key, rule);
  if (kind === 'resolved') {
    return {
      title: names.recovered,
      detail: `${names.lasted} ${plainSpan(Math.max(0, at - since))}.`,
      severity: 'info',
    };
  }
  const facts = sources.factsOf(key);
  const parts = partsOfAlertKey(key);
  const title = fitTitle(parts ? alertTitle(parts, facts) : names.firing);
  const severity = ruleSeverities[rule];
  if (kind === 'withheld') return { title, detail: withheldText(why ?? 'over'), severity };
  return { title, detail: parts && fitBody(alertDetail(parts, facts, sources)), severity };
}
