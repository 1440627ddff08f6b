import { useMemo } from 'react';
import type { EventKind } from '../../shared/model/events.ts';
import { OriginMark } from '../events/event-marks.tsx';
import { noFilter } from '../events/event-filter.ts';
import { mergeEvents, ownEvent, serverEvent } from '../events/shown-event.ts';
import type { ShownKind } from '../events/shown-event.ts';
import { useEventList } from '../events/use-event-list.ts';
import { usePaused } from '../live/feed.ts';
import { usePoll } from '../live/use-poll.ts';
import { ChipWithChain } from '../ui/age-chain.tsx';
import { dateTimeText } from '../ui/format.ts';
import { Panel } from '../ui/panel.tsx';

/** Lines shown; the Events page has the rest. */
const mostShown = 3;

interface Props {
  /** What of the orchestrator's own events belongs here. */
  readonly server: readonly ShownKind[];
  /** What of Cachedeck's. */
  readonly own: readonly EventKind[];
}

/** What changed? The last of what Cachedeck saw and of what the orchestrator says it did. */
export function LatestChanges({ server, own }: Props) {
  const source = usePoll('server.events');
  const paused = usePaused();
  const filter = useMemo(() => ({ ...noFilter, kinds: own }), [own]);
  const { events } = useEventList(filter);
  const told = source.reading.value;
  const shown = useMemo(
    () =>
      mergeEvents(
        (events ?? []).map(ownEvent),
        (told?.events ?? []).map(serverEvent).filter(({ kind }) => server.includes(kind)),
        true,
      ).slice(0, mostShown),
    [events, told, server],
  );
  return (
    <Panel
      title="What changed"
      className="latest-changes"
      aside={<ChipWithChain source={source} paused={paused} />}
      actions={<a href="#/events">All events</a>}
    >
      <ul>
        {shown.map(({ key, at, origin, title }) => (
          <li key={key}>
            <time dateTime={new Date(at).toISOString()}>{dateTimeText(at)}</time>
            <OriginMark origin={origin} />
            <span className="latest-title" title={title}>
              {origin === 'orchestrator' && <span className="muted">says: </span>}
              {title}
            </span>
          </li>
        ))}
        {shown.length === 0 && <li className="empty">Nothing that belongs here was told yet.</li>}
      </ul>
    </Panel>
  );
}
