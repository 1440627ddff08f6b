import { createContext, use } from 'react';
import { ageText } from '../../shared/model/age.ts';
import { mainTimeAt } from '../live/source.ts';
import type { Source } from '../live/source.ts';
import { useTicking } from '../live/ticker.ts';
import { bothTimesText, dash } from '../ui/format.ts';

/** Whose times are shown: it tells main's clock, which ages are counted by. */
export const ClockContext = createContext<Source<unknown> | null>(null);

interface Props {
  /** UTC ms; null: not told. */
  readonly at: number | null;
  /** Said in place of a dash. */
  readonly never?: string;
  /** Within a sentence, or where a bare span could be mistaken for a duration. */
  readonly ago?: boolean;
}

/** How long ago something was; the moment itself on hover. */
export function AgeOf({ at, never = dash, ago = false }: Props) {
  const clock = use(ClockContext);
  const text = useTicking((now) => {
    if (at === null) return never;
    const text = ageText(Math.max(0, (clock ? mainTimeAt(clock, now) : now.wall) - at));
    return ago && text !== 'just now' ? `${text} ago` : text;
  });
  if (at === null) return <>{text}</>;
  return (
    <time dateTime={new Date(at).toISOString()} title={bothTimesText(at)}>
      {text}
    </time>
  );
}
