import { memo } from 'react';
import type { CacheStatistics } from '../../shared/contract/cache.ts';
import { useFeed } from '../live/feed.ts';
import { ageText } from '../../shared/model/age.ts';
import { ageAt, chipAt } from '../live/source.ts';
import type { Source } from '../live/source.ts';
import { useTicking } from '../live/ticker.ts';
import { sourcesOf, useWatched } from '../live/watched.tsx';
import { BorrowedAge } from '../ui/chip.tsx';
import { countText, dash, durationText, percentText } from '../ui/format.ts';
import { Tile } from '../ui/tile.tsx';
import { vpnWord } from './vpn-words.ts';

/** Below this many lookups a rate says little. */
const fewSamples = 20;

/** The numbers an operator looks for first. */
export const Tiles = memo(function Tiles() {
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
});

/** Whether a source's word can still be relied on. */
function useUnsure(source: Source<unknown>, paused: boolean): boolean {
  return useTicking((now) => {
    const { kind } = chipAt(source, now, paused);
    return kind === 'stale' || kind === 'failing';
  });
}

function EnginesTile({ paused }: { readonly paused: boolean }) {
  const { status } = useWatched();
  const unsure = useUnsure(status, paused);
  const label = 'Engines healthy';
  const engines = status.reading.value?.engines;
  if (!engines) return <Tile label={label} value={dash} note="not loaded yet" />;
  const { healthy, total, unhealthy } = engines;
  if (healthy === null || total === null) return <Tile label={label} value={dash} note="not reported" />;
  const bad = unhealthy !== null && unhealthy > 0 ? `${countText(unhealthy)} unhealthy` : 'none unhealthy';
  return (
    <Tile
      label={label}
      value={countText(healthy)}
      unit={`of ${countText(total)}`}
      note={unsure ? <BorrowedAge source={status} paused={paused} /> : bad}
    />
  );
}

function VpnTile({ paused }: { readonly paused: boolean }) {
  const { vpn } = useWatched();
  const unsure = useUnsure(vpn, paused);
  const age = useTicking((now) => ageText(ageAt(vpn, now) ?? 0));
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
        value={<Glyphed glyph="?" word="Unknown" />}
        wordy
        tone="neutral"
        note={`was ${word.word.toLowerCase()} · ${age} ago`}
      />
    );
  }
  const fallback =
    value.mode === 'disabled' ? 'no VPN in use' : word.role === 'ok' ? 'exit unverified' : 'no exit known';
  return (
    <Tile
      label="VPN"
      value={<Glyphed glyph={word.glyph} word={word.word} />}
      wordy
      tone={word.role}
      note={where === '' ? fallback : where}
    />
  );
}

function Glyphed({ glyph, word }: { readonly glyph: string; readonly word: string }) {
  return (
    <>
      <span className="tile-glyph" aria-hidden="true">
        {glyph}
      </span>{' '}
      {word}
    </>
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
      note={statistics ? `${durationText(statistics.savedMs)} less waiting` : 'not loaded yet'}
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
