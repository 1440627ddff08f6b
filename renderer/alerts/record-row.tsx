import { AlarmClock, AlarmClockOff, BellOff, BellRing, CircleCheck, Send } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { memo } from 'react';
import type { AlertRecord } from '../../shared/contract/alerts.ts';
import type { AlertRecordKind } from '../../shared/model/alerts.ts';
import { SeverityMark } from '../events/event-marks.tsx';
import { timeText } from '../ui/format.ts';
import { recordWords } from './words.ts';

const icons: Readonly<Record<AlertRecordKind, LucideIcon>> = {
  fired: BellRing,
  resolved: CircleCheck,
  message: Send,
  withheld: BellOff,
  snoozed: AlarmClock,
  unsnoozed: AlarmClockOff,
};

/** One line of the history. */
export const RecordRow = memo(function RecordRow({ record }: { readonly record: AlertRecord }) {
  const { at, kind, severity, title, detail, delivery, profile } = record;
  const Icon = icons[kind];
  return (
    <tr>
      <td>
        <time dateTime={new Date(at).toISOString()}>{timeText(at)}</time>
      </td>
      <td>
        <span className="event-mark">
          <Icon size={14} aria-hidden="true" />
          {recordWords[kind]}
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
