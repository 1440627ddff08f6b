import type { Contract } from '../../../shared/contract/index.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import type { Handlers } from '../router.ts';

type Names =
  | 'cache.entries'
  | 'cache.namespaces'
  | 'cache.expiry'
  | 'cache.match'
  | 'cache.invalidate'
  | 'cache.delete'
  | 'cache.undo'
  | 'cache.switch';

/** Holds the place of the explorer until it is wired. */
export function explorerHandlers(): Pick<Handlers<Contract>, Names> {
  const refuse = (): never => {
    throw new RpcError('unavailable', 'The cache explorer is not there yet.');
  };
  return {
    'cache.entries': refuse,
    'cache.namespaces': refuse,
    'cache.expiry': refuse,
    'cache.match': refuse,
    'cache.invalidate': refuse,
    'cache.delete': refuse,
    'cache.undo': refuse,
    'cache.switch': refuse,
  };
}
