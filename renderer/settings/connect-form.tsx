import { useState } from 'react';
import type { ProfilesState } from '../../shared/contract/profiles.ts';
import { useClient } from '../live/client-context.ts';
import { TextField } from '../ui/field.tsx';
import { AddressFields, BackendSecret } from './editor/backend-fields.tsx';
import { ConnectionTestPanel } from './editor/connection-test.tsx';
import { draftOf, nameFrom, secretsOf } from './editor/draft.ts';
import { firstProfile } from './editor/editing.ts';
import { SecretStorage } from './editor/secret-storage.tsx';
import { useProfileForm } from './editor/use-profile-form.ts';

interface Props {
  readonly storage: ProfilesState['secretStorage'];
  readonly onBusy: (busy: boolean) => void;
}

/** The first profile in one short form: address and key. */
export function ConnectForm({ storage, onBusy }: Props) {
  const client = useClient();
  const { form, change, errors, failure, busy, testing, fields, submit } = useProfileForm(firstProfile, null);
  /** The profile once it is stored: a connection that failed is tried again without storing a second one. */
  const [stored, setStored] = useState<string | null>(null);
  const named = form.name === '' ? { ...form, name: nameFrom(form.orchestrator.url) } : form;

  const connect = async (): Promise<void> => {
    onBusy(true);
    await submit(named, async (complete) => {
      const { id } = await client.call('profiles.save', {
        id: stored,
        draft: draftOf(complete),
        secrets: secretsOf(complete),
        acceptWeak: complete.acceptWeak,
      });
      setStored(id);
      await client.call('profiles.activate', { id });
    });
    onBusy(false);
  };

  return (
    <form
      className="connect-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void connect();
      }}
    >
      <div ref={fields} className="field-grid">
        <AddressFields kind="orchestrator" form={form} change={change} errors={errors} />
        <BackendSecret kind="orchestrator" profile={null} form={form} change={change} errors={errors} />
        <TextField
          label="Name"
          value={form.name}
          placeholder={named.name}
          maxLength={60}
          note="Shown in the top bar."
          error={errors.name ?? null}
          onChange={(name) => change({ name })}
        />
      </div>
      <SecretStorage storage={storage} form={form} change={change} errors={errors} />
      <ConnectionTestPanel form={form} testing={testing} id={stored} />
      <div className="first-run-actions">
        <button type="submit" className="button primary" disabled={busy}>
          {busy ? 'Connecting…' : 'Save and connect'}
        </button>
        {failure !== null && (
          <p className="outcome" role="alert">
            <span className="chip-glyph" data-role="bad" aria-hidden="true">
              ✕
            </span>{' '}
            {failure}
          </p>
        )}
      </div>
    </form>
  );
}
