import { z } from 'zod';
import { call } from '../rpc/define.ts';
import { nothing } from './parts.ts';

/** A file for the operator: written by the desktop app where they chose, or handed to the page to download. */
export const savedDocument = z.object({
  name: z.string(),
  /** null: main asked where to put it. */
  text: z.string().nullable(),
  /** null: the page has to save it, or the operator changed their mind. */
  savedTo: z.string().nullable(),
});
export type SavedDocument = z.infer<typeof savedDocument>;

export const diagnosticsContract = {
  /** Versions, settings and profiles without secrets, the last events and log lines, statistics: one JSON file. */
  'diagnostics.bundle': call('admin', nothing, savedDocument),
  /** The last lines of the log, oldest first, with secrets and e-mail addresses made unreadable. */
  'logs.tail': call(
    'admin',
    z.strictObject({ lines: z.int().min(1).max(500) }),
    z.object({ lines: z.array(z.string()), path: z.string().nullable() }),
  ),
  /** Shows the folder of the log in the system's file manager; `conflict` where the host cannot. */
  'logs.open': call('admin', nothing, nothing),
} as const;
