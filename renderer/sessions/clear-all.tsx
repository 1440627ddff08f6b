import { Eraser } from 'lucide-react';
import { useState } from 'react';
import { useClient } from '../live/client-context.ts';
import { useActiveProfile } from '../live/profile.ts';
import { plural } from '../ui/format.ts';
import { StrongConfirm } from '../ui/strong-confirm.tsx';
import { useSay } from '../ui/toasts.tsx';
import { useSessionsChanged } from './use-sessions.ts';
import { Gate } from '../ui/gate.tsx';

/** Drops the sessions of all users: nothing brings them back, so one slip does nothing. */
export function ClearAll({ users }: { readonly users: number }) {
  const client = useClient();
  const changed = useSessionsChanged();
  const say = useSay();
  const profile = useActiveProfile();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const clear = async (): Promise<void> => {
    setBusy(true);
    try {
      const { removed } = await client.call('sessions.clearAll', {});
      say('All sessions were cleared', `${plural(removed, 'field', 'fields')} removed.`, 'ok');
    } catch (error) {
      say('The sessions were not cleared', error instanceof Error ? error.message : String(error), 'bad');
    } finally {
      setBusy(false);
      setOpen(false);
    }
    await changed();
  };
  // Not `disabled`: it keeps the focus that comes back to it from the dialog.
  const none = busy || users === 0;
  return (
    <>
      <Gate call="sessions.clearAll">
        <button
          type="button"
          className="button small"
          aria-disabled={none}
          onClick={() => {
            if (!none) setOpen(true);
          }}
        >
          <Eraser size={14} aria-hidden="true" />
          {busy ? 'Clearing…' : 'Clear all sessions…'}
        </button>
      </Gate>
      <StrongConfirm
        open={open}
        onOpenChange={setOpen}
        title="Clear all sessions?"
        verb="clear"
        busy={busy}
        nameToType={profile?.production ? profile.name : null}
        onConfirmed={() => void clear()}
      >
        <p>
          Target: the sessions of <strong>{plural(users, 'user', 'users')}</strong> of profile{' '}
          <strong>{profile?.name ?? '—'}</strong>, in memory and on disk. Nobody is signed out, but each next
          look at an engagement asks the portal again. There is no undo.
        </p>
      </StrongConfirm>
    </>
  );
}
