import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useRef } from 'react';
import type { Profile } from '../../shared/contract/profiles.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { headingOf } from './section.tsx';

interface Props {
  readonly profile: Profile;
  readonly active: boolean;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onConfirm: () => void;
}

/** Says what goes with a profile before it is removed. */
export function RemoveDialog({ profile, active, open, onOpenChange, onConfirm }: Props) {
  const confirmed = useRef(false);
  return (
    <ConfirmDialog
      open={open}
      // The button that opened it goes with the profile.
      focusAfter={() => (confirmed.current ? headingOf('profiles') : null)}
      onOpenChange={onOpenChange}
      title={`Remove ${profile.name}?`}
      keep="Keep"
      confirm={
        <AlertDialog.Close
          className="button danger"
          onClick={() => {
            confirmed.current = true;
            onConfirm();
          }}
        >
          Remove profile
        </AlertDialog.Close>
      }
    >
      <p>Its addresses go, and with them its stored keys and passwords. This cannot be undone.</p>
      {active && <p>It is in use: Cachedeck changes to the demo.</p>}
    </ConfirmDialog>
  );
}
