import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactNode } from 'react';

interface Props {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly children: ReactNode;
  /** The way back; focused first. */
  readonly keep: string;
  readonly confirm: ReactNode;
  /** What takes the focus when it closes; null: what opened it. */
  readonly focusAfter?: () => HTMLElement | null;
}

/** Asks before something that costs or cannot be undone. */
export function ConfirmDialog({ open, onOpenChange, title, children, keep, confirm, focusAfter }: Props) {
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup className="dialog" finalFocus={() => focusAfter?.() ?? true}>
          <AlertDialog.Title className="dialog-title">{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div className="dialog-body" />}>
            {children}
          </AlertDialog.Description>
          <div className="dialog-actions">
            <AlertDialog.Close className="button">{keep}</AlertDialog.Close>
            {confirm}
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
