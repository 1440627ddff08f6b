import { ArrowUp } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { plural, zoneTexts } from '../ui/format.ts';
import { EventRow } from './event-row.tsx';
import type { ShownEvent } from './shown-event.ts';
import type { EventList } from './use-event-list.ts';
import { scrollToTop, useReading } from './use-reading.ts';

interface Props {
  readonly list: EventList;
  readonly events: readonly ShownEvent[];
  readonly actions: ReactNode;
  /** What is to be known of where they come from. */
  readonly note: ReactNode;
}

const originOf = ({ origin }: ShownEvent): string => origin;

/** Rows drawn at first, and how many more at each press: a server may tell a thousand events at once. */
const step = 200;

/** The events that were loaded, newest first. */
export function EventTable({ list, events, actions, note }: Props) {
  const { shown: readable, waiting } = useReading(events, originOf);
  const [most, setMost] = useState(step);
  const shown = readable.slice(0, most);
  const more = list.more || readable.length > most;
  const showOlder = (): void => {
    if (list.loadingOlder) return;
    setMost(most + step);
    if (list.more && readable.length < most + step) list.loadOlder();
  };
  const [zone] = zoneTexts(shown[0]?.at ?? 0);
  return (
    <section
      className="panel event-list"
      aria-label="Events, newest first"
      aria-busy={list.settling}
      data-settling={list.settling || undefined}
    >
      {waiting > 0 && (
        <button type="button" className="button primary event-news" onClick={scrollToTop}>
          <ArrowUp size={14} aria-hidden="true" />
          {plural(waiting, 'new event', 'new events')}
        </button>
      )}
      <div className="export-line">
        {note}
        {actions}
      </div>
      <table className="table" aria-label="Events, newest first">
        <thead>
          <tr>
            <th scope="col" className="event-fold">
              <span className="visually-hidden">Details</span>
            </th>
            <th scope="col">Time ({zone})</th>
            <th scope="col" className="event-origin">
              Source
            </th>
            <th scope="col">Kind</th>
            <th scope="col">Severity</th>
            <th scope="col" className="event-subject">
              Subject
            </th>
            <th scope="col">What happened</th>
            <th scope="col" className="event-copy">
              <span className="visually-hidden">Copy</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((event) => (
            <EventRow key={event.key} event={event} />
          ))}
        </tbody>
      </table>
      <div className="event-end">
        {more ? (
          <button type="button" className="button" aria-disabled={list.loadingOlder} onClick={showOlder}>
            {list.loadingOlder ? 'Loading…' : 'Load older'}
          </button>
        ) : (
          <p className="muted">That is all: {plural(shown.length, 'event', 'events')}.</p>
        )}
      </div>
    </section>
  );
}
