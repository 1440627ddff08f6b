import { memo } from 'react';
import type { CacheEvent } from '../../shared/contract/cache.ts';
import { mainTimeAt } from '../live/source.ts';
import type { Source } from '../live/source.ts';
import { useTicking } from '../live/ticker.ts';
import { expiries, heldStretches, laneMs, laneWords } from './lane-model.ts';
import { holdY, laneHeight, laneY, markPath } from './lane-marks.ts';

type Kind = CacheEvent['kind'];

interface Props {
  readonly name: string;
  readonly events: readonly CacheEvent[];
  readonly ttl: number;
  readonly width: number;
  /** Tells main's clock, in which events are stamped. */
  readonly clock: Source<unknown>;
}

/** px kept free at the right, so that the newest mark is whole. */
const edge = 6;

/**
 * One key's last 75 s: a mark for each event, a bar while the stored value is fresh. Each second the drawing
 * is only moved; it is drawn again when an event comes.
 */
export function Lane({ name, events, ttl, width, clock }: Props) {
  const newest = events.at(-1)?.at ?? 0;
  const perMs = (width - 2 * edge) / laneMs;
  const shift = useTicking((now) => Math.round((newest - mainTimeAt(clock, now)) * perMs) + width - edge);
  return (
    <>
      <span className="visually-hidden">{laneWords(name, events)}</span>
      <svg className="lane" width={width} height={laneHeight} aria-hidden="true">
        <line className="lane-base" x1={0} x2={width} y1={holdY} y2={holdY} />
        <g transform={`translate(${shift} 0)`}>
          <Drawing events={events} ttl={ttl} perMs={perMs} origin={newest} />
        </g>
      </svg>
    </>
  );
}

interface DrawingProps extends Pick<Props, 'events' | 'ttl'> {
  readonly perMs: number;
  /** The moment at x = 0. */
  readonly origin: number;
}

/** One path for all marks of a kind: a lane is a handful of elements, however many events it has. */
const Drawing = memo(function Drawing({ events, ttl, perMs, origin }: DrawingProps) {
  const x = (at: number): number => Math.round((at - origin) * perMs);
  const paths = new Map<Kind, string>();
  const add = (kind: Kind, at: number): void => {
    paths.set(kind, (paths.get(kind) ?? '') + markPath(kind, x(at), laneY(kind)));
  };
  for (const at of expiries(events, ttl)) add('expire', at);
  for (const { kind, at } of events) if (kind !== 'expire') add(kind, at);
  const held = heldStretches(events, ttl)
    .map(({ from, to }) => `M${x(from)} ${holdY - 4}H${Math.max(x(from) + 1, x(to))}v8H${x(from)}z`)
    .join('');
  return (
    <>
      <path className="lane-held" d={held} />
      {[...paths].map(([kind, d]) => (
        <path key={kind} className={`ev ev-${kind}`} d={d} />
      ))}
    </>
  );
});
