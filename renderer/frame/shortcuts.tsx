import { Dialog } from '@base-ui/react/dialog';
import { useEffect } from 'react';
import { useActions } from './actions.tsx';

const keys: readonly (readonly [string, string])[] = [
  ['R', 'Force refresh: what the page shows'],
  ['Shift R', 'Force refresh: everything with a subscriber'],
  ['P', 'Pause or resume polling'],
  ['C', 'Clear the app cache (asks first)'],
  ['?', 'This list'],
  ['Esc', 'Close what is open'],
];

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest(
      'input, textarea, select, [contenteditable], [role="menu"], [role="dialog"], [role="alertdialog"]',
    ) !== null
  );
}

/** Single keys for the frame's actions, and the sheet that lists them. */
export function Shortcuts() {
  const { refresh, togglePause, openDialog, dialog } = useActions();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
      switch (event.key) {
        case 'r':
        case 'R':
          return refresh(event.shiftKey);
        case 'p':
          return togglePause();
        case 'c':
          return openDialog('clear');
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
