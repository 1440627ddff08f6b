import { AlarmClock, AlarmClockOff, BellOff, BellRing, CircleCheck, Send } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { memo } from 'react';
import type { AlertRecord } from '../../shared/contract/alerts.ts';
import type { AlertRecordKind } from '../../shared/model/alerts.ts';
import { SeverityMark } from '../events/event-marks.tsx';
import { timeText } from '../ui/format.ts';

const kinds: Readonly<Record<AlertRecordKind, readonly [LucideIcon, string]>> = {
  fired: [BellRing, 'Fired'],
  resolved: [CircleCheck, 'Resolved'],
  message: [Send, 'Told'],
  withheld: [BellOff, 'Not told'],
  snoozed: [AlarmClock, 'Snoozed'],
  unsnoozed: [AlarmClockOff, 'Snooze ended'],
};

/** One line of the history. */
export const RecordRow = memo(function RecordRow({ record }: { readonly record: AlertRecord }) {
  const { at, kind, severity, title, detail, delivery, profile } = record;
  const [Icon, word] = kinds[kind];
  return (
    <tr>
      <td>
        <time dateTime={new Date(at).toISOString()}>{timeText(at)}</time>
      </td>
      <td>
        <span className="event-mark">
          <Icon size={14} aria-hidden="true" />
          {word}
        </span>
      </td>
      <td>
        <SeverityMark severity={severity} />
      </td>
      <td className="record-what">
        <span className="record-title">{title}</span>
        {detail !== null && <span className="record-detail">{detail}</span>}
      </td>
      <td className="record-told">{delivery}</td>
      <td className="record-profile muted">{profile}</td>
    </tr>
  );
});
