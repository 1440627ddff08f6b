import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Undo } from '../../shared/contract/cache.ts';
import { undoFor } from '../../shared/model/explorer.ts';
import { useClient } from '../live/client-context.ts';
import { plural } from '../ui/format.ts';
import { useSay, useTell } from '../ui/toasts.tsx';

export interface Removed {
  readonly removed: number;
  readonly reloading: number;
  readonly undo: Undo;
}

/**
 * Says what was removed from the app cache, and offers to put it back for as long as main keeps it. What took several
 * calls is told, and undone, as one.
 */
export function useTellRemoved(): (verb: 'Cleared' | 'Removed', ...results: readonly Removed[]) => void {
  const client = useClient();
  const queries = useQueryClient();
  const say = useSay();
  const { tell } = useTell();
  return useCallback(
    (verb, ...results) => {
      const undos = results.flatMap(({ undo }) => (undo === null ? [] : [undo.id]));
      const sum = (of: (result: Removed) => number): number =>
        results.reduce((total, result) => total + of(result), 0);
      const putBack = async (): Promise<void> => {
        let restored = 0;
        let newer = 0;
        let expired = 0;
        for (const id of undos) {
          const back = await client.call('cache.undo', { id });
          restored += back.restored;
          newer += back.newer;
          expired += back.expired;
        }
        const rest = [
          ...(newer > 0
            ? [`${newer} loaded again meanwhile, kept as ${newer === 1 ? 'it is' : 'they are'}`]
            : []),
          ...(expired > 0 ? [`${expired} too old by now`] : []),
        ];
        const detail = rest.length > 0 ? `${rest.join('; ')}.` : 'With the ages they had.';
        say(`Put back ${plural(restored, 'entry', 'entries')}`, detail, 'ok');
        await queries.invalidateQueries();
      };
      const reloading = sum((result) => result.reloading);
      const title = `${verb} ${plural(
        sum(({ removed }) => removed),
        'entry',
        'entries',
      )}`;
      const again =
        reloading === 0
          ? 'Nothing is loaded again for now. Counters stay.'
          : `${plural(reloading, 'resource is', 'resources are')} loaded again now. Counters stay.`;
      const [first] = undos;
      if (first === undefined) return say(title, again, 'ok');
      tell({
        id: `undo ${first}`,
        title,
        body: again,
        role: 'ok',
        stayMs: undoFor,
        mark: null,
        actions: [
          {
            label: 'Undo (30 s)',
            run: () => {
              putBack().catch((error: unknown) => {
                say('Not all was put back', error instanceof Error ? error.message : String(error), 'bad');
              });
            },
          },
        ],
      });
    },
    [client, queries, say, tell],
  );
}
