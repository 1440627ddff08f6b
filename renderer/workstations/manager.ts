import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type {
  ManagerSessionState,
  WorkstationAction,
  WorkstationRole,
} from '../../shared/contract/workstations.ts';
import type { PollName } from '../live/source.ts';

const ranks: Readonly<Record<WorkstationRole, number>> = { viewer: 0, operator: 1, admin: 2 };

/**
 * Why the manager would refuse an action, in a sentence; null: it would not. A role that is not known greys nothing,
 * because the server decides anyway.
 */
export function refusalOf(
  { user, role, signedOut, needs }: ManagerSessionState,
  action: WorkstationAction,
): string | null {
  if (signedOut !== null) return 'Nobody is signed in.';
  const needed = needs[action];
  if (role === null || ranks[role] >= ranks[needed]) return null;
  return `Needs the role ${needed}; ${user ?? 'this account'} has the role ${role}.`;
}

/** Reads again at once what was named, without a wait for the next tick. */
export function useReadAgain(): (...names: readonly PollName[]) => Promise<void> {
  const queries = useQueryClient();
  return useCallback(
    async (...names) => {
      await Promise.all(names.map((name) => queries.invalidateQueries({ queryKey: [name] })));
    },
    [queries],
  );
}
