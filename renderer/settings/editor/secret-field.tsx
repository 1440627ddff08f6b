import type { SecretName } from '../../../shared/model/profiles.ts';
import { TextField } from '../../ui/field.tsx';
import { secretTitles } from '../profile-words.ts';
import type { SecretState } from '../profile-words.ts';

interface Props {
  readonly name: SecretName;
  /** What main has of it. */
  readonly state: SecretState;
  /** The address now is another server's than the one it was stored for. */
  readonly elsewhere: boolean;
  /** Typed; null: to be forgotten; undefined: unchanged. Never comes from main. */
  readonly value: string | null | undefined;
  readonly error: string | null;
  readonly onChange: (value: string | null | undefined) => void;
}

/** A key or password: it goes to main and never comes back. */
export function SecretField({ name, state, elsewhere, value, error, onChange }: Props) {
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
            {keptWords(title, state, elsewhere)}{' '}
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

function keptWords(title: string, state: SecretState, elsewhere: boolean): string {
  // Whoever may change an address must not get at a key by naming a server of their own.
  if (elsewhere) return `The stored ${title} is for the address before: type it again, or it is forgotten.`;
  if (state === 'unreadable') return `The stored ${title} cannot be read any more. Type it again.`;
  return `A ${title === 'API key' ? 'key' : title} is stored. Type to replace it.`;
}

const noteFor: Readonly<Record<SecretName, string>> = {
  orchestratorKey: 'Only needed to clear the orchestrator’s own cache.',
  portalPassword: 'Of the service account. Leave it empty if users paste their own tokens.',
  workstationsPassword: 'Leave it empty if the manager asks for none.',
};
