import type { AlertMessage } from '../../shared/contract/alerts.ts';
import { SeverityMark } from '../events/event-marks.tsx';
import { timeText } from '../ui/format.ts';

/** How bad what is told is, and when it was: the ages in its words are of then. */
export function MessageMark({ message: { severity, at } }: { readonly message: AlertMessage }) {
  return (
    <div className="message-mark">
      <SeverityMark severity={severity} />
      <time dateTime={new Date(at).toISOString()}>{timeText(at)}</time>
    </div>
  );
}
