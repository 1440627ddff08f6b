import { useLayoutEffect, useRef, useState } from 'react';
import type { FocusEvent, KeyboardEvent, RefObject } from 'react';

interface Options {
  readonly table: RefObject<HTMLTableElement | null>;
  readonly count: number;
  /** The first row that is drawn, and the keys of all that are; null: one that is not loaded yet. */
  readonly from: number;
  readonly keys: readonly (string | null)[];
  readonly scrollTo: (index: number) => void;
}

interface ActiveRow {
  /** The one row that Tab reaches. */
  readonly active: number;
  /** Goes to another row; true when the key was one of its own. */
  readonly onKeyDown: (event: KeyboardEvent) => boolean;
  readonly onFocus: (event: FocusEvent) => void;
  readonly onBlur: (event: FocusEvent) => void;
  /** Back to the first row, without taking the focus. */
  readonly reset: () => void;
}

interface Place {
  readonly index: number;
  readonly key: string | null;
}

const first: Place = { index: 0, key: null };

/**
 * Moves through the rows of a table by J and K, the arrow keys, Home and End, wherever they are. The row follows its key
 * when the order changes; one that goes away leaves the focus to the row in its place.
 */
export function useActiveRow({ table, count, from, keys, scrollTo }: Options): ActiveRow {
  const [place, setPlace] = useState(first);
  const drawnAt = place.key === null ? -1 : keys.indexOf(place.key);
  const active = drawnAt >= 0 ? from + drawnAt : Math.min(place.index, Math.max(0, count - 1));
  /** Where the focus has to be: on a row gone to that is not drawn yet, or on whatever row has it. */
  const focus = useRef<'none' | 'held' | 'moving'>('none');

  function go(index: number): void {
    const next = { index, key: keys[index - from] ?? null };
    setPlace((now) => (now.index === next.index && now.key === next.key ? now : next));
  }

  // A row gone to is drawn once the scroll has come to it, and one that has the focus may be gone with any drawing.
  useLayoutEffect(() => {
    const grid = table.current;
    const lost = focus.current === 'held' && !grid?.contains(document.activeElement);
    if (!grid || (focus.current !== 'moving' && !lost)) return;
    const row = grid.querySelector(`tr[data-index="${active}"]`);
    if (row instanceof HTMLElement) {
      row.focus({ preventScroll: true });
      if (focus.current === 'moving') row.scrollIntoView({ block: 'nearest' });
      focus.current = 'held';
    } else if (lost) {
      grid.focus({ preventScroll: true });
    }
  });

  return {
    active,
    onKeyDown: (event) => {
      if (count === 0 || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return false;
      const next = target(event.key, active, count);
      if (next === null) return false;
      event.preventDefault();
      focus.current = 'moving';
      go(next);
      scrollTo(next);
      return true;
    },
    onFocus: ({ target: focused }) => {
      focus.current = 'held';
      const index = indexOf(focused);
      if (index !== null) go(index);
    },
    onBlur: ({ relatedTarget }) => {
      if (!table.current?.contains(relatedTarget)) focus.current = 'none';
    },
    reset: () => setPlace(first),
  };
}

/** The row that an element is in. */
export function indexOf(element: EventTarget): number | null {
  const row = element instanceof Element ? element.closest('tr[data-index]') : null;
  const index = row instanceof HTMLElement ? Number(row.dataset['index']) : NaN;
  return Number.isInteger(index) ? index : null;
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
