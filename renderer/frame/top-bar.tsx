import { Eraser, Pause, Play } from 'lucide-react';
import type { AppInfo } from '../../shared/contract/app.ts';
import { useFeed } from '../live/feed.ts';
import { Hint } from '../ui/hint.tsx';
import { useActions } from './actions.tsx';
import { OptionsMenu, PauseMenu, SimulateMenu } from './menus.tsx';
import { Notices } from './notices.tsx';
import { OverallChip } from './overall.tsx';
import { ProfileSwitch } from './profile-switch.tsx';
import { RefreshButton } from './refresh-button.tsx';
import { TrayPopover } from './tray-popover.tsx';
import { Gate } from '../ui/gate.tsx';

/** Profile and overall state at the left; what an operator can do at the right. */
export function TopBar({ info }: { readonly info: AppInfo | undefined }) {
  return (
    <header className="top-bar">
      <div className="top-left">
        <ProfileSwitch />
        <OverallChip />
      </div>
      <div className="top-right">
        <Gate call="demo.simulate">
          <SimulateMenu />
        </Gate>
        <Gate call="polling.pause">
          <PauseButton />
        </Gate>
        <Gate call="cache.clear">
          <ClearButton />
        </Gate>
        <Gate call="refresh.force">
          <RefreshButton />
        </Gate>
        <span className="top-gap" />
        <Notices info={info} />
        <TrayPopover info={info} />
        <OptionsMenu />
      </div>
    </header>
  );
}

function PauseButton() {
  const polling = useFeed('polling.state');
  const { togglePause } = useActions();
  const paused = polling?.paused ?? false;
  const Icon = paused ? Play : Pause;
  return (
    <span className="pause-group">
      <Hint text={paused ? 'Resume polling (P)' : 'Pause polling (P)'} repeats>
        <button
          type="button"
          className="button pause"
          disabled={!polling}
          onClick={togglePause}
          aria-label={paused ? 'Resume polling' : 'Pause polling'}
        >
          <Icon size={16} aria-hidden="true" />
          <span className="wide-only">{paused ? 'Resume' : 'Pause'}</span>
        </button>
      </Hint>
      <PauseMenu />
    </span>
  );
}

function ClearButton() {
  const { openDialog } = useActions();
  return (
    <Hint text="Clear the app cache: asks first (C)" repeats>
      <button type="button" className="button" onClick={() => openDialog('clear')} aria-label="Clear cache">
        <Eraser size={16} aria-hidden="true" />
        <span className="wide-only">Clear cache</span>
      </button>
    </Hint>
  );
}
