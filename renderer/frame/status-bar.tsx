import { memo } from 'react';
import type { AppInfo } from '../../shared/contract/app.ts';
import { useZone } from '../live/appearance.ts';
import { useFeed, useLinkState } from '../live/feed.ts';
import { mainTimeAt } from '../live/source.ts';
import { useTicking } from '../live/ticker.ts';
import { useCacheStatistics, useWatched } from '../live/watched.tsx';
import { bytesText, countText, dash, percentText, plural, zoneTexts } from '../ui/format.ts';
import { Term } from '../ui/hint.tsx';

/** Polling, traffic and cache in one line. */
export function StatusBar({ info }: { readonly info: AppInfo | undefined }) {
  const polling = useFeed('polling.state');
  const statistics = useCacheStatistics();
  const own = useFeed('app.footprint');
  const { status } = useWatched();
  const pollMs = polling?.pollMs ?? null;
  const next = useTicking((now) =>
    pollMs === null ? 0 : Math.ceil((pollMs - (mainTimeAt(status, now) % pollMs)) / 1000),
  );
  const link = useLinkState();
  const rhythm = link !== 'open' ? 'not connected' : polling?.paused ? 'paused' : `next in ${next} s`;
  return (
    <footer className="status-bar">
      <Item
        label="Poll"
        means="How often pages ask the app. All pages ask at the same moment, and the app asks the backend once."
      >
        {pollMs === null ? dash : `${pollMs / 1000} s (${rhythm})`}
      </Item>
      <Item
        label="Backend"
        means="Requests sent to the backend in the last minute, for all pages together; and lookups in it that needed no load of their own."
      >
        {polling
          ? `${countText(polling.callsPerMinute)} calls/min${own ? `, saved ${countText(own.savedPerMinute)}` : ''}`
          : dash}
      </Item>
      <Item label="App cache" means="Replies that Cachedeck holds in memory; the size is approximate.">
        {polling?.cacheOn === false
          ? 'off'
          : statistics
            ? `${plural(statistics.entries, 'entry', 'entries')}, ${bytesText(statistics.bytes)}`
            : dash}
      </Item>
      <Item
        label="Refresh ahead"
        spare
        means="Loads shortly before each poll, so that polls find a fresh value. Switched in Options."
      >
        {polling ? (polling.refreshAhead ? 'on' : 'off') : dash}
      </Item>
      <Item
        label="App"
        means="What the process that owns the cache uses: percent of one processor core over the last 5 s, and resident memory. The page is not in it."
      >
        {own
          ? `${own.cpuPercent === null ? dash : `${percentText(own.cpuPercent)} % CPU`}, ${bytesText(own.memoryBytes)}`
          : dash}
      </Item>
      <Zone />
      <span className="status-end">
        {info
          ? `Cachedeck ${info.version} · ${info.host === 'desktop' ? 'desktop app' : 'browser host'}`
          : 'Cachedeck'}
      </span>
    </footer>
  );
}

/** Asked each minute, because the short name changes with summer time. */
function Zone() {
  useZone();
  const at = useTicking(({ wall }) => Math.floor(wall / 60_000)) * 60_000;
  const [short, name] = zoneTexts(at);
  return (
    <Item label="Times" means={`The time zone of all times here: ${name}. Changed in Settings.`}>
      {short}
    </Item>
  );
}

interface ItemProps {
  readonly label: string;
  readonly means: string;
  /** Left out where there is no room for a second line. */
  readonly spare?: boolean;
  readonly children: string;
}

/** Drawn only when its words change: the bar counts seconds. */
const Item = memo(function Item({ label, means, spare = false, children }: ItemProps) {
  return (
    <span className={spare ? 'status-item status-spare' : 'status-item'}>
      <Term word={label} means={means} /> {children}
    </span>
  );
});
