import { chips } from '../../shared/model/freshness.ts';
import type { Source } from '../live/source.ts';
import { ageAt, chipAt } from '../live/source.ts';
import { useTicking } from '../live/ticker.ts';
import { chipDetail, failureWordsOf } from './words.ts';

interface Props {
  readonly source: Source<unknown>;
  readonly paused: boolean;
}

/** Glyph, word and age of a source. */
export function ChipText({ source, paused }: Props) {
  const kind = useTicking((now) => chipAt(source, now, paused).kind);
  const detail = useTicking((now) =>
    chipDetail(chipAt(source, now, paused), ageAt(source, now), failureWordsOf(source)),
  );
  const chip = chips[kind];
  return (
    <span className="chip" data-role={chip.role} data-kind={chip.kind}>
      <span className="chip-glyph" aria-hidden="true">
        {chip.glyph}
      </span>
      <span className="chip-word">{chip.word}</span>
      {detail !== null && <Detail text={detail} />}
    </span>
  );
}

/** "showing 14 s old": where there is little room, the style drops the words around the age. */
function Detail({ text }: { readonly text: string }) {
  const [, lead = '', middle = text, tail = ''] = /^(showing )?(.*?)( old)?$/.exec(text) ?? [];
  return (
    <span className="chip-detail">
      {' · '}
      <span className="chip-extra">{lead}</span>
      {middle}
      <span className="chip-extra">{tail}</span>
    </span>
  );
}

/**
 * Beside a number that comes from another source than the card it stands in: silent while that one is live,
 * or in the state that the card's own chip (`beside`) says already.
 */
export function BorrowedAge({ source, beside, paused }: Props & { readonly beside?: Source<unknown> }) {
  const kind = useTicking((now) => chipAt(source, now, paused).kind);
  const detail = useTicking((now) => chipDetail(chipAt(source, now, paused), ageAt(source, now), null));
  const said = useTicking((now) => (beside ? chipAt(beside, now, paused).kind : null));
  if (kind === said || kind === 'live' || kind === 'updating' || kind === 'paused') return null;
  const chip = chips[kind];
  return (
    <span className="borrowed" data-role={chip.role}>
      <span className="chip-glyph" aria-hidden="true">
        {chip.glyph}
      </span>{' '}
      {chip.word}
      {detail !== null && ` · ${detail}`}
    </span>
  );
}
