import { useState } from 'react';
import type { AlertsState } from '../../shared/contract/alerts.ts';
import { ruleTitles } from '../../shared/model/alerts.ts';
import type { SnoozeChoice } from '../../shared/model/alerts.ts';
import { Outcome } from '../settings/outcome.tsx';
import { FormField } from '../ui/field.tsx';
import { Choose } from '../ui/select.tsx';
import type { Choice } from '../ui/select.tsx';
import { useSnooze } from './use-snooze.ts';
import { snoozeChoiceList } from './words.ts';
import { Gate } from '../ui/gate.tsx';

/** What could fire and does not, and is not muted either. */
function quietRules({ rules, active, silences }: AlertsState): readonly Choice<string>[] {
  const taken = new Set([...active, ...silences].map(({ key }) => key));
  return rules
    .filter(({ on, key }) => on && !taken.has(key))
    .map(({ key, title, rule }) => ({
      value: key,
      label: title,
      ...(title === ruleTitles[rule] ? {} : { note: ruleTitles[rule] }),
    }));
}

/** Mutes an alert before it comes: ahead of a planned restart, say. */
export function NewSilence({ state }: { readonly state: AlertsState }) {
  const { attempt, snooze } = useSnooze();
  const [picked, setPicked] = useState<string | null>(null);
  const [until, setUntil] = useState<SnoozeChoice>('1h');
  const choices = quietRules(state);
  const chosen = choices.find(({ value }) => value === picked) ?? choices[0];
  return (
    <section className="panel" aria-labelledby="new-silence-title">
      <header className="panel-head">
        <h2 id="new-silence-title">Silence something that is not firing</h2>
      </header>
      {chosen ? (
        <div className="silence-form">
          <FormField label="What" button>
            <Choose value={chosen.value} choices={choices} onChange={setPicked} />
          </FormField>
          <FormField label="For" button>
            <Choose value={until} choices={snoozeChoiceList} onChange={setUntil} />
          </FormField>
          <Gate call="alerts.snooze">
            <button type="button" className="button" onClick={() => snooze(chosen.value, until)}>
              Silence
            </button>
          </Gate>
        </div>
      ) : (
        <p className="empty">There is nothing else: no other rule is on.</p>
      )}
      <Outcome attempt={attempt} running="" />
    </section>
  );
}
