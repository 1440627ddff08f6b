import { diskFault } from '../../storage/disk-fault.ts';
import { ForeignDatabaseError, NewerFormatError } from './schema.ts';

/** What a file is called when its content is of no use. */
export interface UnusableContent {
  readonly mark: 'corrupt' | 'newer';
  /** Follows the name of the file in a sentence. */
  readonly reason: string;
}

const damaged: UnusableContent = { mark: 'corrupt', reason: 'is damaged or was not written by Cachedeck' };

/** Primary result codes of SQLite, https://sqlite.org/rescode.html. */
const codes = {
  error: 1,
  perm: 3,
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cantOpen: 14,
  format: 24,
  notADatabase: 26,
} as const;

/**
 * Whether the content of the file is to blame for an error; null: what is around it is.
 * @param opening while a file is opened a statement that fails means other tables than ours
 */
export function unusableContent(error: unknown, opening: boolean): UnusableContent | null {
  if (error instanceof NewerFormatError) {
    return { mark: 'newer', reason: 'was written by a newer release of Cachedeck' };
  }
  if (error instanceof ForeignDatabaseError) return damaged;
  const code = resultCode(error);
  if (opening && code === codes.error) return damaged;
  return code === codes.corrupt || code === codes.notADatabase || code === codes.format ? damaged : null;
}

/** Why the database could not do its work, as the second half of a sentence; without paths. */
export function databaseFault(error: unknown): string {
  const code = resultCode(error);
  switch (code) {
    case null:
      return diskFault(error);
    case codes.full:
      return 'the disk is full';
    case codes.perm:
    case codes.readOnly:
      return 'this account may not write there';
    case codes.cantOpen:
      return 'its file cannot be opened';
    case codes.busy:
    case codes.locked:
      return 'another program has locked its file';
    case codes.ioError:
      return 'the disk cannot be read or written';
    default:
      return `the database answers ${code}`;
  }
}

/** The primary code; null: no error of SQLite. */
function resultCode(error: unknown): number | null {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : null;
  return typeof code === 'number' ? code & 0xff : null;
}
