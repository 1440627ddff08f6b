import type { ReactNode } from 'react';
import { ageText } from '../../shared/model/age.ts';
import type { ChipRole } from '../../shared/model/freshness.ts';
import { ageAt } from '../live/source.ts';
import type { Source } from '../live/source.ts';
import { useTicking } from '../live/ticker.ts';
import { useUnsure } from './use-unsure.ts';

interface Props {
  /** Where the word comes from; once it is stale or failing, the word is "Unknown". */
  readonly source: Source<unknown>;
  readonly paused: boolean;
  readonly glyph?: string;
  readonly role?: ChipRole;
  /** The word or number itself. */
  readonly children: ReactNode;
  /** The line below; always there, so that nothing moves when it has something to say. */
  readonly sub: ReactNode;
  /** The same in words, for "last said 90 s ago: …". */
  readonly said: string;
}

/** A card's state in a word. What cannot be read any more is unknown; what it was is said below. */
export function Headline({ source, paused, glyph, role = 'neutral', children, sub, said }: Props) {
  const unsure = useUnsure(source, paused);
  const age = useTicking((now) => ageText(ageAt(source, now) ?? 0));
  return (
    <div className="headline">
      <p className="headline-word" data-role={unsure ? 'neutral' : role}>
        {(unsure || glyph !== undefined) && (
          <span className="chip-glyph" aria-hidden="true">
            {unsure ? '?' : glyph}
          </span>
        )}{' '}
        {unsure ? 'Unknown' : children}
      </p>
      <span className="visually-hidden"> · </span>
      <p className="headline-sub">
        {unsure ? `last said ${age === 'just now' ? age : `${age} ago`}: ${said}` : sub}
      </p>
    </div>
  );
}
