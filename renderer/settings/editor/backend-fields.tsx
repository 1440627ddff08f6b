import type { ReactNode } from 'react';
import type { Profile } from '../../../shared/contract/profiles.ts';
import type { BackendKind } from '../../../shared/model/profiles.ts';
import { TextField } from '../../ui/field.tsx';
import { SwitchField } from '../../ui/switch.tsx';
import { secretOf } from '../profile-words.ts';
import { isPlainRemote } from './draft.ts';
import type { FieldErrors, FormState } from './draft.ts';
import { SecretField } from './secret-field.tsx';

export interface FormProps {
  readonly form: FormState;
  readonly change: (changes: Partial<FormState>) => void;
  readonly errors: FieldErrors;
}

const examples: Readonly<Record<BackendKind, string>> = {
  orchestrator: 'https://orchestrator.example:8000',
  portal: 'https://portal.example',
  workstations: 'https://workstations.example',
};

interface AddressProps extends FormProps {
  readonly kind: BackendKind;
}

/** Where a backend is; with the consent to plain http where that is asked for. */
export function AddressFields({ kind, form, change, errors }: AddressProps) {
  const { url, allowHttp } = form[kind];
  return (
    <>
      <TextField
        wide
        label="Address"
        type="url"
        value={url}
        placeholder={examples[kind]}
        maxLength={2000}
        error={errors[`${kind}.url`] ?? null}
        onChange={(next) => change({ [kind]: { ...form[kind], url: next } })}
      />
      {isPlainRemote(url) && (
        <div className="field" data-wide>
          <SwitchField
            label="Allow plain http"
            note="This address is on another machine and not encrypted: whoever is on the way can read the key and everything else."
            on={allowHttp}
            onChange={(on) => change({ [kind]: { ...form[kind], allowHttp: on } })}
          />
        </div>
      )}
    </>
  );
}

interface SecretProps extends FormProps {
  readonly kind: BackendKind;
  /** As it is stored; null: it is new. */
  readonly profile: Profile | null;
}

/** The key or password of a backend. */
export function BackendSecret({ kind, form, change, errors, profile }: SecretProps) {
  const name = secretOf[kind];
  const before = profile?.[kind]?.url;
  return (
    <SecretField
      name={name}
      state={profile?.secrets[name] ?? 'none'}
      elsewhere={before !== undefined && URL.parse(before)?.origin !== URL.parse(form[kind].url)?.origin}
      value={form.secrets[name]}
      error={errors[`secrets.${name}`] ?? null}
      onChange={(value) => {
        const { [name]: _before, ...rest } = form.secrets;
        change({ secrets: value === undefined ? rest : { ...rest, [name]: value } });
      }}
    />
  );
}

interface GroupProps {
  readonly title: string;
  readonly note?: string;
  readonly on: boolean;
  readonly onSwitch: (on: boolean) => void;
  readonly children: ReactNode;
}

/** A backend that is part of the profile or not; its fields only where it is. */
export function BackendGroup({ title, note, on, onSwitch, children }: GroupProps) {
  return (
    <fieldset className="backend-group" aria-label={title}>
      <SwitchField label={title} note={note} on={on} onChange={onSwitch} />
      {on && <div className="field-grid">{children}</div>}
    </fieldset>
  );
}
