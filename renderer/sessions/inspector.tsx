import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useState } from 'react';
import { sessionFields } from '../../shared/model/sessions.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { useClient } from '../live/client-context.ts';
import { Outcome } from '../settings/outcome.tsx';
import { useAttempt } from '../settings/use-attempt.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { plural } from '../ui/format.ts';
import { useSay } from '../ui/toasts.tsx';
import { FieldItem } from './field-item.tsx';
import { useInspected, useSessionsChanged } from './use-sessions.ts';
import { Gate } from '../ui/gate.tsx';

interface Props {
  readonly user: string;
  /** Stands for the address until that is told. */
  readonly masked: string;
  readonly onClose: () => void;
}

/** Everything that is kept of one user, field by field. The address is shown in full here and nowhere else. */
export function Inspector({ user, masked, onClose }: Props) {
  const client = useClient();
  const changed = useSessionsChanged();
  const { data, error } = useInspected(user);
  // Nobody is known by that reference any more: what was told of them before is not shown on.
  const gone = error instanceof RpcError && error.code === 'not-found';
  const shown = gone ? undefined : data;
  const { attempt, run } = useAttempt();
  const say = useSay();
  const [clearing, setClearing] = useState(false);
  const busy = attempt.state === 'running';
  const refreshAll = (): void =>
    run(async () => {
      try {
        await client.call('sessions.refresh', { user });
      } finally {
        await changed(); // also where only some of it could be loaded
      }
      return 'Every field was loaded anew.';
    });
  const clear = (): void =>
    run(async () => {
      const { removed } = await client.call('sessions.clear', { user });
      onClose();
      say('The session was cleared', `${plural(removed, 'field', 'fields')} of ${masked} removed.`, 'ok');
      await changed();
      return '';
    });
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog editor inspector">
          <header className="editor-head">
            <Dialog.Title className="dialog-title">Session of {shown?.value.email ?? masked}</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label="Close">
              <X size={16} aria-hidden="true" />
            </Dialog.Close>
          </header>
          <div className="inspector-body">
            <ul className="inspector-fields">
              {error !== null && (
                <li>
                  <span className="chip-glyph" data-role="bad" aria-hidden="true">
                    ✕
                  </span>{' '}
                  The session could not be read: {error.message}
                </li>
              )}
              {!data && error === null && <li className="muted">Reading the session…</li>}
              {shown?.value.fields.map((field) => (
                <FieldItem key={field.field} user={user} field={field} at={shown.at} />
              ))}
            </ul>
            <footer className="editor-foot">
              <div className="dialog-actions">
                <Outcome attempt={attempt} running="Working…" />
                <Gate call="sessions.clear">
                  <button
                    type="button"
                    className="button danger"
                    aria-disabled={busy}
                    onClick={() => {
                      if (!busy) setClearing(true);
                    }}
                  >
                    Clear session…
                  </button>
                </Gate>
                <button
                  type="button"
                  className="button"
                  aria-disabled={busy}
                  onClick={() => {
                    if (!busy) refreshAll();
                  }}
                >
                  Refresh all
                </button>
                <Dialog.Close className="button primary">Close</Dialog.Close>
              </div>
            </footer>
          </div>
          <ConfirmDialog
            open={clearing}
            onOpenChange={setClearing}
            title="Clear this session?"
            keep="Keep"
            confirm={
              <AlertDialog.Close className="button danger" onClick={clear}>
                Clear session
              </AlertDialog.Close>
            }
          >
            <p>
              What is kept of {masked} goes, in memory and on disk. They stay signed in; the next look at
              their engagement makes up to {sessionFields.length} calls. There is no undo.
            </p>
          </ConfirmDialog>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
