import { memo } from 'react';
import { inText, isFrozen } from '../alerts/words.ts';
import type { Alert } from '../../shared/contract/alerts.ts';
import type { CacheStatistics } from '../../shared/contract/cache.ts';
import type { EngineList, VpnStatus } from '../../shared/contract/orchestrator.ts';
import { ageText, spanText } from '../../shared/model/age.ts';
import type { ChipKind } from '../../shared/model/freshness.ts';
import { useFeed, useLinkState, usePaused } from '../live/feed.ts';
import { useMainTicking } from '../live/main-time.ts';
import { ageAt, chipAt } from '../live/source.ts';
import type { Source } from '../live/source.ts';
import { useTicking } from '../live/ticker.ts';
import type { Stamp } from '../live/ticker.ts';
import { sourcesOf, useCacheStatistics, useWatched } from '../live/watched.tsx';
import { BorrowedAge } from '../ui/chip.tsx';
import { countText, dash, durationText, percentText, plural } from '../ui/format.ts';
import { Tile } from '../ui/tile.tsx';
import { useClaims, useUnsure } from '../ui/use-unsure.ts';
import { failureWords } from '../ui/words.ts';
import { enginesPresence, runningOf, unhealthyWords } from './presence.ts';
import { vpnWord } from './vpn-words.ts';

/** Below this many lookups a rate says little. */
const fewSamples = 20;

interface Props {
  /** Tells engines that are hidden from none. */
  readonly list: EngineList | null;
}

/** The numbers an operator looks for first. */
export const Tiles = memo(function Tiles({ list }: Props) {
  const statistics = useCacheStatistics();
  const paused = usePaused();
  return (
    <section className="tiles" aria-label="Key figures">
      <EnginesTile list={list} paused={paused} />
      <VpnTile paused={paused} />
      <HitRateTile statistics={statistics} />
      <SavedTile statistics={statistics} />
      <SpeedTile statistics={statistics} />
      <StaleTile paused={paused} />
      <AlertsTile />
    </section>
  );
});

function EnginesTile({ list, paused }: Props & { readonly paused: boolean }) {
  const { status, totals } = useWatched();
  const unsure = useUnsure(status, paused);
  const label = 'Engines healthy';
  const means = 'Healthy engines of all engines, as the orchestrator’s status reports them.';
  const engines = status.reading.value?.engines;
  const presence = enginesPresence(totals.reading.value, status.reading.value, list);
  if (presence === 'hidden') {
    const n = runningOf(totals.reading.value, status.reading.value);
    const note = plural(n, 'container runs', 'containers run');
    return <Tile label={label} means={means} value="Hidden" wordy note={note} />;
  }
  if (!engines) return <Tile label={label} means={means} value={dash} note={noValue(status)} />;
  const { healthy, total, unhealthy } = engines;
  if (healthy === null || total === null) {
    return <Tile label={label} means={means} value={dash} note="not reported" />;
  }
  return (
    <Tile
      label={label}
      means={means}
      value={countText(healthy)}
      unit={`of ${countText(total)}`}
      note={unsure ? <BorrowedAge source={status} paused={paused} /> : unhealthyWords(unhealthy)}
    />
  );
}

/** Why there is a dash: in a word, as the card below says the rest. */
function noValue({ reading }: Source<unknown>): string {
  if (!reading.supported) return 'not reported';
  return reading.failure ? failureWords[reading.failure.code] : 'not loaded yet';
}

function VpnTile({ paused }: { readonly paused: boolean }) {
  const { vpn } = useWatched();
  const unsure = useUnsure(vpn, paused);
  const claims = useClaims(vpn, paused);
  const age = useTicking((now) => ageText(ageAt(vpn, now) ?? 0));
  const label = 'VPN';
  const means = 'State of the VPN, with the country and the forwarded port of the first one that is up.';
  const { value } = vpn.reading;
  if (!value) return <Tile label={label} means={means} value={dash} note={noValue(vpn)} />;
  const { glyph, word, role } = vpnWord(value);
  if (unsure) {
    return (
      <Tile
        label={label}
        means={means}
        value={<Glyphed glyph="?" word="Unknown" />}
        wordy
        tone="neutral"
        note={`${age} ago: ${word.toLowerCase()}`}
      />
    );
  }
  return (
    <Tile
      label={label}
      means={means}
      value={<Glyphed glyph={glyph} word={word} />}
      wordy
      tone={claims ? role : 'neutral'}
      note={exitWords(value, role === 'ok')}
    />
  );
}

