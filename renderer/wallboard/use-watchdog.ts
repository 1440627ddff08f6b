import { useEffect, useRef, useState } from 'react';
import { useFeed, useLinkState } from '../live/feed.ts';
import { fallbackIntervalMs } from '../live/schedule.ts';
import { onEachSecond, stampNow } from '../live/ticker.ts';
import type { Stamp } from '../live/ticker.ts';
import { sourcesOf, useWatched } from '../live/watched.tsx';
import { stoppedSince } from './watchdog.ts';

/** ms between two looks, by a timer that nothing else of the page has to do with. */
const lookEveryMs = 1000;

function newestOf(stamps: readonly (Stamp | null)[]): Stamp | null {
  return stamps.reduce((newest, one) => (one && (!newest || one.mono > newest.mono) ? one : newest), null);
}

/** Since when the board shows what is old, wall clock in UTC ms; null: it lives. It recovers with the next reply. */
export function useWatchdog(): number | null {
  const link = useLinkState();
  const intervalMs = useFeed('polling.state')?.pollMs ?? fallbackIntervalMs;
  const newest = newestOf(sourcesOf(useWatched()).map(({ received }) => received));
  const [opened] = useState(stampNow);
  const data = newest ?? opened;
  const tick = useRef(opened);
  const [stoppedAt, setStoppedAt] = useState<number | null>(null);
  useEffect(() => onEachSecond(() => (tick.current = stampNow())), []);
  useEffect(() => {
    const look = (): void => {
      const signs = { data, tick: tick.current };
      setStoppedAt(stoppedSince(signs, { now: stampNow(), link, intervalMs })?.wall ?? null);
    };
    look();
    const timer = setInterval(look, lookEveryMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [data, link, intervalMs]);
  return stoppedAt;
}
