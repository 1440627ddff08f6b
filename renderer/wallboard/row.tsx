import type { ReactNode } from 'react';
import type { ChipRole } from '../../shared/model/freshness.ts';

export interface BoardMark {
  readonly glyph: string;
  readonly role: ChipRole;
}

interface Props {
  /** What the row answers. */
  readonly title: string;
  readonly mark: BoardMark;
  /** A number or a word, to be read from 3 m. */
  readonly value: ReactNode;
  readonly unit?: string;
  readonly note: ReactNode;
  /** How old that is. */
  readonly age: ReactNode;
  /** Words in place of a number take a smaller size. */
  readonly wordy?: boolean;
  readonly first?: boolean;
}

/** One question and its answer. Shape, word and colour say the state; colour stands at what is not as it should be. */
export function Row({ title, mark: { glyph, role }, value, unit, note, age, wordy, first }: Props) {
  return (
    <li className="board-row" data-role={role} data-first={first || undefined}>
      <span className="chip-glyph board-glyph" aria-hidden="true">
        {glyph}
      </span>
      <h2 className="board-title">{title}</h2>
      <p className="board-value" data-wordy={wordy || undefined}>
        {value}
        {unit !== undefined && <span className="board-unit"> {unit}</span>}
      </p>
      <div className="board-note">{note}</div>
      <p className="board-age">{age}</p>
    </li>
  );
}
