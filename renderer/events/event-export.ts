import { timeColumn } from '../export/exportable.ts';
import type { ExportColumn } from '../export/exportable.ts';
import { severityWords } from '../ui/event-words.ts';
import { originWords } from './event-marks.tsx';
import { shownKindWords } from './shown-event.ts';
import type { ShownEvent } from './shown-event.ts';

/** An event as data: the subject by its key, because it is what other tables have. */
export const eventColumns: readonly ExportColumn<ShownEvent>[] = [
  timeColumn('Time', ({ at }) => at),
  { title: 'Source', value: ({ origin }) => originWords[origin] },
  { title: 'Kind', value: ({ kind }) => shownKindWords[kind] },
  { title: 'Severity', value: ({ severity }) => severityWords[severity] },
  { title: 'Subject', value: ({ subject }) => subject },
  { title: 'What happened', value: ({ title }) => title },
  { title: 'Details', value: ({ detail }) => detail },
  { title: 'Profile', value: ({ profile }) => profile },
];
