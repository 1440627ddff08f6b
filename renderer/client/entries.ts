import type { EntryName } from '../../shared/rpc/wire.ts';

/** Everything main can be asked. Read here alone: each use of the injected constant is a copy of it. */
export const entries: readonly EntryName[] = ENTRY_NAMES;
