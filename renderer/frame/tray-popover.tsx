import { Menu } from '@base-ui/react/menu';
import { Popover } from '@base-ui/react/popover';
import { Check, ChevronDown, PanelTop, Pause, TriangleAlert, X } from 'lucide-react';
import type { AppInfo, TrayModel } from '../../shared/contract/app.ts';
import { pauseChoices, snoozeChoices } from '../../shared/model/alerts.ts';
import { useFeed, useLinkState } from '../live/feed.ts';
import { Hint } from '../ui/hint.tsx';
import { useActions } from './actions.tsx';
import type { Actions } from './actions.tsx';
import { Gate } from '../ui/gate.tsx';

const shapes = { ok: Check, attention: TriangleAlert, bad: X, paused: Pause } as const;
const lineGlyphs = { ok: '●', attention: '▲', bad: '✕', neutral: '○' } as const;

type Action = TrayModel['actions'][number];

/** The tray's state, lines and menu inside the page, for desktops without a tray and for the browser. */
export function TrayPopover({ info }: { readonly info: AppInfo | undefined }) {
  const tray = useFeed('tray.model');
  const actions = useActions();
  const connected = useLinkState() === 'open';
  if (!tray) return null;
  // What was pushed before the link broke says nothing about now.
  const { state, tooltip } = connected
    ? tray
    : { state: 'bad' as const, tooltip: 'Cachedeck: Not connected' };
  const lines = connected ? tray.lines : [];
  const Shape = shapes[state];
  return (
    <Popover.Root>
      <Hint text={tooltip} repeats>
        <Popover.Trigger className="icon-button tray" aria-label={`Tray: ${tooltip}`}>
          <PanelTop size={16} aria-hidden="true" />
          <span className="tray-shape" data-state={state} aria-hidden="true">
            <Shape size={10} strokeWidth={3.5} />
          </span>
        </Popover.Trigger>
      </Hint>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="layer">
          <Popover.Popup className="popup tray-popup">
            <Popover.Title className="popup-title" data-state={state}>
              <Shape size={14} aria-hidden="true" /> {tooltip}
            </Popover.Title>
            <ul className="tray-lines">
              {lines.map(({ id, text, state: role }) => (
                <li key={id} data-role={role}>
                  <span className="chip-glyph" aria-hidden="true">
                    {lineGlyphs[role]}
                  </span>
                  {text}
                </li>
              ))}
            </ul>
            <div className="tray-actions">
              {/* Each of them is an operator's; what belongs to the shell is not drawn. */}
              <Gate call="refresh.force">
                {tray.actions.map((action) => (
                  <ActionButton
                    key={action.id}
                    action={action}
                    enabled={action.enabled && connected}
                    act={actFor(action, actions)}
                  />
                ))}
              </Gate>
            </div>
            <p className="muted">
              {info?.capabilities.tray
                ? 'The same state and menu are in the system tray.'
                : 'In the desktop app this stands in the system tray.'}
            </p>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** What an action does, `value` being what was chosen of its choices. null: it belongs to the desktop shell. */
function actFor({ id }: Action, actions: Actions): ((value: string | null) => void) | null {
  switch (id) {
    case 'refresh':
      return () => actions.refresh(true);
    case 'pause':
      return (value) => {
        const minutes = pauseChoices.find((choice) => String(choice ?? 'resumed') === value);
        actions.pause(minutes ?? null);
      };
    case 'resume':
      return actions.resume;
    case 'snooze':
      return (value) => {
        const until = snoozeChoices.find((choice) => choice === value);
        if (until) actions.snoozeAll(until);
      };
    case 'unsnooze':
      return actions.unsnoozeAll;
    case 'open':
    case 'quit':
      return null;
  }
}

interface ActionProps {
  readonly action: Action;
  readonly enabled: boolean;
  readonly act: ((value: string | null) => void) | null;
}

/** A button, or one that opens its choices. */
function ActionButton({ action, enabled, act }: ActionProps) {
  const { label, choices } = action;
  if (act === null) return null;
  if (choices.length === 0) {
    return (
      <button type="button" className="button" disabled={!enabled} onClick={() => act(null)}>
        {label}
      </button>
    );
  }
  return (
    <Menu.Root>
      <Menu.Trigger className="button" disabled={!enabled}>
        {label}
        <ChevronDown size={14} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="start" className="layer over">
          <Menu.Popup className="popup menu tray-choices">
            {choices.map(({ value, label: words }) => (
              <Menu.Item key={value} className="menu-item plain" onClick={() => act(value)}>
                {words}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
