import { createContext, use, useCallback, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';

/** Which row of a table has its details shown. */
export interface Opened {
  readonly id: string | null;
  readonly open: (id: string) => void;
  readonly close: () => void;
}

export const OpenedContext = createContext<Opened | null>(null);

/** The details of one row at a time; the focus goes to them and comes back. */
export function useOpened(): Opened {
  const [id, setId] = useState<string | null>(null);
  const from = useRef<Element | null>(null);
  const open = useCallback((next: string) => {
    from.current = document.activeElement;
    setId(next);
  }, []);
  const close = useCallback(() => {
    setId(null);
    if (from.current instanceof HTMLElement && from.current.isConnected) from.current.focus();
  }, []);
  return useMemo(() => ({ id, open, close }), [id, open, close]);
}

interface ButtonProps {
  readonly id: string;
  readonly mono?: boolean;
  readonly label?: string;
  readonly children: ReactNode;
}

/** The name of a row: it opens the row's details. */
export function OpenButton({ id, mono = false, label, children }: ButtonProps) {
  const opened = use(OpenedContext);
  return (
    <button
      type="button"
      className={mono ? 'row-open mono' : 'row-open'}
      aria-label={label}
      aria-expanded={opened?.id === id}
      onClick={() => opened?.open(id)}
    >
      {children}
    </button>
  );
}
