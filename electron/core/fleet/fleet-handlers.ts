import { RpcError } from '../../../shared/rpc/wire.ts';
import type { ActiveProfile } from '../active-profile.ts';

/** What changes an orchestrator's engines and streams, and what is read of them beside the polls. */
export function fleetHandlers(active: ActiveProfile) {
  const refuse = (): never => {
    throw new RpcError('unavailable', active.paused ? 'Paused.' : 'Not there yet.');
  };
  return {
    'streams.samples': refuse,
    'streams.stop': refuse,
    'engines.provision': refuse,
    'engines.remove': refuse,
    'engines.logs': refuse,
    'orchestrator.resetBreaker': refuse,
  };
}
