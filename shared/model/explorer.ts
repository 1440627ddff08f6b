/** `expired`: kept as the last good value; `loading`: nothing is stored yet. */
export const entryStates = ['fresh', 'expired', 'loading'] as const;
export type EntryState = (typeof entryStates)[number];

/** How a stored value came: a lookup that missed, a load ahead of a poll, a forced one, by hand, an earlier run, an undo. */
export const entryOrigins = ['miss', 'prefetch', 'force', 'set', 'restored', 'undo'] as const;
export type EntryOrigin = (typeof entryOrigins)[number];

/** What entries can be sorted by. */
export const entryColumns = [
  'key',
  'namespace',
  'state',
  'age',
  'ttlRemaining',
  'bytes',
  'hits',
  'lastHitAt',
  'origin',
] as const;
export type EntryColumn = (typeof entryColumns)[number];

/** ms a removal can be undone. */
export const undoFor = 30_000;
