import type { Contract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../router.ts';
import type { Workspace } from '../workspace.ts';

type Names =
  | 'cache.entries'
  | 'cache.namespaces'
  | 'cache.expiry'
  | 'cache.match'
  | 'cache.invalidate'
  | 'cache.delete'
  | 'cache.clear'
  | 'cache.clearPreview'
  | 'cache.undo'
  | 'cache.switch';

/** @param active where the connected profile is found at each call */
export function explorerHandlers(active: { readonly workspace: Workspace }): Pick<Handlers<Contract>, Names> {
  return {
    'cache.entries': (query) => active.workspace.explorer.entries(query),
    'cache.namespaces': () => active.workspace.explorer.namespaces(),
    'cache.expiry': () => active.workspace.explorer.expiry(),
    'cache.match': ({ pattern }) => active.workspace.explorer.match(pattern),
    'cache.invalidate': ({ pattern }) => active.workspace.explorer.invalidate(pattern),
    'cache.delete': ({ keys }) => active.workspace.explorer.delete(keys),
    'cache.clear': () => active.workspace.explorer.clear(),
    'cache.clearPreview': () => {
      const { cache, status, warmer } = active.workspace;
      const warmed = warmer.callsAfterClear();
      const extraCalls = status.callsToReload() + warmed;
      const nextMinuteCalls = status.callsInMinuteAfterClear() + warmed;
      return { entries: cache.size, bytes: cache.bytes, extraCalls, nextMinuteCalls };
    },
    'cache.undo': ({ id }) => active.workspace.explorer.undo(id),
    'cache.switch': ({ on }) => {
      active.workspace.setCacheOn(on);
      return {};
    },
  };
}
