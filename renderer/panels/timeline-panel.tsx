import { useMemo } from 'react';
import type { CacheEvent, CacheStatistics } from '../../shared/contract/cache.ts';
import { ageText } from '../../shared/model/age.ts';
import { useFeed } from '../live/feed.ts';
import { mainTimeAt } from '../live/source.ts';
import type { Source } from '../live/source.ts';
import { spanBetween, stampNow, useNow } from '../live/ticker.ts';
import type { Stamp } from '../live/ticker.ts';
import { useWatched } from '../live/watched.tsx';
import { countText, dash, durationText, percentText } from '../ui/format.ts';
import { Meter } from '../ui/meter.tsx';
import { Panel } from '../ui/panel.tsx';
import { useWidth } from '../ui/use-size.ts';
import { useWhileVisible } from '../ui/use-visible.ts';
import { laneMs } from './lane-model.ts';
import { Lane, LaneMark } from './lane.tsx';

type KeyStatistics = CacheStatistics['keys'][number];

const legend: readonly (readonly [CacheEvent['kind'], string])[] = [
  ['hit', 'HIT'],
  ['miss', 'MISS'],
  ['coalesced', 'joined a running load'],
  ['stale', 'stale'],
  ['bypass', 'forced'],
  ['prefetch', 'prefetch'],
  ['set', 'SET'],
  ['expire', 'expired'],
  ['delete', 'cleared'],
  ['refresh-failed', 'load failed'],
];

const noEvents: readonly CacheEvent[] = [];

/** What the app cache did with each key in the last 75 s, and what it holds now. */
export function TimelinePanel() {
  const events = useWhileVisible(useFeed('cache.events') ?? noEvents);
  const { statistics, status } = useWatched();
  return (
    <Panel title="App cache, last 75 s" className="timeline" aside={<Legend events={events} />}>
      {!statistics || statistics.keys.length === 0 ? (
        <p className="empty">The cache is empty. The next poll fills it.</p>
      ) : (
        <Lanes statistics={statistics} events={events} clock={status} />
      )}
    </Panel>
  );
}

function Legend({ events }: { readonly events: readonly CacheEvent[] }) {
  const seen = new Set(events.map(({ kind }) => kind));
  const always: ReadonlySet<CacheEvent['kind']> = new Set(['hit', 'miss', 'set', 'prefetch', 'expire']);
  return (
    <ul className="legend">
      {legend
        .filter(([kind]) => always.has(kind) || seen.has(kind))
        .map(([kind, text]) => (
          <li key={kind}>
            <svg width={14} height={14} aria-hidden="true">
              <LaneMark kind={kind} x={7} y={7} />
            </svg>
            {text}
          </li>
        ))}
    </ul>
  );
}

interface LanesProps {
  readonly statistics: CacheStatistics;
  readonly events: readonly CacheEvent[];
  /** Tells main's clock, in which events are stamped. */
  readonly clock: Source<unknown>;
}

function Lanes({ statistics, events, clock }: LanesProps) {
  const now = useWhileVisible(useNow());
  const anchor = useMemo(() => ({ statistics, received: stampNow() }), [statistics]);
  const byKey = useMemo(() => Map.groupBy(events, ({ key }) => key), [events]);
  const [box, width] = useWidth<HTMLSpanElement>();
  return (
    <section className="scroll-x" aria-label="App cache by key">
      <table className="table lanes">
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col" className="lane-head" aria-label="Events of the last 75 s">
              <span className="lane-scale" ref={box}>
                <span>{laneMs / 1000} s ago</span>
                <span>now</span>
              </span>
            </th>
            <th scope="col">Fresh for</th>
            <th scope="col" className="num">
              Age
            </th>
            <th scope="col" className="num">
              Hit rate (n)
            </th>
            <th scope="col" className="num">
              Loads
            </th>
            <th scope="col" className="num">
              Load p95
            </th>
          </tr>
        </thead>
        <tbody>
          {anchor.statistics.keys.map((entry) => (
            <KeyRow
              key={entry.key}
              entry={entry}
              events={byKey.get(entry.key) ?? noEvents}
              width={width}
              received={anchor.received}
              now={now}
              mainNow={mainTimeAt(clock, now)}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface KeyRowProps {
  readonly entry: KeyStatistics;
  readonly events: readonly CacheEvent[];
  readonly width: number;
  readonly received: Stamp;
  readonly now: Stamp;
  readonly mainNow: number;
}

function KeyRow({ entry, events, width, received, now, mainNow }: KeyRowProps) {
  const since = spanBetween(received, now);
  const { key, ttl, age, ttlRemaining, hitRate, counters, load } = entry;
  return (
    <tr>
      <th scope="row" className="mono">
        {key}
      </th>
      <td className="lane-cell">
        {width > 0 && <Lane name={key} events={events} ttl={ttl ?? 0} width={width} now={mainNow} />}
      </td>
      <td className="fresh-cell">
        <TtlLeft name={key} remaining={ttlRemaining === null ? null : ttlRemaining - since} ttl={ttl} />
      </td>
      <td className="num age-cell">{age === null ? dash : ageText(age + since)}</td>
      <td className="num">
        {hitRate.n === 0 ? 'no requests' : `${percentText(hitRate.percent)} % (${countText(hitRate.n)})`}
      </td>
      <td className="num">{countText(counters.loads)}</td>
      <td className="num">{load.n === 0 ? dash : durationText(load.p95)}</td>
    </tr>
  );
}

interface TtlLeftProps {
  readonly name: string;
  readonly remaining: number | null;
  readonly ttl: number | null;
}

function TtlLeft({ name, remaining, ttl }: TtlLeftProps) {
  if (remaining === null || ttl === null) return <span className="muted">nothing stored</span>;
  const left = Math.max(0, remaining);
  const seconds = (ms: number): string => (ms / 1000).toFixed(ms % 1000 === 0 ? 0 : 1);
  const text =
    left === 0 ? `expired, ttl ${seconds(ttl)} s` : `${(left / 1000).toFixed(1)} s of ${seconds(ttl)} s`;
  return <Meter label={`${name}: time left`} value={left} max={ttl} text={text} tone="accent" />;
}
