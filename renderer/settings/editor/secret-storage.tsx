import { Checkbox } from '@base-ui/react/checkbox';
import { Field } from '@base-ui/react/field';
import { Check } from 'lucide-react';
import type { ProfilesState } from '../../../shared/contract/profiles.ts';
import { secretsOf } from './draft.ts';
import type { FormProps } from './backend-fields.tsx';

interface Props extends FormProps {
  readonly storage: ProfilesState['secretStorage'];
}

/** Whether saving would keep a secret where others may read it. */
function needsConsent(storage: ProfilesState['secretStorage'], form: FormProps['form']): boolean {
  return (
    storage.protection === 'weak' && Object.values(secretsOf(form)).some((value) => typeof value === 'string')
  );
}

/** How secrets are kept; asks for consent where that is weakly. */
export function SecretStorage({ storage, form, change }: Props) {
  const doubtful = storage.protection === 'weak' || storage.protection === 'none';
  return (
    <div className="secret-storage" data-role={doubtful ? 'attention' : 'neutral'}>
      <p className="field-note">
        {doubtful && (
          <span className="chip-glyph" data-role="attention" aria-hidden="true">
            ▲
          </span>
        )}{' '}
        {storage.sentence}
      </p>
      {needsConsent(storage, form) && (
        <Field.Root className="check-field">
          <Checkbox.Root
            className="checkbox"
            checked={form.acceptWeak}
            onCheckedChange={(acceptWeak) => change({ acceptWeak })}
          >
            <Checkbox.Indicator className="checkbox-mark">
              <Check size={12} aria-hidden="true" />
            </Checkbox.Indicator>
          </Checkbox.Root>
          <Field.Label className="field-label">Keep what I typed that way all the same</Field.Label>
        </Field.Root>
      )}
    </div>
  );
}
