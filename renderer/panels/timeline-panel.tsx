import { memo, useMemo, useState } from 'react';
import type { CacheEvent, CacheStatistics } from '../../shared/contract/cache.ts';
import { ageText } from '../../shared/model/age.ts';
import { useFeed } from '../live/feed.ts';
import type { Source } from '../live/source.ts';
import { spanBetween, stampNow, useTicking } from '../live/ticker.ts';
import type { Stamp } from '../live/ticker.ts';
import { useCacheStatistics, useWatched } from '../live/watched.tsx';
import { countText, dash, durationText, percentText } from '../ui/format.ts';
import { Meter } from '../ui/meter.tsx';
import { Panel } from '../ui/panel.tsx';
import { useWidth } from '../ui/use-size.ts';
import { useWhileVisible } from '../ui/use-visible.ts';
import { groupByKey, laneMs } from './lane-model.ts';
import { markPath } from './lane-marks.ts';
import { Lane, Moving } from './lane.tsx';

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

/** Lanes are drawn from a fixed moment and moved with the time; a later moment keeps the distances small. */
const redrawnEveryMs = 3_600_000;
const noEvents: readonly CacheEvent[] = [];

/** What the app cache did with each key in the last 75 s, and what it holds now. */
export const TimelinePanel = memo(function TimelinePanel() {
  const events = useWhileVisible(useFeed('cache.events') ?? noEvents);
  const statistics = useLanes();
  const { status } = useWatched();
  return (
    <Panel title="App cache, last 75 s" className="timeline" aside={<Legend kinds={kindsOf(events)} />}>
      {!statistics || statistics.keys.length === 0 ? (
        <p className="empty">The cache is empty. The next poll fills it.</p>
      ) : (
        <Lanes statistics={statistics} events={events} clock={status} />
      )}
    </Panel>
  );
});

/** What is looked up on another page alone has no lane here: the panel would grow with a visit there. */
const elsewhere = ['workstations:', 'streams:list', 'server:events'];

function useLanes(): CacheStatistics | undefined {
  const statistics = useCacheStatistics();
  return useMemo(
    () =>
      statistics && {
        ...statistics,
        keys: statistics.keys.filter(({ key }) => !elsewhere.some((start) => key.startsWith(start))),
      },
    [statistics],
  );
}

const always: readonly CacheEvent['kind'][] = ['hit', 'miss', 'set', 'prefetch', 'expire'];

/** What the legend explains, as one text: events come every second, and hardly ever of another kind. */
function kindsOf(events: readonly CacheEvent[]): string {
  const seen = new Set([...always, ...events.map(({ kind }) => kind)]);
  return legend.flatMap(([kind]) => (seen.has(kind) ? kind : [])).join(' ');
}

const Legend = memo(function Legend({ kinds }: { readonly kinds: string }) {
  const shown: readonly string[] = kinds.split(' ');
  return (
    <ul className="legend">
      {legend
        .filter(([kind]) => shown.includes(kind))
        .map(([kind, text]) => (
          <li key={kind}>
            <svg width={14} height={14} aria-hidden="true">
              <path className={`ev ev-${kind}`} d={markPath(kind, 7, 7)} />
            </svg>
            {text}
          </li>
        ))}
    </ul>
  );
});

interface LanesProps {
  readonly statistics: CacheStatistics;
  readonly events: readonly CacheEvent[];
  /** Tells main's clock, in which events are stamped. */
  readonly clock: Source<unknown>;
}

function Lanes({ statistics, events, clock }: LanesProps) {
  const anchor = useMemo(() => ({ statistics, received: stampNow() }), [statistics]);
  const [byKey, setByKey] = useState(() => groupByKey(events, new Map()));
  const [grouped, setGrouped] = useState(events);
  if (grouped !== events) {
    setGrouped(events);
    setByKey(groupByKey(events, byKey));
  }
  const [box, width] = useWidth<HTMLSpanElement>();
  const origin = Math.floor((events.at(-1)?.at ?? 0) / redrawnEveryMs) * redrawnEveryMs;
  return (
    <Moving clock={clock} width={width} origin={origin}>
      <table className="table lanes" aria-label="App cache, key by key">
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
            <tr key={entry.key}>
              <th scope="row" className="mono">
                {entry.key}
              </th>
              <td className="lane-cell">
                {width > 0 && (
                  <Lane
                    name={entry.key}
                    events={byKey.get(entry.key) ?? noEvents}
                    ttl={entry.ttl ?? 0}
                    width={width}
                    origin={origin}
                  />
                )}
              </td>
              <KeyCells entry={entry} received={anchor.received} />
            </tr>
          ))}
        </tbody>
      </table>
    </Moving>
  );
}

interface KeyCellsProps {
  readonly entry: KeyStatistics;
  readonly received: Stamp;
}

const KeyCells = memo(function KeyCells({ entry, received }: KeyCellsProps) {
  const { key, ttl, age, ttlRemaining, hitRate, counters, load } = entry;
  const left = useTicking((now) =>
    ttlRemaining === null ? null : Math.max(0, ttlRemaining - spanBetween(received, now)),
  );
  const ageNow = useTicking((now) => (age === null ? dash : ageText(age + spanBetween(received, now))));
  return (
    <>
      <td className="fresh-cell">
        <TtlLeft name={key} left={left} ttl={ttl} />
      </td>
      <td className="num age-cell">{ageNow}</td>
      <td className="num">
        {hitRate.n === 0 ? 'no requests' : `${percentText(hitRate.percent)} % (${countText(hitRate.n)})`}
      </td>
      <td className="num">{countText(counters.loads)}</td>
      <td className="num">{load.n === 0 ? dash : durationText(load.p95)}</td>
    </>
  );
});

interface TtlLeftProps {
  readonly name: string;
  readonly left: number | null;
  readonly ttl: number | null;
}

const TtlLeft = memo(function TtlLeft({ name, left, ttl }: TtlLeftProps) {
  if (left === null || ttl === null) return <span className="muted">nothing stored</span>;
  const whole = (ttl / 1000).toFixed(ttl % 1000 === 0 ? 0 : 1);
  const text = left === 0 ? `expired, ttl ${whole} s` : `${(left / 1000).toFixed(1)} s of ${whole} s`;
  return <Meter label={`${name}: time left`} value={left} max={ttl} text={text} tone="accent" />;
});
