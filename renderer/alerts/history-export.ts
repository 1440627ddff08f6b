import type { AlertRecord } from '../../shared/contract/alerts.ts';
import { timeColumn } from '../export/exportable.ts';
import type { ExportColumn } from '../export/exportable.ts';
import { severityWords } from '../ui/event-words.ts';
import { recordWords } from './words.ts';

/** A line of the alert history as data. */
export const recordColumns: readonly ExportColumn<AlertRecord>[] = [
  timeColumn('Time', ({ at }) => at),
  { title: 'What', value: ({ kind }) => recordWords[kind] },
  { title: 'Severity', value: ({ severity }) => severityWords[severity] },
  { title: 'Alert', value: ({ title }) => title },
  { title: 'Details', value: ({ detail }) => detail },
  { title: 'How it was told', value: ({ delivery }) => delivery },
  { title: 'Keys', value: ({ keys }) => keys.join(' ') },
  { title: 'Profile', value: ({ profile }) => profile },
];
