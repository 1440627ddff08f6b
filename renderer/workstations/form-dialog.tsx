import { Dialog } from '@base-ui/react/dialog';
import { useEffect, useRef } from 'react';
import type { ReactNode, RefObject } from 'react';

interface Props {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** The form; gone, with what was typed, when the dialog is closed. */
  readonly children: ReactNode;
}

/** A short form over the page. A click beside it closes nothing. */
export function FormDialog({ open, onOpenChange, title, children }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange} disablePointerDismissal>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog short-form">
          <Dialog.Title className="dialog-title">{title}</Dialog.Title>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface FootProps {
  readonly submit: string;
  readonly busy: string | null;
  /** Why the last try failed, in the server’s words. */
  readonly failure: string | null;
}

/** What went wrong, the way back and the button that sends the form. */
export function FormDialogFoot({ submit, busy, failure }: FootProps) {
  return (
    <>
      <FormFailure text={failure} />
      <div className="dialog-actions">
        <Dialog.Close className="button">Cancel</Dialog.Close>
        <button type="submit" className="button primary" disabled={busy !== null}>
          {busy ?? submit}
        </button>
      </div>
    </>
  );
}

/** Puts the focus on the first field that is not taken, after each of `tries` to send the form. */
export function useFirstMistake(tries: number): RefObject<HTMLDivElement | null> {
  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (tries > 0) fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tries]);
  return fields;
}

/** Is there before it has something to say, so that it is spoken. */
export function FormFailure({ text }: { readonly text: string | null }) {
  return (
    <p className="form-failure" role="alert">
      {text !== null && (
        <>
          <span className="chip-glyph" data-role="bad" aria-hidden="true">
            ✕
          </span>{' '}
          {text}
        </>
      )}
    </p>
  );
}
