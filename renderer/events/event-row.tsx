import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo, useId, useState } from 'react';
import { resourceTitles } from '../../shared/model/resources.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { severityWords } from '../ui/event-words.ts';
import { bothTimesText, dash, dateTimeText, dayText } from '../ui/format.ts';
import { KindMark, OriginMark, SeverityMark, originWords } from './event-marks.tsx';
import { shownKindWords } from './shown-event.ts';
import type { ShownEvent } from './shown-event.ts';

/** What an event is about, in words where it is a resource. */
export function subjectText(subject: string | null): string {
  if (subject === null) return dash;
  const titles: Readonly<Record<string, string>> = resourceTitles;
  return titles[subject] ?? subject;
}

const wholes = { cachedeck: 'the app as a whole', orchestrator: 'the orchestrator as a whole' } as const;

/** An event as one line for a ticket or a chat: the time in UTC, so that it means the same to whoever reads it. */
export function eventLine(event: ShownEvent): string {
  const { at, kind, severity, subject, title, detail, profile, origin } = event;
  const about = subject === null ? '' : ` · ${subjectText(subject)}`;
  const more = detail === null ? '' : ` · ${detail}`;
  const time = new Date(at).toISOString();
  const what = profile === null ? `${originWords[origin]} says: ${title}` : title;
  const whose = profile === null ? '' : ` · ${profile}`;
  return `${time} · ${severityWords[severity]} · ${shownKindWords[kind]}${about} · ${what}${more}${whose}`;
}

interface Props {
  readonly event: ShownEvent;
}

/**
 * One event, and below it what else is known once it is opened. An event never changes: a poll that moves the whole
 * list by one draws the new ones alone.
 */
export const EventRow = memo(Row, (before, after) => before.event.key === after.event.key);

function Row({ event }: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const { at, kind, severity, subject, title, detail, profile, origin } = event;
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <>
      <tr data-open={open || undefined}>
        <td className="event-fold">
          <button
            type="button"
            className="icon-button"
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            aria-label={`Details: ${title}`}
            onClick={() => setOpen(!open)}
          >
            <Chevron size={14} aria-hidden="true" />
          </button>
        </td>
        <td>
          <time dateTime={new Date(at).toISOString()}>{dateTimeText(at)}</time>
        </td>
        <td className="event-origin">
          <OriginMark origin={origin} />
        </td>
        <td>
          <KindMark kind={kind} />
        </td>
        <td>
          <SeverityMark severity={severity} />
        </td>
        <td className="event-subject">{subjectText(subject)}</td>
        <th scope="row" className="event-title">
          {origin === 'orchestrator' && <span className="muted">says: </span>}
          {title}
        </th>
        <td className="event-copy">
          <CopyButton text={() => eventLine(event)} className="icon-button" label={`Copy: ${title}`} />
        </td>
      </tr>
      {open && (
        <tr className="event-more" id={id}>
          <td colSpan={8}>
            {detail !== null && <p className="event-detail">{detail}</p>}
            <dl>
              <div>
                <dt>Time</dt>
                <dd>
                  {dayText(at)} {bothTimesText(at)}
                </dd>
              </div>
              <div>
                <dt>Subject</dt>
                <dd>{subject === null ? wholes[origin] : subjectText(subject)}</dd>
              </div>
              {profile === null ? (
                <div>
                  <dt>Source</dt>
                  <dd>the orchestrator: what it says it did, which is no proof; times by its own clock</dd>
                </div>
              ) : (
                <div>
                  <dt>Profile</dt>
                  <dd>{profile}</dd>
                </div>
              )}
            </dl>
          </td>
        </tr>
      )}
    </>
  );
}
