import { memo } from 'react';
import type { CacheEvent } from '../../shared/contract/cache.ts';
import { expiries, heldStretches, laneMs, laneWords } from './lane-model.ts';

export const laneHeight = 32;
const lookupsY = 9;
const holdY = 23;

type Kind = CacheEvent['kind'];

/** Lookups stand above, what the cache holds below. */
const above: ReadonlySet<Kind> = new Set(['hit', 'stale', 'miss', 'coalesced', 'bypass']);

interface Props {
  readonly name: string;
  readonly events: readonly CacheEvent[];
  readonly ttl: number;
  readonly width: number;
  /** Main's wall clock at the right edge. */
  readonly now: number;
}

/** One key's last 75 s: a mark for each event, a bar while the stored value is fresh. */
export const Lane = memo(function Lane({ name, events, ttl, width, now }: Props) {
  const x = (at: number): number => Math.round(((at - (now - laneMs)) / laneMs) * (width - 12)) + 6;
  const inside = events.filter(({ at }) => at >= now - laneMs);
  return (
    <>
      <span className="visually-hidden">{laneWords(name, inside)}</span>
      <svg className="lane" width={width} height={laneHeight} aria-hidden="true">
        <line className="lane-base" x1={0} x2={width} y1={holdY} y2={holdY} />
        {heldStretches(events, ttl, now)
          .filter(({ to }) => to >= now - laneMs)
          .map(({ from, to }) => (
            <rect
              key={from}
              className="lane-held"
              x={Math.max(0, x(from))}
              y={holdY - 4}
              width={Math.max(1, x(to) - Math.max(0, x(from)))}
              height={8}
            />
          ))}
        {expiries(events, ttl, now)
          .filter((at) => at >= now - laneMs)
          .map((at) => (
            <LaneMark key={`x${at}`} kind="expire" x={x(at)} />
          ))}
        {inside.map(({ id, at, kind }) =>
          kind === 'expire' ? null : <LaneMark key={id} kind={kind} x={x(at)} />,
        )}
      </svg>
    </>
  );
});

/** A mark told apart by its shape. */
export function LaneMark({
  kind,
  x,
  y = above.has(kind) ? lookupsY : holdY,
}: {
  kind: Kind;
  x: number;
  y?: number;
}) {
  const className = `ev ev-${kind}`;
  switch (kind) {
    case 'hit':
      return <circle className={className} cx={x} cy={y} r={3.5} />;
    case 'coalesced':
      return <circle className={className} cx={x} cy={y} r={3} />;
    case 'miss':
      return <path className={className} d={`M${x} ${y - 5}l5 5l-5 5l-5 -5z`} />;
    case 'stale':
      return <path className={className} d={`M${x} ${y - 5}l5 9h-10z`} />;
    case 'bypass':
      return <path className={className} d={`M${x - 4} ${y - 4}l4 4l-4 4M${x} ${y - 4}l4 4l-4 4`} />;
    case 'prefetch':
      return <path className={className} d={`M${x - 5} ${y - 4}l6 4l-6 4z`} />;
    case 'set':
      return <path className={className} d={`M${x} ${y - 6}v12`} />;
    case 'expire':
      return <path className={className} d={`M${x} ${y - 5}v10`} />;
    case 'delete':
    case 'evict':
    case 'invalidate':
      return <path className={className} d={`M${x - 4} ${y}h8`} />;
    case 'refresh-failed':
      return <path className={className} d={`M${x - 4} ${y - 4}l8 8M${x + 4} ${y - 4}l-8 8`} />;
    case 'recovered':
      return <path className={className} d={`M${x - 4} ${y}l3 3l5 -7`} />;
  }
}
