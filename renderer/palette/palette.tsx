import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { useId, useMemo, useRef, useState } from 'react';
import { InvalidateDialog } from '../cache/invalidate-dialog.tsx';
import { chosen } from './choose.ts';
import type { Command, CommandGroup } from './command.ts';
import { showPalette } from './opened.ts';
import { pageCommands } from './pages.ts';
import { noteUsed, recentCommands } from './recent.ts';
import { useActionCommands } from './use-actions.ts';
import { useItemCommands } from './use-items.ts';

/** Everything that can be done or found, by a few letters. */
export function Palette({ open }: { readonly open: boolean }) {
  const [invalidating, setInvalidating] = useState(false);
  const picked = useRef<Command | null>(null);
  // Asked for after the command has run: it is still that of the last one picked.
  const movesFocus = useRef(false);
  return (
    <>
      <Dialog.Root
        open={open}
        onOpenChange={(next) => showPalette(next)}
        onOpenChangeComplete={(opened) => {
          if (opened) {
            movesFocus.current = false;
            return;
          }
          const command = picked.current;
          picked.current = null;
          command?.run();
        }}
      >
        <Dialog.Portal>
          <Dialog.Backdrop className="backdrop" />
          <Dialog.Popup
            className="dialog palette"
            aria-label="Commands"
            finalFocus={() => !movesFocus.current}
          >
            <Commands
              invalidate={() => setInvalidating(true)}
              onPick={(command) => {
                if (command.disabled) return;
                picked.current = command;
                movesFocus.current = command.movesFocus === true;
                // Names are somebody's: they are not kept beyond the window.
                if (command.group === 'pages' || command.group === 'actions') noteUsed(command.id);
                showPalette(false);
              }}
            />
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
      <InvalidateDialog open={invalidating} onOpenChange={setInvalidating} />
    </>
  );
}

interface CommandsProps {
  readonly invalidate: () => void;
  readonly onPick: (command: Command) => void;
}

function Commands({ invalidate, onPick }: CommandsProps) {
  const [typed, setTyped] = useState('');
  const [recent] = useState(recentCommands);
  const [pages] = useState(pageCommands);
  const hint = useId();
  const actions = useActionCommands(invalidate);
  const items = useItemCommands();
  const groups = useMemo(
    () => chosen([...pages, ...actions, ...items], typed, recent),
    [pages, actions, items, typed, recent],
  );
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      filter={null}
      autoHighlight="always"
      keepHighlight
      value={typed}
      itemToStringValue={({ title }: Command) => title}
      onValueChange={(value, { reason }) => {
        if (reason !== 'item-press') setTyped(value);
      }}
    >
      <div className="palette-search">
        <Search size={16} aria-hidden="true" />
        <Autocomplete.Input
          className="palette-input"
          aria-label="Find a page, an action or a name"
          aria-describedby={hint}
          placeholder="Page, action, engine, key or user"
        />
      </div>
      <Autocomplete.Empty className="palette-empty">Nothing fits “{typed.trim()}”.</Autocomplete.Empty>
      <Autocomplete.List className="palette-list" aria-label="Commands">
        {(group: CommandGroup) => (
          <Autocomplete.Group key={group.name} items={group.items}>
            <Autocomplete.GroupLabel className="menu-label">{group.title}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(command: Command) => <Entry key={command.id} command={command} onPick={onPick} />}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      <p id={hint} className="palette-hint">
        <kbd>↑</kbd> <kbd>↓</kbd> choose <kbd>Enter</kbd> do it <kbd>Esc</kbd> close
      </p>
    </Autocomplete.Root>
  );
}

interface EntryProps {
  readonly command: Command;
  readonly onPick: (command: Command) => void;
}

function Entry({ command, onPick }: EntryProps) {
  const { title, note, shortcut } = command;
  return (
    <Autocomplete.Item
      value={command}
      className="palette-item"
      disabled={command.disabled ?? false}
      aria-keyshortcuts={shortcut === undefined ? undefined : spoken(shortcut)}
      onClick={() => onPick(command)}
    >
      <span className="palette-title">{title}</span>
      {note !== undefined && <span className="palette-note">{note}</span>}
      {/* Told by aria-keyshortcuts: it is no part of the name. */}
      {shortcut !== undefined && <kbd aria-hidden="true">{shortcut}</kbd>}
    </Autocomplete.Item>
  );
}

/** "Shift R" as assistive technology reads it: Shift+R. */
function spoken(shortcut: string): string {
  const [, key] = shortcut.split('Ctrl or Cmd ');
  return key === undefined ? shortcut.replace(' ', '+') : `Control+${key} Meta+${key}`;
}