function exitWords({ nodes, mode }: VpnStatus, up: boolean): string {
  const exit = nodes.find(({ health, country }) => health === 'healthy' && country !== null);
  const port = nodes.find(({ health, forwardedPort }) => health === 'healthy' && forwardedPort !== null);
  const parts = [exit?.country, port && `port ${port.forwardedPort}`].filter(Boolean);
  if (parts.length > 0) return parts.join(' · ');
  if (mode === 'disabled') return 'no VPN in use';
  return up ? 'exit unverified' : 'no exit known';
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
  const means =
    'Hits ÷ lookups (n) of the app cache in the last 5 min. Joined loads, stale values and misses are no hits.';
  if (!statistics) return <Tile label={label} means={means} value={dash} note="not loaded yet" />;
  const { hitRate5m, hitRate } = statistics;
  if (hitRate5m.n === 0) {
    return <Tile label={label} means={means} value={dash} note="no requests in 5 min" />;
  }
  return (
    <Tile
      label={label}
      means={means}
      value={percentText(hitRate5m.percent)}
      unit={`% · n ${countText(hitRate5m.n)}`}
      note={hitRate5m.n < fewSamples ? 'few samples' : `since start ${percentText(hitRate.percent)} %`}
    />
  );
}

function SavedTile({ statistics }: StatisticsProps) {
  return (
    <Tile
      label="Backend calls saved"
      means="Lookups − backend loads since Cachedeck started, at least 0. Time saved by hits: hits × median load time."
      value={statistics ? countText(statistics.callsSaved) : dash}
      note={statistics ? `${savedText(statistics.savedMs)} saved by hits` : 'not loaded yet'}
    />
  );
}

function speedNote(cached: string | null, loaded: string | null): string {
  if (loaded === null) return 'nothing loaded yet';
  return cached === null ? 'no hit timed yet' : `${loaded} by loading`;
}

/** Beyond 100 s in minutes and hours. */
function savedText(ms: number): string {
  return ms < 100_000 ? durationText(ms) : spanText(ms);
}

function SpeedTile({ statistics }: StatisticsProps) {
  const cached = statistics && statistics.hitMs.n > 0 ? durationText(statistics.hitMs.p95) : null;
  const loaded = statistics && statistics.loadMs.n > 0 ? durationText(statistics.loadMs.p95) : null;
  const [number, unit] = (cached ?? dash).split(/ (?=ms$|s$)/);
  return (
    <Tile
      label="p95 from the cache"
      means="95 of 100 hits are answered within this time, by a sample of them; below, the same for backend loads."
      value={number ?? dash}
      unit={unit}
      note={speedNote(cached, loaded)}
    />
  );
}

function StaleTile({ paused }: { readonly paused: boolean }) {
  const sources = sourcesOf(useWatched());
  const count = (kind: ChipKind, now: Stamp): number =>
    sources.filter((source) => chipAt(source, now, paused).kind === kind).length;
  const stale = useTicking((now) => count('stale', now));
  const empty = useTicking((now) => count('no-data', now));
  const loading = useTicking((now) => count('not-loaded', now));
  return (
    <Tile
      label="Stale sources"
      means="Sources without data, or whose value is older than 6 of their own intervals: 30 s for these three."
      value={loading === sources.length ? dash : String(stale + empty)}
      unit={`of ${sources.length}`}
      tone={stale + empty > 0 ? 'attention' : undefined}
      note={paused ? 'polling is paused' : staleNote(stale, empty, loading)}
    />
  );
}

function staleNote(stale: number, empty: number, loading: number): string {
  if (empty > 0) return `${empty} without data`;
  if (loading > 0) return `${loading} not loaded yet`;
  return stale > 0 ? 'older than 30 s' : 'none older than 30 s';
}

function AlertsTile() {
  const state = useFeed('alerts.state');
  const here = state?.active.filter((alert) => !isFrozen(alert)) ?? [];
  const connected = useLinkState() === 'open';
  const soon = useMainTicking((now) => (connected ? soonText(here, now) : ''));
  const pending = here.filter((alert) => alert.state === 'pending').length;
  const more = soon === '' && state?.demoTimes === true ? 'demo times' : soon;
  return (
    <Tile
      label="Firing alerts"
      means="Alerts of the connected profile that fire, or are recovering and not over yet. What has not held for long enough is pending."
      value={state ? countText(state.firing) : dash}
      note={
        state ? (
          <>
            {pending === 0 ? 'none' : countText(pending)} pending
            {more !== '' && ' · '}
            <span className="tile-whole">{more}</span>
          </>
        ) : (
          'not loaded yet'
        )
      }
    />
  );
}

/** What comes first of what is about to fire or to be told; empty: nothing is. */
function soonText(alerts: readonly Alert[], now: number): string {
  const [first] = alerts
    .flatMap(({ next }) => (next?.what === 'fires' || next?.what === 'announces' ? [next] : []))
    .toSorted((a, b) => a.at - b.at);
  return first ? `${first.what === 'fires' ? 'fires' : 'notifies'} ${inText(first.at - now)}` : '';
}
