import { isFrozen } from '../alerts/words.ts';
import { severityWords } from '../ui/event-words.ts';
import { ageText, spanText } from '../../shared/model/age.ts';
import { useFeed, usePaused } from '../live/feed.ts';
import { useMainTicking } from '../live/main-time.ts';
import type { Source } from '../live/source.ts';
import { useCacheStatistics, useWatched } from '../live/watched.tsx';
import { placeText, vpnWord } from '../panels/vpn-words.ts';
import { unhealthyWords } from '../panels/presence.ts';
import { ChipText } from '../ui/chip.tsx';
import { countText, dash, minuteText, percentText } from '../ui/format.ts';
import { useClaims, useUnsure } from '../ui/use-unsure.ts';
import { failureWordsOf } from '../ui/words.ts';
import { useOverall } from '../frame/overall.tsx';
import { forEveryone } from './no-secrets.ts';
import { Row } from './row.tsx';
import type { BoardMark } from './row.tsx';
import { boardState } from './state.ts';

/** Titles that fit beside the number of alerts. */
const mostTitles = 2;

/** Where there is nothing to judge. */
const plain: BoardMark = { glyph: '', role: 'neutral' };
const calm: BoardMark = { glyph: '●', role: 'ok' };
const unknown: BoardMark = { glyph: '?', role: 'neutral' };
const silent: BoardMark = { glyph: '–', role: 'neutral' };

interface Props {
  /** Since when nothing on the board is new, UTC ms; null: it lives. */
  readonly stoppedAt: number | null;
}

/** Is everything fine? */
export function OverallRow({ stoppedAt }: Props) {
  const overall = useOverall();
  const tray = useFeed('tray.model');
  const state = boardState({ stopped: stoppedAt !== null, tray, overall });
  return (
    <Row
      first
      wordy
      title="State"
      mark={state}
      value={state.word}
      note={state.note}
      age={<Since stoppedAt={stoppedAt} live={state.note === overall.text ? '' : overall.text} />}
    />
  );
}

/** Beside what main pushes: when it stood still, else what there is to say. */
function Since({ stoppedAt, live }: Props & { readonly live: string }) {
  return stoppedAt === null ? live : `as of ${minuteText(stoppedAt)}`;
}

/** Why there is a dash. */
function missing(source: Source<unknown>): string {
  if (!source.reading.supported) return 'not reported';
  return failureWordsOf(source) ?? 'not loaded yet';
}

export function EnginesRow({ stoppedAt }: Props) {
  const paused = usePaused();
  const { status } = useWatched();
  const unsure = useUnsure(status, paused) || stoppedAt !== null;
  const engines = status.reading.value?.engines;
  const age = <ChipText source={status} paused={paused} />;
  const healthy = engines?.healthy ?? null;
  const total = engines?.total ?? null;
  if (!engines || healthy === null || total === null) {
    const note = engines ? 'not reported' : missing(status);
    return <Row title="Engines" mark={silent} value={dash} note={note} age={age} />;
  }
  return (
    <Row
      title="Engines"
      mark={unsure ? unknown : engineMark(healthy, total)}
      value={countText(healthy)}
      unit={`of ${countText(total)} healthy`}
      note={unhealthyWords(engines.unhealthy)}
      age={age}
    />
  );
}

function engineMark(healthy: number, total: number): BoardMark {
  if (total === 0) return silent;
  if (healthy === 0) return { glyph: '✕', role: 'bad' };
  return healthy < total ? { glyph: '▲', role: 'attention' } : calm;
}

export function VpnRow({ stoppedAt }: Props) {
  const paused = usePaused();
  const { vpn } = useWatched();
  const unsure = useUnsure(vpn, paused) || stoppedAt !== null;
  const claims = useClaims(vpn, paused);
  const age = <ChipText source={vpn} paused={paused} />;
  const { value } = vpn.reading;
  if (!value) return <Row title="VPN" mark={silent} value={dash} note={missing(vpn)} age={age} />;
  const { glyph, word, role } = vpnWord(value);
  if (unsure) {
    const note = `last said: ${word.toLowerCase()}`;
    return <Row title="VPN" mark={unknown} value="Unknown" wordy note={note} age={age} />;
  }
  const exit = value.nodes.find(({ health }) => health === 'healthy');
  return (
    <Row
      title="VPN"
      mark={{ glyph, role: claims ? role : 'neutral' }}
      value={word}
      wordy
      note={(exit && placeText(exit)) ?? ''}
      age={age}
    />
  );
}

