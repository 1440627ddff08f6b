import { useEffect, useRef, useState } from 'react';
import type { FocusEvent, KeyboardEvent, RefObject } from 'react';

interface Options {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly count: number;
  readonly scrollTo: (index: number) => void;
}

interface ActiveRow {
  /** The one row that Tab reaches. */
  readonly active: number;
  /** Goes to another row; true when the key was one of its own. */
  readonly onKeyDown: (event: KeyboardEvent) => boolean;
  readonly onFocus: (event: FocusEvent) => void;
}

/** Moves through the rows of a table by J and K, the arrow keys, Home and End, wherever they are. */
export function useActiveRow({ scroller, count, scrollTo }: Options): ActiveRow {
  const [wanted, setWanted] = useState(0);
  const active = Math.min(wanted, Math.max(0, count - 1));
  const moving = useRef(false);
  // A row that was not drawn before is there after the scroll has drawn it: until then, each drawing looks again.
  useEffect(() => {
    if (!moving.current) return;
    const row = scroller.current?.querySelector(`tr[data-index="${active}"]`);
    if (!(row instanceof HTMLElement)) return;
    moving.current = false;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
  });
  return {
    active,
    onKeyDown: (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return false;
      const next = target(event.key, active, count);
      if (next === null) return false;
      event.preventDefault();
      moving.current = true;
      setWanted(next);
      scrollTo(next);
      return true;
    },
    onFocus: ({ target: focused }) => {
      const row = focused.closest('tr[data-index]');
      const index = row instanceof HTMLElement ? Number(row.dataset['index']) : NaN;
      if (Number.isInteger(index)) setWanted(index);
    },
  };
}

function target(key: string, active: number, count: number): number | null {
  switch (key) {
    case 'j':
    case 'ArrowDown':
      return Math.min(count - 1, active + 1);
    case 'k':
    case 'ArrowUp':
      return Math.max(0, active - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && target.type !== 'checkbox';
}
