import { useState } from 'react';
import { ExportMenu } from '../export/export-menu.tsx';
import { eventColumns } from '../events/event-export.ts';
import { isNarrowed, noFilter } from '../events/event-filter.ts';
import type { EventFilter } from '../events/event-filter.ts';
import { EventTable } from '../events/event-table.tsx';
import { Filters } from '../events/filters.tsx';
import { allEvents, useEventList } from '../events/use-event-list.ts';
import { useClient } from '../live/client-context.ts';
import { Banner } from '../ui/banner.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { useSettled } from '../ui/use-settled.ts';

/** ms without a further letter before a search is sent. */
const typingMs = 250;

/** What happened, newest first, kept across restarts. */
export function Events() {
  const [filter, setFilter] = useState(noFilter);
  const search = useSettled(filter.search, typingMs);
  return (
    <>
      <PageHeading>Events</PageHeading>
      <Filters filter={filter} onChange={setFilter} />
      <Found filter={{ ...filter, search: search.trim() }} />
    </>
  );
}

function Found({ filter }: { readonly filter: EventFilter }) {
  const client = useClient();
  const list = useEventList(filter);
  const { events, error, tryAgain } = list;
  return (
    <>
      {error !== null && (
        <Banner tone="attention" glyph="▲" title="Events could not be loaded:">
          {error}{' '}
          <button type="button" className="link-button" onClick={tryAgain}>
            Try again
          </button>
        </Banner>
      )}
      {events === undefined && error === null && <p className="panel empty page-space">Loading events…</p>}
      {events?.length === 0 && (
        <p className="panel empty page-space">
          {isNarrowed(filter)
            ? 'No event fits. Show everything, or choose a longer range.'
            : 'Nothing has happened yet. State changes, refreshes, clears and the like will be listed here.'}
        </p>
      )}
      {events && events.length > 0 && (
        <EventTable
          list={list}
          events={events}
          actions={
            <ExportMenu
              of={{
                name: 'events',
                title: 'Events',
                columns: eventColumns,
                rows: (most) => allEvents(client, filter, most),
              }}
            />
          }
        />
      )}
    </>
  );
}
