import type { ReactNode } from 'react';

interface Props {
  readonly label: string;
  readonly value: ReactNode;
  readonly unit?: string | undefined;
  readonly note: ReactNode;
  /** Words instead of a number are set smaller. */
  readonly wordy?: boolean;
  readonly tone?: 'ok' | 'attention' | 'bad' | 'neutral' | undefined;
}

/** One number with its unit and what it is out of. */
export function Tile({ label, value, unit, note, wordy = false, tone }: Props) {
  return (
    <div className="tile">
      <h3 className="tile-label">{label}</h3>
      <p className="tile-value" data-wordy={wordy || undefined} data-role={tone}>
        {value}
        {unit !== undefined && <span className="tile-unit"> {unit}</span>}
      </p>
      <p className="tile-note">{note}</p>
    </div>
  );
}