export function HitRateRow({ stoppedAt }: Props) {
  const statistics = useCacheStatistics();
  const rate = statistics?.hitRate5m;
  const none = rate === undefined || rate.n === 0;
  return (
    <Row
      title="Hit rate"
      mark={stoppedAt === null ? plain : unknown}
      value={none ? dash : percentText(rate.percent)}
      {...(none ? {} : { unit: '%' })}
      note={none ? 'no requests in 5 min' : `of ${countText(rate.n)} requests in 5 min`}
      age={<Since stoppedAt={stoppedAt} live="" />}
    />
  );
}

export function StreamsRow({ stoppedAt }: Props) {
  const paused = usePaused();
  const { status } = useWatched();
  const unsure = useUnsure(status, paused) || stoppedAt !== null;
  const age = <ChipText source={status} paused={paused} />;
  const active = status.reading.value?.streams.active ?? null;
  if (active === null) {
    const note = status.reading.value ? 'not reported' : missing(status);
    return <Row title="Streams" mark={silent} value={dash} note={note} age={age} />;
  }
  const note = active === 0 ? 'nothing plays' : '';
  const mark = unsure ? unknown : plain;
  return <Row title="Streams" mark={mark} value={countText(active)} unit="active" note={note} age={age} />;
}

export function AlertsRow({ stoppedAt }: Props) {
  const state = useFeed('alerts.state');
  const firing = (state?.active ?? []).filter((alert) => !isFrozen(alert) && alert.state !== 'pending');
  const [worst] = firing;
  const left = firing.length - mostTitles;
  const since = useMainTicking((now) => (worst ? spanText(Math.max(0, now - worst.since)) : ''));
  if (!state) {
    return <Row title="Alerts" mark={silent} value={dash} note="not loaded yet" age="" />;
  }
  const mark = worst ? markOf(worst.severity) : calm;
  return (
    <Row
      title="Alerts"
      mark={stoppedAt === null ? mark : unknown}
      value={countText(firing.length)}
      unit="firing"
      note={
        worst ? (
          <ul>
            {firing.slice(0, mostTitles).map(({ key, title }) => (
              <li key={key}>{forEveryone(title)}</li>
            ))}
            {left > 0 && <li>and {left} more</li>}
          </ul>
        ) : (
          'nothing fires'
        )
      }
      age={<Since stoppedAt={stoppedAt} live={worst ? `for ${since}` : ''} />}
    />
  );
}

function markOf(severity: 'info' | 'attention' | 'bad'): BoardMark {
  switch (severity) {
    case 'info':
      return plain;
    case 'attention':
      return { glyph: '▲', role: 'attention' };
    case 'bad':
      return { glyph: '✕', role: 'bad' };
  }
}

/** What changed? */
export function LastChangeRow({ stoppedAt }: Props) {
  const [latest] = useFeed('events.latest') ?? [];
  const age = useMainTicking((now) => (latest ? ageText(Math.max(0, now - latest.at)) : ''));
  if (!latest) {
    return <Row title="Last change" mark={silent} value={dash} note="nothing has happened yet" age="" />;
  }
  const ago = age === 'just now' ? age : `${age} ago`;
  return (
    <Row
      title="Last change"
      mark={stoppedAt === null ? markOf(latest.severity) : unknown}
      value={minuteText(latest.at)}
      note={
        latest.severity === 'info'
          ? forEveryone(latest.title)
          : `${severityWords[latest.severity]}: ${forEveryone(latest.title)}`
      }
      age={<Since stoppedAt={stoppedAt} live={ago} />}
    />
  );
}
