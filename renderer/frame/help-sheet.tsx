import { Dialog } from '@base-ui/react/dialog';
import { useActions } from './actions.tsx';
import { shortcutGroups } from './shortcut-list.ts';

/** The keys there are, by what they are for. */
export function HelpSheet() {
  const { openDialog, dialog } = useActions();
  return (
    <Dialog.Root open={dialog === 'keys'} onOpenChange={(open) => openDialog(open ? 'keys' : 'none')}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog keys-sheet">
          <Dialog.Title className="dialog-title">Keyboard shortcuts</Dialog.Title>
          <div className="keys-groups">
            {shortcutGroups.map(({ title, keys }) => (
              <section key={title} className="keys-group" aria-label={title}>
                <h3>{title}</h3>
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
              </section>
            ))}
          </div>
          <p className="muted">No key acts while something is typed or asked.</p>
          <div className="dialog-actions">
            <Dialog.Close className="button">Close</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
