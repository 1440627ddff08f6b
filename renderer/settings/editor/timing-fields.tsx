import { defaultTtls, resourceKeys, resourceTitles } from '../../../shared/model/resources.ts';
import { FormField } from '../../ui/field.tsx';
import { NumberInput } from '../../ui/number-input.tsx';
import { Choose } from '../../ui/select.tsx';
import { pollSecondsChoices } from '../poll-choices.ts';
import type { FormProps } from './backend-fields.tsx';

const intervals = [{ value: null, label: 'As in Polling' }, ...pollSecondsChoices];

/** How often this profile is asked, and how long each of its values counts. */
export function TimingFields({ form, change }: FormProps) {
  return (
    <>
      <FormField button label="Interval" note="How often the pages ask while this profile is in use.">
        <Choose
          value={form.pollSeconds}
          choices={intervals}
          onChange={(pollSeconds) => change({ pollSeconds })}
        />
      </FormField>
      <details className="ttl-details" open={Object.keys(form.ttlSeconds).length > 0 || undefined}>
        <summary>How long values count (TTL)</summary>
        <p className="field-note">In seconds. Leave a field empty to use what stands in it.</p>
        <div className="ttl-grid">
          {resourceKeys.map((key) => (
            <FormField key={key} label={resourceTitles[key]}>
              <NumberInput
                value={form.ttlSeconds[key] ?? null}
                min={0}
                max={86_400}
                digits={3}
                unit="s"
                placeholder={String(defaultTtls[key] / 1000)}
                onChange={(value) => {
                  const { [key]: _before, ...rest } = form.ttlSeconds;
                  change({ ttlSeconds: value === null ? rest : { ...rest, [key]: value } });
                }}
              />
            </FormField>
          ))}
        </div>
      </details>
    </>
  );
}
