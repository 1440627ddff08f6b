import '../styles/pages/events.css';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { ServerEvents } from '../../shared/contract/fleet.ts';
import { ExportMenu } from '../export/export-menu.tsx';
import { eventColumns } from '../events/event-export.ts';
import { fits, isNarrowed, noFilter, wants } from '../events/event-filter.ts';
import type { EventFilter } from '../events/event-filter.ts';
import { EventTable } from '../events/event-table.tsx';
import { Filters } from '../events/filters.tsx';
import { ServerNote } from '../events/server-note.tsx';
import { mergeEvents, ownEvent, serverEvent } from '../events/shown-event.ts';
import { allEvents, useEventList } from '../events/use-event-list.ts';
import { useClient } from '../live/client-context.ts';
import { useHasOrchestrator } from '../live/profile.ts';
import { usePoll } from '../live/use-poll.ts';
import { Banner } from '../ui/banner.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { useSettled } from '../ui/use-settled.ts';

/** ms without a further letter before a search is sent. */
const typingMs = 250;

/** What happened, newest first: what Cachedeck saw, kept across restarts, and what the orchestrator says it did. */
export function Events() {
  const [filter, setFilter] = useState(noFilter);
  const server = useHasOrchestrator();
  const typed = useSettled(filter.search, typingMs);
  const search = typed.trim();
  const settled = useMemo(() => ({ ...filter, search }), [filter, search]);
  return (
    <>
      <PageHeading>Events</PageHeading>
      <Filters server={server} filter={filter} onChange={setFilter} />
      {server && wants(settled, 'orchestrator') ? (
        <WithServer filter={settled} />
      ) : (
        <Found filter={settled} told={null} note={null} />
      )}
    </>
  );
}

/** The orchestrator's own events among ours. They are read only where they are shown. */
function WithServer({ filter }: { readonly filter: EventFilter }) {
  const source = usePoll('server.events');
  return <Found filter={filter} told={source.reading.value} note={<ServerNote source={source} />} />;
}

interface FoundProps {
  readonly filter: EventFilter;
  readonly told: ServerEvents | null;
  readonly note: ReactNode;
}

function Found({ filter, told, note }: FoundProps) {
  const client = useClient();
  const list = useEventList(filter);
  const { events: own, more, error, tryAgain } = list;
  const server = useMemo(() => fitting(told, filter), [told, filter]);
  const failed = error !== null;
  const events = useMemo(() => {
    const known = own ?? (failed ? [] : undefined); // the orchestrator's are shown whatever became of ours
    return known && mergeEvents(known.map(ownEvent), server, !more);
  }, [own, server, more, failed]);
  return (
    <>
      {failed && (
        <Banner tone="attention" glyph="▲" title="Events could not be loaded:">
          {error}{' '}
          <button type="button" className="link-button" onClick={tryAgain}>
            Try again
          </button>
        </Banner>
      )}
      {events === undefined && <p className="panel empty page-space">Loading events…</p>}
      {events?.length === 0 && !failed && (
        <div className="panel empty page-space">
          {note}
          <p>
            {isNarrowed(filter)
              ? 'No event fits. Show everything, or choose a longer range.'
              : 'Nothing has happened yet. State changes, refreshes, clears and the like will be listed here.'}
          </p>
        </div>
      )}
      {events && events.length > 0 && (
        <EventTable
          list={list}
          events={events}
          note={note}
          actions={
            <ExportMenu
              of={{
                name: 'events',
                title: 'Events',
                columns: eventColumns,
                rows: async (most) => {
                  const all = await allEvents(client, filter, most);
                  return mergeEvents(all.map(ownEvent), server, all.length < most).slice(0, most);
                },
              }}
            />
          }
        />
      )}
    </>
  );
}

function fitting(told: ServerEvents | null, filter: EventFilter) {
  if (told === null) return [];
  const now = Date.now();
  return told.events.map(serverEvent).filter((event) => fits(event, filter, now));
}
