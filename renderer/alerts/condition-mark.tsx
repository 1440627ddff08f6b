import { Circle, CircleDashed, CircleDot, CircleQuestionMark } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { RuleState } from '../../shared/contract/alerts.ts';

const conditions: Readonly<Record<RuleState['condition'], readonly [LucideIcon, string]>> = {
  false: [Circle, 'Not met'],
  true: [CircleDot, 'Met'],
  unknown: [CircleQuestionMark, 'Unknown: input stale'],
  'not-judged': [CircleDashed, 'Not judged'],
};

/** Whether a rule's condition holds now, by shape and word. */
export function ConditionMark({ condition }: Pick<RuleState, 'condition'>) {
  const [Icon, word] = conditions[condition];
  return (
    <span className="event-mark condition" data-condition={condition}>
      <Icon size={14} aria-hidden="true" />
      {word}
    </span>
  );
}
