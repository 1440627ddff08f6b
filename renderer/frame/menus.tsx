import { Menu } from '@base-ui/react/menu';
import { Check, ChevronDown, FlaskConical, SlidersHorizontal } from 'lucide-react';
import type { DemoFault } from '../../shared/contract/app.ts';
import { pauseChoices } from '../../shared/model/alerts.ts';
import type { PauseMinutes } from '../../shared/model/alerts.ts';
import { useFeed } from '../live/feed.ts';
import { needsWords, useMay } from '../live/use-may.ts';
import { Hint } from '../ui/hint.tsx';
import { useActions } from './actions.tsx';
import { goTo } from './routes.ts';
import { WindowItems } from './window-items.tsx';

const faultWords: Readonly<Record<DemoFault, readonly [string, string]>> = {
  none: ['Nothing wrong', 'The demo backend behaves.'],
  slow: ['Slow backend', 'Every reply takes 3 s.'],
  'error-500': ['Server errors', 'Every reply is a 500.'],
  refused: ['Connection refused', 'Nothing listens on the port.'],
  malformed: ['Unreadable replies', 'Replies have the wrong shape.'],
  'vpn-down': ['VPN down', 'Both VPNs are disconnected.'],
  flapping: ['Flapping VPN', 'One VPN that drops and comes back.'],
  frozen: ['No answers', 'Connections open, but requests time out.'],
  'site-down': ['Data centres down', 'Only one answers, and the list of clusters breaks off.'],
  'token-expires': ['Tokens expired', 'Portal and workstations refuse every token handed out so far.'],
  'engagement-changed': ['Engagement changed', 'An administrator gave the customer another IPC id.'],
};
const faults = Object.keys(faultWords) as readonly DemoFault[];

/** Makes the demo backend misbehave; absent with a real one. */
export function SimulateMenu() {
  const demo = useFeed('demo.state');
  const { simulate } = useActions();
  if (!demo?.available) return null;
  const active = demo.fault !== 'none';
  return (
    <Menu.Root>
      <Hint text="Simulate trouble of the demo backend" repeats>
        <Menu.Trigger
          className="button simulate"
          data-active={active || undefined}
          aria-label={active ? `Simulate: ${faultWords[demo.fault][0]}` : 'Simulate'}
        >
          <FlaskConical size={16} aria-hidden="true" />
          <span className="wide-only">{active ? faultWords[demo.fault][0] : 'Simulate'}</span>
          <ChevronDown size={14} aria-hidden="true" />
        </Menu.Trigger>
      </Hint>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="layer">
          <Menu.Popup className="popup menu">
            <Menu.RadioGroup value={demo.fault} onValueChange={(fault: DemoFault) => simulate(fault)}>
              <Menu.GroupLabel className="menu-label">What the demo backend does</Menu.GroupLabel>
              {faults.map((fault) => (
                <Menu.RadioItem key={fault} value={fault} className="menu-item" closeOnClick>
                  <span className="menu-check">
                    <Menu.RadioItemIndicator>
                      <Check size={14} aria-hidden="true" />
                    </Menu.RadioItemIndicator>
                  </span>
                  <span>
                    {faultWords[fault][0]}
                    <span className="menu-note">{faultWords[fault][1]}</span>
                  </span>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

const pauseWords: Readonly<Record<`${PauseMinutes}`, string>> = {
  15: 'For 15 minutes',
  60: 'For 1 hour',
  null: 'Until resumed',
};

/** For how long polling pauses; a pause that is on can be given another end. */
export function PauseMenu() {
  const polling = useFeed('polling.state');
  const { pause } = useActions();
  return (
    <Menu.Root>
      <Hint text="Pause for a time" repeats>
        <Menu.Trigger className="button pause-for" aria-label="Pause for a time" disabled={!polling}>
          <ChevronDown size={14} aria-hidden="true" />
        </Menu.Trigger>
      </Hint>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="layer">
          <Menu.Popup className="popup menu">
            <Menu.Group>
              <Menu.GroupLabel className="menu-label">Pause polling</Menu.GroupLabel>
              {pauseChoices.map((minutes) => (
                <Menu.Item key={minutes} className="menu-item plain" onClick={() => pause(minutes)}>
                  {pauseWords[`${minutes}`]}
                </Menu.Item>
              ))}
            </Menu.Group>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** Switches that are set once and left alone. */
export function OptionsMenu() {
  const polling = useFeed('polling.state');
  const { setRefreshAhead, openDialog } = useActions();
  const { may, needs } = useMay('polling.setRefreshAhead');
  return (
    <Menu.Root>
      <Hint text="Options" repeats>
        <Menu.Trigger className="icon-button" aria-label="Options">
          <SlidersHorizontal size={16} aria-hidden="true" />
        </Menu.Trigger>
      </Hint>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="layer">
          <Menu.Popup className="popup menu">
            <Menu.CheckboxItem
              className="menu-item"
              checked={polling?.refreshAhead ?? false}
              disabled={!polling || !may}
              onCheckedChange={(on) => setRefreshAhead(on)}
              closeOnClick={false}
            >
              <span className="menu-check">
                <Menu.CheckboxItemIndicator>
                  <Check size={14} aria-hidden="true" />
                </Menu.CheckboxItemIndicator>
              </span>
              <span>
                Refresh ahead
                <span className="menu-note">
                  {may ? 'Loads shortly before each poll, so that polls hit.' : needsWords(needs)}
                </span>
              </span>
            </Menu.CheckboxItem>
            <Menu.Separator className="menu-line" />
            <WindowItems />
            <Menu.Item className="menu-item" onClick={() => goTo('settings')}>
              <span className="menu-check" />
              <span>Settings…</span>
            </Menu.Item>
            <Menu.Item className="menu-item" onClick={() => openDialog('keys')}>
              <span className="menu-check" />
              <span>
                Keyboard shortcuts <kbd>?</kbd>
              </span>
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
