import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useState } from 'react';
import type { Profile, ProfilesState } from '../../../shared/contract/profiles.ts';
import { useClient } from '../../live/client-context.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ConnectionTestPanel } from './connection-test.tsx';
import { draftOf, secretsOf } from './draft.ts';
import { newProfile, settingsHash, useStay } from './editing.ts';
import { ProfileForm } from './profile-form.tsx';
import { useProfileForm } from './use-profile-form.ts';
import { Gate } from '../../ui/gate.tsx';

interface Props {
  /** null: a new one. */
  readonly profile: Profile | null;
  readonly storage: ProfilesState['secretStorage'];
}

/** One profile in a dialog of its own. What was typed is not lost without a question. */
export function ProfileEditor({ profile, storage }: Props) {
  const client = useClient();
  const editor = useProfileForm(profile?.id ?? newProfile, profile);
  const { form, change, errors, failure, busy, testing, fields, submit } = editor;
  const [leavingTo, setLeavingTo] = useState<string | null>(null);
  const leave = useStay(editor.changed, setLeavingTo);
  const close = (): void => (editor.changed ? setLeavingTo(settingsHash) : leave(settingsHash));

  const save = (): void => {
    void submit(form, async () => {
      await client.call('profiles.save', {
        id: profile?.id ?? null,
        draft: draftOf(form),
        secrets: secretsOf(form),
        acceptWeak: form.acceptWeak,
      });
      leave(settingsHash);
    });
  };

  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()} disablePointerDismissal>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog editor" initialFocus={() => fields.current?.querySelector('input')}>
          <header className="editor-head">
            <Dialog.Title className="dialog-title">
              {profile === null ? 'New profile' : `Edit ${profile.name}`}
            </Dialog.Title>
            <Dialog.Close className="icon-button" aria-label="Close">
              <X size={16} aria-hidden="true" />
            </Dialog.Close>
          </header>
          <form
            className="editor-form"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              save();
            }}
          >
            <Gate call="profiles.save">
              <div ref={fields} className="editor-fields">
                <ProfileForm
                  profile={profile}
                  storage={storage}
                  form={form}
                  change={change}
                  errors={errors}
                />
              </div>
            </Gate>
            <footer className="editor-foot">
              {editor.overtaken && (
                <output className="editor-overtaken">
                  <span className="chip-glyph" data-role="attention" aria-hidden="true">
                    ▲
                  </span>{' '}
                  Another window has changed this profile since this form was opened. Save puts what is here
                  in its place; to see the other, cancel and open it again.
                </output>
              )}
              <ConnectionTestPanel form={form} testing={testing} id={profile?.id ?? null} />
              <div className="dialog-actions">
                <p className="outcome" role="alert">
                  {failure !== null && (
                    <>
                      <span className="chip-glyph" data-role="bad" aria-hidden="true">
                        ✕
                      </span>{' '}
                      {failure}
                    </>
                  )}
                </p>
                <Dialog.Close className="button">Cancel</Dialog.Close>
                <Gate call="profiles.save">
                  <button type="submit" className="button primary" disabled={busy}>
                    {busy ? 'Saving…' : 'Save'}
                  </button>
                </Gate>
              </div>
            </footer>
          </form>
          <ConfirmDialog
            open={leavingTo !== null}
            onOpenChange={(open) => !open && setLeavingTo(null)}
            title="Leave without saving?"
            keep="Keep editing"
            confirm={
              <AlertDialog.Close
                className="button danger"
                onClick={() => {
                  editor.discard();
                  leave(leavingTo ?? settingsHash);
                }}
              >
                Discard changes
              </AlertDialog.Close>
            }
          >
            <p>What you changed on this profile is not saved yet.</p>
          </ConfirmDialog>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
