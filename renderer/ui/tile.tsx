import type { ReactNode } from 'react';
import type { ChipRole } from '../../shared/model/freshness.ts';
import { Term } from './hint.tsx';

interface Props {
  readonly label: string;
  /** How the number is counted, on hover and focus. */
  readonly means: string;
  readonly value: ReactNode;
  readonly unit?: string | undefined;
  /** One short line: the row's height is fixed. */
  readonly note: ReactNode;
  /** Words instead of a number are set smaller. */
  readonly wordy?: boolean;
  readonly tone?: ChipRole | undefined;
}

/** One number with its unit and what it is out of. */
export function Tile({ label, means, value, unit, note, wordy = false, tone }: Props) {
  return (
    <div className="tile">
      <h3 className="tile-label">
        <Term word={label} means={means} />
      </h3>
      <p className="tile-value" data-wordy={wordy || undefined} data-role={tone}>
        {value}
        {unit !== undefined && <span className="tile-unit"> {unit}</span>}
      </p>
      <p className="tile-note">{note}</p>
    </div>
  );
}
