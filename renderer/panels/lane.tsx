import { memo } from 'react';
import type { CSSProperties, ReactNode } from 'react';
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
  /** The moment at x = 0 of every drawing, UTC ms of main's clock. */
  readonly origin: number;
}

/** px kept free at the right, so that the newest mark is whole. */
const edge = 6;
const shift = '--lane-shift';
const shifted: CSSProperties = { transform: `translateX(var(${shift}))` };

function pxPerMs(width: number): number {
  return (width - 2 * edge) / laneMs;
}

/** One key's last 75 s: a mark for each event, a bar while the stored value is fresh. Drawn when an event comes. */
export const Lane = memo(function Lane({ name, events, ttl, width, origin }: Props) {
  return (
    <>
      <span className="visually-hidden">{laneWords(name, events)}</span>
      <svg className="lane" width={width} height={laneHeight} aria-hidden="true">
        <line className="lane-base" x1={0} x2={width} y1={holdY} y2={holdY} />
        <g style={shifted}>
          <Drawing events={events} ttl={ttl} perMs={pxPerMs(width)} origin={origin} />
        </g>
      </svg>
    </>
  );
});

interface MovingProps extends Pick<Props, 'width' | 'origin'> {
  /** Tells main's clock, in which events are stamped. */
  readonly clock: Source<unknown>;
  readonly children: ReactNode;
}

/** Moves all lanes inside it with the time: one number a second, nothing is drawn again. */
export function Moving({ clock, width, origin, children }: MovingProps) {
  const px = useTicking(
    (now) => Math.round((origin - mainTimeAt(clock, now)) * pxPerMs(width)) + width - edge,
  );
  const style: CSSProperties & Record<typeof shift, string> = { [shift]: `${px}px` };
  return (
    <section className="scroll-x" aria-label="App cache by key" tabIndex={0} style={style}>
      {children}
    </section>
  );
}

interface DrawingProps extends Pick<Props, 'events' | 'ttl' | 'origin'> {
  readonly perMs: number;
}

/** One path for all marks of a kind: a lane is a handful of elements, however many events it has. */
function Drawing({ events, ttl, perMs, origin }: DrawingProps) {
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
}
