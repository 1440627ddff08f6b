import type { LoggedEvent } from '../../shared/contract/events.ts';
import { timeColumn } from '../export/exportable.ts';
import type { ExportColumn } from '../export/exportable.ts';
import { kindWords, severityWords } from '../ui/event-words.ts';

/** An event as data: the subject by its key, because it is what other tables have. */
export const eventColumns: readonly ExportColumn<LoggedEvent>[] = [
  timeColumn('Time', ({ at }) => at),
  { title: 'Kind', value: ({ kind }) => kindWords[kind] },
  { title: 'Severity', value: ({ severity }) => severityWords[severity] },
  { title: 'Subject', value: ({ subject }) => subject },
  { title: 'What happened', value: ({ title }) => title },
  { title: 'Details', value: ({ detail }) => detail },
  { title: 'Profile', value: ({ profile }) => profile },
];
