import { useState } from 'react';
import type { Profile, ProfilesState } from '../../shared/contract/profiles.ts';
import { backendKinds, backendTitles } from '../../shared/model/profiles.ts';
import { useClient } from '../live/client-context.ts';
import { edit } from './editor/editing.ts';
import { Outcome } from './outcome.tsx';
import { secretOf, secretWords } from './profile-words.ts';
import { RemoveDialog } from './remove-dialog.tsx';
import { useAttempt } from './use-attempt.ts';
import { Gate } from '../ui/gate.tsx';

const kindWords: Readonly<Record<Profile['kind'], string | null>> = {
  demo: 'Built in',
  environment: 'From the environment',
  stored: null,
};

interface Props {
  readonly profile: Profile;
  readonly state: ProfilesState;
}

/** One profile of the list: what it connects, and what can be done with it. */
export function ProfileItem({ profile, state }: Props) {
  const client = useClient();
  const { attempt, run } = useAttempt();
  const [removing, setRemoving] = useState(false);
  const { id, name, kind, production } = profile;
  const active = state.active === id;
  const broken = active && state.fault !== null;
  const marks = [kindWords[kind], production ? 'Production' : null].filter((mark) => mark !== null);
  return (
    <li className="profile-item" data-active={active || undefined} aria-label={name}>
      <div className="profile-what">
        <p className="profile-title">
          <span className="chip-glyph" data-role={broken ? 'bad' : 'neutral'} aria-hidden="true">
            {broken ? '✕' : active ? '●' : '○'}
          </span>
          <strong>{name}</strong>
          {active && <span className="pill">{broken ? 'In use, not connected' : 'In use'}</span>}
          {marks.map((mark) => (
            <span key={mark} className="pill">
              {mark}
            </span>
          ))}
        </p>
        <Addresses profile={profile} demoUrl={active ? state.url : null} />
        <Outcome attempt={attempt} running="Connecting…" />
      </div>
      <div className="profile-buttons">
        <Gate call="profiles.save">
          {!active && (
            <button
              type="button"
              className="button small"
              disabled={attempt.state === 'running'}
              aria-label={`Use ${name}`}
              onClick={() =>
                run(async () => {
                  await client.call('profiles.activate', { id });
                  return '';
                })
              }
            >
              Use
            </button>
          )}
          {kind === 'stored' && (
            <>
              <button
                type="button"
                className="button small"
                aria-label={`Edit ${name}`}
                onClick={() => edit(id)}
              >
                Edit
              </button>
              <button
                type="button"
                className="button small"
                aria-label={`Remove ${name}`}
                onClick={() => setRemoving(true)}
              >
                Remove
              </button>
            </>
          )}
        </Gate>
      </div>
      <RemoveDialog
        profile={profile}
        active={active}
        open={removing}
        onOpenChange={setRemoving}
        onConfirm={() =>
          run(async () => {
            await client.call('profiles.remove', { id });
            return '';
          })
        }
      />
    </li>
  );
}

interface AddressesProps {
  readonly profile: Profile;
  /** Where the demo listens, while it is in use. */
  readonly demoUrl: string | null;
}

function Addresses({ profile, demoUrl }: AddressesProps) {
  if (profile.kind === 'demo') {
    return (
      <p className="muted">
        Embedded servers that play an orchestrator with eight engines behind two VPNs
        {demoUrl === null ? '.' : ` at ${demoUrl}.`}
      </p>
    );
  }
  return (
    <ul className="profile-addresses">
      {backendKinds.map((kind) => {
        const backend = profile[kind];
        if (backend === null) return null;
        const secret = secretOf[kind];
        const state = profile.secrets[secret];
        return (
          <li key={kind}>
            <span className="muted">{backendTitles[kind]}</span> {backend.url}{' '}
            <span className="muted">
              {state === 'unreadable' && (
                <>
                  <span className="chip-glyph" data-role="attention" aria-hidden="true">
                    ▲
                  </span>{' '}
                </>
              )}
              ({secretWords(secret, state)})
            </span>
          </li>
        );
      })}
    </ul>
  );
}
