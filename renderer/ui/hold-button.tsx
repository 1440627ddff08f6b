import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';

const holdMs = 1200;

interface Props {
  readonly label: string;
  readonly disabled: boolean;
  readonly onHeld: () => void;
}

/** Fires after being held for 1.2 s, by pointer, Space or Enter: one slip does nothing. */
export function HoldButton({ label, disabled, onHeld }: Props) {
  const [holding, setHolding] = useState(false);
  const done = useRef(onHeld);
  useEffect(() => {
    done.current = onHeld;
  });
  useEffect(() => {
    if (!holding) return;
    const timer = setTimeout(() => {
      setHolding(false);
      done.current();
    }, holdMs);
    return () => clearTimeout(timer);
  }, [holding]);
  const release = (): void => setHolding(false);
  const press = (): void => setHolding(!disabled);
  const isPressKey = ({ key }: KeyboardEvent): boolean => key === ' ' || key === 'Enter';
  return (
    <button
      type="button"
      className="button danger hold"
      data-holding={holding || undefined}
      disabled={disabled}
      onPointerDown={press}
      onPointerUp={release}
      onPointerLeave={release}
      onBlur={release}
      onKeyDown={(event) => {
        if (!isPressKey(event)) return;
        event.preventDefault();
        if (!event.repeat) press();
      }}
      onKeyUp={(event) => {
        if (isPressKey(event)) release();
      }}
    >
      <span className="hold-fill" aria-hidden="true" />
      <span className="hold-label">{label}</span>
    </button>
  );
}
