import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Undo } from '../../shared/contract/cache.ts';
import { undoFor } from '../../shared/model/explorer.ts';
import { useClient } from '../live/client-context.ts';
import { plural } from '../ui/format.ts';
import { useSay, useTell } from '../ui/toasts.tsx';

interface Removed {
  readonly removed: number;
  readonly reloading: number;
  readonly undo: Undo;
}

/** Says what was removed from the app cache, and offers to put it back for as long as main keeps it. */
export function useTellRemoved(): (verb: 'Cleared' | 'Removed', result: Removed) => void {
  const client = useClient();
  const queries = useQueryClient();
  const say = useSay();
  const { tell } = useTell();
  return useCallback(
    (verb, { removed, reloading, undo }) => {
      const putBack = async (id: string): Promise<void> => {
        const { restored, newer, expired } = await client.call('cache.undo', { id });
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
      const title = `${verb} ${plural(removed, 'entry', 'entries')}`;
      const again =
        reloading === 0
          ? 'Nothing is loaded again for now. Counters stay.'
          : `${plural(reloading, 'resource is', 'resources are')} loaded again now. Counters stay.`;
      if (undo === null) return say(title, again, 'ok');
      tell({
        id: `undo ${undo.id}`,
        title,
        body: again,
        role: 'ok',
        stayMs: undoFor,
        mark: null,
        actions: [
          {
            label: 'Undo (30 s)',
            run: () => {
              putBack(undo.id).catch((error: unknown) => {
                say('Nothing was put back', error instanceof Error ? error.message : String(error), 'bad');
              });
            },
          },
        ],
      });
    },
    [client, queries, say, tell],
  );
}
