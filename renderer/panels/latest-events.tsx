import { memo } from 'react';
import type { LoggedEvent } from '../../shared/contract/events.ts';
import { KindMark, SeverityMark } from '../events/event-marks.tsx';
import { useFeed } from '../live/feed.ts';
import { dateTimeText } from '../ui/format.ts';
import { Panel } from '../ui/panel.tsx';

const shown = 5;
const none: readonly LoggedEvent[] = [];

/** The last events in a box that is as high for one as for five. */
export const LatestEvents = memo(function LatestEvents() {
  const events = (useFeed('events.latest') ?? none).slice(0, shown);
  return (
    <Panel title="Latest events" className="latest" actions={<a href="#/events">All events</a>}>
      {events.length === 0 ? (
        <p className="empty">Nothing has happened yet.</p>
      ) : (
        <ul>
          {events.map(({ id, at, kind, severity, title }) => (
            <li key={id}>
              <time dateTime={new Date(at).toISOString()}>{dateTimeText(at)}</time>
              <KindMark kind={kind} />
              <SeverityMark severity={severity} />
              <span className="latest-title">{title}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
});
