import { Field } from '@base-ui/react/field';
import { RotateCcw } from 'lucide-react';
import type { RuleState } from '../../shared/contract/alerts.ts';
import { defaultAlertRules } from '../../shared/model/alert-defaults.ts';
import { ruleSeverities, ruleTitles } from '../../shared/model/alerts.ts';
import type { AlertRule } from '../../shared/model/alerts.ts';
import { SeverityMark } from '../events/event-marks.tsx';
import { NumberControl } from '../settings/number-control.tsx';
import { Outcome } from '../settings/outcome.tsx';
import type { Attempt } from '../settings/use-attempt.ts';
import { useSaving } from '../settings/use-saving.ts';
import { Hint } from '../ui/hint.tsx';
import { Toggle } from '../ui/switch.tsx';
import { ConditionMark } from './condition-mark.tsx';
import { numbersOf } from './rule-numbers.ts';
import type { AlertRules, RuleNumber } from './rule-numbers.ts';
import type { RuleEdits } from './use-edits.ts';

interface Props {
  readonly rule: AlertRule;
  readonly edits: RuleEdits;
  /** What of the connected profile it is judged of. */
  readonly instances: readonly RuleState[];
}

/** One rule: whether it is on, what counts now, its numbers. */
export function RuleRow({ rule, edits, instances }: Props) {
  const { attempt, save } = useSaving();
  const title = ruleTitles[rule];
  const fixed = edits.variable !== null;
  const change = (changed: (before: AlertRules) => AlertRules): void => save(() => edits.edit(changed));
  const numbers = numbersOf(rule, edits.value);
  const defaults = numbersOf(rule, defaultAlertRules);
  const { on } = edits.value[rule];
  const isDefault =
    on === defaultAlertRules[rule].on &&
    numbers.every(({ value }, index) => value === defaults[index]?.value);
  return (
    <tr data-off={!on || undefined}>
      <th scope="row">
        <Field.Root className="rule-name" disabled={fixed}>
          <Toggle
            on={on}
            onChange={(next) => change((before) => ({ ...before, [rule]: { ...before[rule], on: next } }))}
          />
          <div>
            <div className="rule-title">
              <Field.Label className="field-label">{title}</Field.Label>
              <SeverityMark severity={ruleSeverities[rule]} />
              <Outcome attempt={attempt} />
            </div>
            {[...new Set(instances.map(({ text }) => text))].map((text) => (
              <p key={text} className="rule-text">
                {text}
              </p>
            ))}
          </div>
        </Field.Root>
      </th>
      <td>
        <Conditions instances={instances} title={title} />
      </td>
      <td>
        <div className="rule-numbers">
          {numbers.map((number) => (
            <NumberOf
              key={number.label}
              number={number}
              title={title}
              fixed={fixed}
              attempt={attempt}
              onChange={(n) => change((before) => number.changed(before, n))}
            />
          ))}
        </div>
      </td>
      <td className="rule-reset">
        <Hint text="Back to the defaults" repeats>
          <button
            type="button"
            className="icon-button"
            aria-label={`Back to the defaults: ${title}`}
            aria-disabled={fixed || isDefault}
            onClick={() => {
              if (fixed || isDefault) return;
              change((before) => ({ ...before, [rule]: defaultAlertRules[rule] }));
            }}
          >
            <RotateCcw size={14} aria-hidden="true" />
          </button>
        </Hint>
      </td>
    </tr>
  );
}

/** For each thing it is judged of; where there is but one, its name says nothing new. */
function Conditions({
  instances,
  title,
}: {
  readonly instances: readonly RuleState[];
  readonly title: string;
}) {
  const [only, second] = instances;
  if (!only) return <span className="muted">Nothing to judge in this profile</span>;
  if (!second && only.title === title) return <ConditionMark condition={only.condition} />;
  return (
    <ul className="conditions">
      {instances.map(({ key, title: name, condition }) => (
        <li key={key}>
          <ConditionMark condition={condition} /> <span className="muted">· {name}</span>
        </li>
      ))}
    </ul>
  );
}

interface NumberProps {
  readonly number: RuleNumber;
  readonly title: string;
  readonly fixed: boolean;
  readonly attempt: Attempt;
  readonly onChange: (n: number) => void;
}

function NumberOf({ number, title, fixed, attempt, onChange }: NumberProps) {
  const { label, unit, min, max, value } = number;
  return (
    <Field.Root className="rule-number" disabled={fixed}>
      <Field.Label className="rule-label">
        {label}{' '}
        <span className="visually-hidden">
          ({unit}), {title}
        </span>
      </Field.Label>
      <NumberControl setting={{ value, attempt, change: onChange }} min={min} max={max} unit={unit} />
    </Field.Root>
  );
}
