import { BellRing, Hourglass, Undo2 } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Severity } from '../../shared/model/events.ts';
import type { AlertState } from '../../shared/model/alerts.ts';
import { stateWords } from './words.ts';

const icons: Readonly<Record<AlertState, LucideIcon>> = {
  pending: Hourglass,
  firing: BellRing,
  recovering: Undo2,
};

interface Props {
  readonly state: AlertState;
  readonly severity: Severity;
}

/** Where an alert is, by shape and word; one that fires has the colour of its severity. */
export function StateMark({ state, severity }: Props) {
  const Icon = icons[state];
  return (
    <span className="event-mark alert-state" data-severity={state === 'firing' ? severity : undefined}>
      <Icon size={14} aria-hidden="true" />
      {stateWords[state]}
    </span>
  );
}
