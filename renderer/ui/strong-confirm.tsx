import { useState } from 'react';
import type { ReactNode } from 'react';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { HoldButton } from './hold-button.tsx';

interface Props {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** What the button does, as a verb: "clear". */
  readonly verb: string;
  readonly busy: boolean;
  /** To be typed before anything happens; null: holding the button is enough. */
  readonly nameToType: string | null;
  readonly onConfirmed: () => void;
  readonly children: ReactNode;
}

/** Asks before something on a backend that nothing brings back: one slip does nothing. */
export function StrongConfirm(props: Props) {
  const { open, onOpenChange, title, verb, busy, nameToType, onConfirmed, children } = props;
  const [typed, setTyped] = useState('');
  if (!open && typed !== '') setTyped(''); // whoever closed it: the next question is a new one
  const button =
    nameToType === null ? (
      <HoldButton label={`Hold to ${verb}`} disabled={busy} onHeld={onConfirmed} />
    ) : (
      <button
        type="button"
        className="button danger"
        disabled={busy || typed !== nameToType}
        onClick={onConfirmed}
      >
        {verb.charAt(0).toUpperCase() + verb.slice(1)}
      </button>
    );
  return (
    <ConfirmDialog open={open} onOpenChange={onOpenChange} title={title} keep="Keep" confirm={button}>
      {children}
      {nameToType !== null && (
        <label className="field">
          <span className="field-label">
            This profile is marked production. Type its name, {nameToType}, to go on
          </span>
          <input
            className="input"
            value={typed}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
      )}
    </ConfirmDialog>
  );
}
