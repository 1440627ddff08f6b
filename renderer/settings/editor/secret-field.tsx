import type { SecretName } from '../../../shared/model/profiles.ts';
import { TextField } from '../../ui/field.tsx';
import { secretTitles } from '../profile-words.ts';
import type { SecretState } from '../profile-words.ts';

interface Props {
  readonly name: SecretName;
  /** What main has of it. */
  readonly state: SecretState;
  /** Typed; null: to be forgotten; undefined: unchanged. Never comes from main. */
  readonly value: string | null | undefined;
  readonly error: string | null;
  readonly onChange: (value: string | null | undefined) => void;
}

/** A key or password: it goes to main and never comes back. */
export function SecretField({ name, state, value, error, onChange }: Props) {
  const title = secretTitles[name];
  const label = title === 'API key' ? 'API key' : 'Password';
  const kept = state === 'stored' || state === 'unreadable';
  if (state === 'environment') {
    return (
      <TextField
        label={label}
        type="password"
        value=""
        onChange={() => {}}
        disabled
        note={`The ${title} comes from the environment.`}
      />
    );
  }
  if (value === null) {
    return (
      <TextField
        label={label}
        type="password"
        value=""
        onChange={(next) => onChange(next === '' ? null : next)}
        note={
          <>
            The stored {title} is forgotten when you save.{' '}
            <button type="button" className="link-button" onClick={() => onChange(undefined)}>
              Keep it
            </button>
          </>
        }
      />
    );
  }
  return (
    <TextField
      label={label}
      type="password"
      value={value ?? ''}
      onChange={(next) => onChange(next === '' ? undefined : next)}
      maxLength={4000}
      error={error}
      note={
        kept ? (
          <>
            {state === 'stored'
              ? `A ${title === 'API key' ? 'key' : title} is stored. Type to replace it.`
              : `The stored ${title} cannot be read any more. Type it again.`}{' '}
            <button
              type="button"
              className="link-button"
              aria-label={`Forget the stored ${title}`}
              onClick={() => onChange(null)}
            >
              Forget
            </button>
          </>
        ) : (
          noteFor[name]
        )
      }
    />
  );
}

const noteFor: Readonly<Record<SecretName, string>> = {
  orchestratorKey: 'Only needed to clear the orchestrator’s own cache.',
  portalPassword: 'Of the service account. Leave it empty if users paste their own tokens.',
  workstationsPassword: 'Leave it empty if the manager asks for none.',
};
