import { useRef } from 'react';
import type { ProfilesState } from '../../shared/contract/profiles.ts';
import { useClient } from '../live/client-context.ts';
import { edit, newProfile } from './editor/editing.ts';
import { Outcome } from './outcome.tsx';
import { ProfileItem } from './profile-item.tsx';
import { saveDocument } from './save-document.ts';
import { Section } from './section.tsx';
import { useAttempt } from './use-attempt.ts';
import { Gate } from '../ui/gate.tsx';

/** Bytes of a file that the bridge takes at most. */
const maxImport = 60_000;

/** The connections there are, and how to add, pass on and take over more. */
export function ProfilesSection({ state }: { readonly state: ProfilesState }) {
  const client = useClient();
  const { attempt, run } = useAttempt();
  const file = useRef<HTMLInputElement>(null);
  const stored = state.profiles.some(({ kind }) => kind === 'stored');

  const take = async (chosen: File): Promise<string> => {
    if (chosen.size > maxImport) throw new Error(`${chosen.name} is too large to be exported profiles.`);
    const { added } = await client.call('profiles.import', { text: await chosen.text() });
    if (added.length === 0) return 'There was no profile in it.';
    return `Added ${added.map(({ name }) => name).join(', ')}. Keys and passwords are not in such a file: enter them now.`;
  };

  return (
    <Section
      name="profiles"
      actions={
        <>
          <Gate call="profiles.export">
            <button
              type="button"
              className="button small"
              disabled={!stored || attempt.state === 'running'}
              onClick={() => run(async () => saveDocument(await client.call('profiles.export', {})))}
            >
              Export
            </button>
          </Gate>
          <Gate call="profiles.import">
            <button type="button" className="button small" onClick={() => file.current?.click()}>
              Import
            </button>
          </Gate>
          <Gate call="profiles.save">
            <button type="button" className="button small primary" onClick={() => edit(newProfile)}>
              New profile
            </button>
          </Gate>
        </>
      }
    >
      <input
        ref={file}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label="File of exported profiles"
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0];
          event.currentTarget.value = ''; // the same file can be chosen again
          if (chosen) run(() => take(chosen));
        }}
      />
      <ul className="profile-list">
        {state.profiles.map((profile) => (
          <ProfileItem key={profile.id} profile={profile} state={state} />
        ))}
      </ul>
      <div className="profiles-foot">
        <p className="field-note">
          {state.secretStorage.sentence} Exports hold addresses and times, never keys or passwords.
        </p>
        <Outcome attempt={attempt} running="One moment…" />
      </div>
    </Section>
  );
}
