import { useState } from 'react';
import { TextField } from '../ui/field.tsx';
import { zoneTexts } from '../ui/format.ts';
import { fromLocalInput, localInputText } from '../ui/zone.ts';
import { longestRange, shortestRange } from './time-range.ts';

interface Bounds {
  readonly from: number;
  readonly to: number;
}

interface Props {
  /** What is shown now; null: it is not a custom range. */
  readonly range: Bounds | null;
  readonly onChoose: (range: Bounds) => void;
}

const hour = 3_600_000;

/** Two moments in the operator's zone, checked before they are taken. */
export function CustomRange({ range, onChoose }: Props) {
  const [now] = useState(Date.now);
  const [from, setFrom] = useState(() => localInputText(range?.from ?? now - hour));
  const [to, setTo] = useState(() => localInputText(range?.to ?? now));
  const chosen = read(from, to);
  const [zone] = zoneTexts(now);
  return (
    <form
      className="custom-range"
      onSubmit={(event) => {
        event.preventDefault();
        if (typeof chosen !== 'string') onChoose(chosen);
      }}
    >
      <TextField label={`From (${zone})`} type="datetime-local" value={from} onChange={setFrom} />
      <TextField
        label={`To (${zone})`}
        type="datetime-local"
        value={to}
        onChange={setTo}
        error={typeof chosen === 'string' ? chosen : null}
      />
      <button type="submit" className="button primary" disabled={typeof chosen === 'string'}>
        Show
      </button>
    </form>
  );
}

/** The range two inputs name, or why it cannot be shown. */
function read(fromText: string, toText: string): Bounds | string {
  const from = fromLocalInput(fromText);
  const to = fromLocalInput(toText);
  if (from === null || to === null) return 'Give both a date and a time.';
  if (from > Date.now()) return 'This time is still to come.';
  if (to - from < shortestRange) return 'The end has to be after the start.';
  if (to - from > longestRange) return 'At most 90 days can be shown.';
  return { from, to: Math.min(to, Date.now()) };
}
