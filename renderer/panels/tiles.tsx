import type { CacheStatistics } from '../../shared/contract/cache.ts';
import { useFeed } from '../live/feed.ts';
import { chipAt } from '../live/source.ts';
import { useTicking } from '../live/ticker.ts';
import { sourcesOf, useWatched } from '../live/watched.tsx';
import { BorrowedAge } from '../ui/chip.tsx';
import { countText, dash, durationText, percentText } from '../ui/format.ts';
import { Tile } from '../ui/tile.tsx';
import { vpnWord } from './vpn-words.ts';

/** Below this many lookups a rate says little. */
const fewSamples = 20;

/** The numbers an operator looks for first. */
export function Tiles() {
  const watched = useWatched();
  const paused = useFeed('polling.state')?.paused ?? false;
  const { statistics } = watched;
  return (
    <section className="tiles" aria-label="Key figures">
      <EnginesTile paused={paused} />
      <VpnTile paused={paused} />
      <HitRateTile statistics={statistics} />
      <SavedTile statistics={statistics} />
      <SpeedTile statistics={statistics} />
      <StaleTile paused={paused} />
    </section>
  );
}

function EnginesTile({ paused }: { readonly paused: boolean }) {
  const { status } = useWatched();
  const engines = status.reading.value?.engines;
  const known = engines && engines.healthy !== null && engines.total !== null;
  const unhealthy = engines?.unhealthy ?? 0;
  return (
    <Tile
      label="Engines healthy"
      value={known ? countText(engines.healthy ?? 0) : dash}
      unit={known ? `of ${countText(engines.total ?? 0)}` : undefined}
      note={
        !engines ? (
          'not loaded yet'
        ) : !known ? (
          'not reported'
        ) : (
          <>
            {unhealthy > 0 ? `${countText(unhealthy)} unhealthy` : 'none unhealthy'}{' '}
            <BorrowedAge source={status} paused={paused} />
          </>
        )
      }
    />
  );
}

function VpnTile({ paused }: { readonly paused: boolean }) {
  const { vpn } = useWatched();
  const unsure = useTicking((now) => {
    const { kind } = chipAt(vpn, now, paused);
    return kind === 'stale' || kind === 'failing';
  });
  const { value } = vpn.reading;
  if (!value) return <Tile label="VPN" value={dash} note="not loaded yet" />;
  const word = vpnWord(value);
  const exit = value.nodes.find(({ health, country }) => health === 'healthy' && country !== null);
  const port = value.nodes.find(
    ({ health, forwardedPort }) => health === 'healthy' && forwardedPort !== null,
  );
  const where = [exit?.country, port && `port ${port.forwardedPort}`].filter(Boolean).join(' · ');
  if (unsure) {
    return (
      <Tile
        label="VPN"
        value="Unknown"
        wordy
        tone="neutral"
        note={
          <>
            was {word.word.toLowerCase()} <BorrowedAge source={vpn} paused={paused} />
          </>
        }
      />
    );
  }
  const fallback =
    value.mode === 'disabled' ? 'no VPN in use' : word.role === 'ok' ? 'exit unverified' : 'no exit known';
  return (
    <Tile
      label="VPN"
      value={
        <>
          <span className="tile-glyph" aria-hidden="true">
            {word.glyph}
          </span>{' '}
          {word.word}
        </>
      }
      wordy
      tone={word.role}
      note={where === '' ? fallback : where}
    />
  );
}

interface StatisticsProps {
  readonly statistics: CacheStatistics | undefined;
}

function HitRateTile({ statistics }: StatisticsProps) {
  const label = 'Hit rate, 5 min';
  if (!statistics) return <Tile label={label} value={dash} note="not loaded yet" />;
  const { hitRate5m, hitRate } = statistics;
  const total = hitRate.n === 0 ? 'none since start' : `since start ${percentText(hitRate.percent)} %`;
  if (hitRate5m.n === 0) return <Tile label={label} value={dash} unit="no requests in 5 min" note={total} />;
  return (
    <Tile
      label={label}
      value={percentText(hitRate5m.percent)}
      unit={hitRate5m.n < fewSamples ? '% · few samples' : '%'}
      note={`n ${countText(hitRate5m.n)} · ${total}`}
    />
  );
}

function SavedTile({ statistics }: StatisticsProps) {
  return (
    <Tile
      label="Backend calls saved"
      value={statistics ? countText(statistics.callsSaved) : dash}
      note={statistics ? `${durationText(statistics.savedMs)} of waiting saved by hits` : 'not loaded yet'}
    />
  );
}

function SpeedTile({ statistics }: StatisticsProps) {
  const cached = statistics && statistics.hitMs.n > 0 ? durationText(statistics.hitMs.p95) : null;
  const loaded = statistics && statistics.loadMs.n > 0 ? durationText(statistics.loadMs.p95) : null;
  const [number, unit] = (cached ?? dash).split(/ (?=ms$|s$)/);
  return (
    <Tile
      label="p95 from the cache"
      value={number ?? dash}
      unit={unit}
      note={loaded === null ? 'nothing loaded yet' : `${loaded} by loading`}
    />
  );
}

function StaleTile({ paused }: { readonly paused: boolean }) {
  const sources = sourcesOf(useWatched());
  const n = useTicking(
    (now) =>
      sources.filter((source) => {
        const { kind } = chipAt(source, now, paused);
        return kind === 'stale' || kind === 'no-data';
      }).length,
  );
  return (
    <Tile
      label="Stale sources"
      value={String(n)}
      unit={`of ${sources.length}`}
      tone={n > 0 ? 'attention' : undefined}
      note={paused ? 'polling is paused' : n === 0 ? 'none older than 30 s' : 'older than 30 s'}
    />
  );
}
