import { Popover } from '@base-ui/react/popover';
import { Check, PanelTop, Pause, TriangleAlert, X } from 'lucide-react';
import type { AppInfo, TrayModel } from '../../shared/contract/app.ts';
import { useFeed, useLinkState } from '../live/feed.ts';
import { Hint } from '../ui/hint.tsx';
import { useActions } from './actions.tsx';

const shapes = { ok: Check, attention: TriangleAlert, bad: X, paused: Pause } as const;
const lineGlyphs = { ok: '●', attention: '▲', bad: '✕', neutral: '○' } as const;

type ActionId = TrayModel['actions'][number]['id'];

/** The tray's state, lines and menu inside the page, for desktops without a tray and for the browser. */
export function TrayPopover({ info }: { readonly info: AppInfo | undefined }) {
  const tray = useFeed('tray.model');
  const { refresh, togglePause } = useActions();
  const connected = useLinkState() === 'open';
  if (!tray) return null;
  // What was pushed before the link broke says nothing about now.
  const { state, tooltip } = connected
    ? tray
    : { state: 'bad' as const, tooltip: 'Cachedeck: Not connected' };
  const lines = connected ? tray.lines : [];
  const Shape = shapes[state];
  const run: Readonly<Partial<Record<ActionId, () => void>>> = {
    refresh: () => refresh(true),
    pause: togglePause,
    resume: togglePause,
  };
  const doable = tray.actions.flatMap((action) => {
    const act = run[action.id]; // opening and quitting belong to the desktop shell
    return act ? [{ ...action, act }] : [];
  });
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
            <Popover.Title className="popup-title">
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
              {doable.map(({ id, label, enabled, act }) => (
                <button
                  key={id}
                  type="button"
                  className="button"
                  disabled={!enabled || !connected}
                  onClick={act}
                >
                  {label}
                </button>
              ))}
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
