import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useState } from 'react';
import type { ControlKey } from '../../../shared/contract/control.ts';
import { useClient } from '../../live/client-context.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { dash, dateMinuteText } from '../../ui/format.ts';
import { Gate } from '../../ui/gate.tsx';
import { Outcome } from '../outcome.tsx';
import { headingOf } from '../section.tsx';
import { useAttempt } from '../use-attempt.ts';

/** Who may ask: a key is told by its name alone, because nobody has its text any more. */
export function KeysTable({ keys }: { readonly keys: readonly ControlKey[] }) {
  const client = useClient();
  const { attempt, run } = useAttempt();
  const [removing, setRemoving] = useState<ControlKey | null>(null);
  if (keys.length === 0) return null;
  const remove = ({ id }: ControlKey): void =>
    run(async () => {
      await client.call('control.removeKey', { id });
      return '';
    });
  return (
    <>
      <div className="scroll-x">
        <table className="table control-keys" aria-label="Keys">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Role</th>
              <th scope="col">Made</th>
              <th scope="col">Last used</th>
              <th scope="col">
                <span className="visually-hidden">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => (
              <tr key={key.id}>
                <th scope="row">{key.variable === null ? key.name : <code>{key.variable}</code>}</th>
                <td>{key.role}</td>
                <td>{key.createdAt === null ? 'environment' : dateMinuteText(key.createdAt)}</td>
                <td>{key.lastUsedAt === null ? dash : dateMinuteText(key.lastUsedAt)}</td>
                <td className="num">
                  {key.variable === null && (
                    <Gate call="control.removeKey">
                      <button
                        type="button"
                        className="button small"
                        aria-label={`Remove ${key.name}`}
                        onClick={() => setRemoving(key)}
                      >
                        Remove
                      </button>
                    </Gate>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Outcome attempt={attempt} running="Removing…" />
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        // The button that opened it goes with the key.
        focusAfter={() => headingOf('control')}
        title={`Remove the key ${removing?.name ?? ''}?`}
        keep="Keep"
        confirm={
          <AlertDialog.Close className="button danger" onClick={() => removing && remove(removing)}>
            Remove key
          </AlertDialog.Close>
        }
      >
        <p>
          Whatever uses it is refused from then on, and browsers that signed in with it are signed out. This
          cannot be undone.
        </p>
      </ConfirmDialog>
    </>
  );
}
