import { Dialog } from '@base-ui/react/dialog';
import { useEffect } from 'react';
import { useActions } from './actions.tsx';
import { goTo, routeByKey, routeNames, routes } from './routes.ts';

const keys: readonly (readonly [string, string])[] = [
  ...routeNames.map((route) => [routes[route].key, routes[route].title] as const),
  ['R', 'Force refresh: what the page shows'],
  ['Shift R', 'Force refresh: everything with a subscriber'],
  ['P', 'Pause or resume polling'],
  ['C', 'Clear the app cache (asks first)'],
  ['/', 'Search, where a page can be searched'],
  ['?', 'This list'],
  ['Esc', 'Close what is open'],
];

const modal = '[role="menu"], [role="listbox"], [role="dialog"], [role="alertdialog"]';
/** Where letters have a meaning of their own: in lists of choices they find the choice that begins so. */
const typing = `input:not([type="radio"]), textarea, select, [contenteditable], [role="combobox"], ${modal}`;

function isWithin(target: EventTarget | null, selector: string): boolean {
  return target instanceof HTMLElement && target.closest(selector) !== null;
}

/** Single keys for the frame's actions, and the sheet that lists them. */
export function Shortcuts() {
  const { refresh, togglePause, openDialog, dialog } = useActions();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === ',' && (event.ctrlKey || event.metaKey) && !isWithin(event.target, modal)) {
        event.preventDefault();
        return goTo('settings');
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isWithin(event.target, typing))
        return;
      const route = routeByKey(event.key);
      if (route) return goTo(route);
      switch (event.key) {
        case 'r':
        case 'R':
          return refresh(event.shiftKey);
        case 'p':
          return togglePause();
        case 'c':
          return openDialog('clear');
        case '/': {
          const search = document.querySelector<HTMLInputElement>('input[type="search"]');
          if (search) event.preventDefault();
          return search?.focus();
        }
        case '?':
          return openDialog('keys');
        default:
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [refresh, togglePause, openDialog]);
  return (
    <Dialog.Root open={dialog === 'keys'} onOpenChange={(open) => openDialog(open ? 'keys' : 'none')}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog">
          <Dialog.Title className="dialog-title">Keyboard shortcuts</Dialog.Title>
          <dl className="keys">
            {keys.map(([key, what]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
          <div className="dialog-actions">
            <Dialog.Close className="button">Close</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
