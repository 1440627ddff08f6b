import '../styles/pages/wallboard.css';
import { useEffect } from 'react';
import { leaveWallboard } from '../frame/routes.ts';
import { useZone } from '../live/appearance.ts';
import { useFeed, useLinkState } from '../live/feed.ts';
import { useMainTicking } from '../live/main-time.ts';
import { useActiveProfile } from '../live/profile.ts';
import { useTicking } from '../live/ticker.ts';
import { useAskAgain } from '../live/use-ask-again.ts';
import { minuteText } from '../ui/format.ts';
import { PageHeading } from '../ui/page-heading.tsx';
import { spanText } from '../../shared/model/age.ts';
import { forEveryone } from '../wallboard/no-secrets.ts';
import {
  AlertsRow,
  EnginesRow,
  HitRateRow,
  LastChangeRow,
  OverallRow,
  StreamsRow,
  VpnRow,
} from '../wallboard/rows.tsx';
import { useScreenOn } from '../wallboard/use-screen-on.ts';
import { useWatchdog } from '../wallboard/use-watchdog.ts';

/** ms after which the board moves by a pixel, so that nothing burns into a screen that shows it for months. */
const shiftEveryMs = 180_000;
const shifts = 4;

/** The state of everything, to be read from across a room and by anybody: no addresses, no keys, no names of users. */
export function Wallboard() {
  const stoppedAt = useWatchdog();
  const shift = useTicking((now) => Math.floor(now.wall / shiftEveryMs) % shifts);
  const time = useMainTicking((now) => minuteText(now));
  const profile = useActiveProfile();
  useZone();
  useAskAgain();
  useScreenOn();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) leaveWallboard();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <main className="board" data-shift={shift} data-stopped={stoppedAt !== null || undefined}>
      <header className="board-head">
        <PageHeading hidden>Wallboard</PageHeading>
        <p className="board-profile">{profile ? forEveryone(profile.name) : 'Cachedeck'}</p>
        <p className="board-time">{time}</p>
        <button type="button" className="board-leave" onClick={leaveWallboard}>
          Leave <kbd>Esc</kbd>
        </button>
      </header>
      {stoppedAt !== null && <StoppedBanner at={stoppedAt} />}
      <ul className="board-rows">
        <OverallRow stoppedAt={stoppedAt} />
        <EnginesRow stoppedAt={stoppedAt} />
        <VpnRow stoppedAt={stoppedAt} />
        <HitRateRow stoppedAt={stoppedAt} />
        <StreamsRow stoppedAt={stoppedAt} />
        <AlertsRow stoppedAt={stoppedAt} />
        <LastChangeRow stoppedAt={stoppedAt} />
      </ul>
    </main>
  );
}

/** Says that what stands below is old, since when, and why as far as that is known. */
function StoppedBanner({ at }: { readonly at: number }) {
  const link = useLinkState();
  const paused = useFeed('polling.state')?.paused ?? false;
  const silence = useTicking((now) => spanText(Math.max(0, now.wall - at)));
  return (
    <div className="board-stopped">
      <span className="board-glyph" aria-hidden="true">
        ✕
      </span>
      <div>
        <p className="board-stopped-title">This board stopped updating at {minuteText(at)}</p>
        <p>
          Nothing has arrived for {silence}. {reasonOf(link, paused)}
        </p>
      </div>
    </div>
  );
}

function reasonOf(link: ReturnType<typeof useLinkState>, paused: boolean): string {
  if (link === 'signed-out') return 'This browser is not signed in: a fresh link is needed.';
  return paused ? 'Polling is paused besides.' : 'It goes on by itself once Cachedeck answers.';
}
