import { ArrowUp } from 'lucide-react';
import { plural, zoneTexts } from '../ui/format.ts';
import { EventRow } from './event-row.tsx';
import type { EventList } from './use-event-list.ts';
import { scrollToTop, useReading } from './use-reading.ts';

interface Props {
  readonly list: EventList;
  readonly events: NonNullable<EventList['events']>;
}

/** The events that were loaded, newest first. */
export function EventTable({ list, events }: Props) {
  const { shown, waiting } = useReading(events);
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
      <table className="table" aria-label="Events, newest first">
        <thead>
          <tr>
            <th scope="col" className="event-fold">
              <span className="visually-hidden">Details</span>
            </th>
            <th scope="col">Time ({zone})</th>
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
            <EventRow key={event.id} event={event} />
          ))}
        </tbody>
      </table>
      <div className="event-end">
        {list.more ? (
          <button
            type="button"
            className="button"
            aria-disabled={list.loadingOlder}
            onClick={() => {
              if (!list.loadingOlder) list.loadOlder();
            }}
          >
            {list.loadingOlder ? 'Loading…' : 'Load older'}
          </button>
        ) : (
          <p className="muted">That is all: {plural(shown.length, 'event', 'events')}.</p>
        )}
      </div>
    </section>
  );
}
