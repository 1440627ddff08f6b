import { useEffect } from 'react';
import { openExportNear } from '../export/near.ts';
import { isPaletteOpened, showPalette } from '../palette/opened.ts';
import { PaletteHost } from '../palette/palette-host.tsx';
import { useActions } from './actions.tsx';
import type { Actions } from './actions.tsx';
import { HelpSheet } from './help-sheet.tsx';
import { goTo, routeByKey } from './routes.ts';
import { goToRow } from './row-keys.ts';

const popup = '[role="menu"], [role="listbox"], [role="dialog"], [role="alertdialog"]';
/** Where letters have a meaning of their own: in lists of choices they find the choice that begins so. */
const typing = `input:not([type="radio"]):not([type="checkbox"]), textarea, select, [contenteditable], [role="combobox"], ${popup}`;

function isWithin(target: EventTarget | null, selector: string): boolean {
  return target instanceof HTMLElement && target.closest(selector) !== null;
}

/** A dialog asks something: no key acts beside it, wherever the focus is. */
function isAsked(): boolean {
  return document.querySelector('.backdrop[data-open]') !== null;
}

/** The key was one of ours, and the browser is not to act on it as well. */
function chord(event: KeyboardEvent): boolean {
  if (event.altKey || event.shiftKey) return false;
  const palette = event.key.toLowerCase() === 'k';
  if (palette && isPaletteOpened()) showPalette(false);
  else if (isAsked() || isWithin(event.target, popup)) return false;
  else if (palette) showPalette(true);
  else if (event.key === ',') goTo('settings');
  else return false;
  return true;
}

type KeyActions = Pick<Actions, 'refresh' | 'togglePause' | 'openDialog'>;

/** As `chord`, of single keys. */
function single(event: KeyboardEvent, { refresh, togglePause, openDialog }: KeyActions): boolean {
  const { key } = event;
  if (key === 'j' || key === 'k') return goToRow(key === 'j' ? 1 : -1);
  if (event.repeat) return false;
  const route = routeByKey(key);
  if (route) {
    goTo(route);
    return true;
  }
  switch (key) {
    case 'r':
    case 'R':
      refresh(event.shiftKey);
      return true;
    case 'p':
      togglePause();
      return true;
    case 'c':
      openDialog('clear');
      return true;
    case 'e':
      return openExportNear(document.activeElement);
    case '/': {
      const search = document.querySelector<HTMLInputElement>('main input[type="search"]');
      search?.focus();
      return search !== null;
    }
    case '?':
      openDialog('keys');
      return true;
    default:
      return false;
  }
}

/** Keys for the frame's actions, the sheet that lists them, and the palette that has them all. */
export function Shortcuts() {
  const { refresh, togglePause, openDialog } = useActions();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return; // a table's own
      const held = event.ctrlKey || event.metaKey;
      if (!held && (event.altKey || isAsked() || isWithin(event.target, typing))) return;
      const acted = held ? chord(event) : single(event, { refresh, togglePause, openDialog });
      if (acted) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [refresh, togglePause, openDialog]);
  return (
    <>
      <HelpSheet />
      <PaletteHost />
    </>
  );
}
