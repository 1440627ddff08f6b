import type { Contract } from '../../../shared/contract/index.ts';
import type { ActiveProfile } from '../active-profile.ts';
import type { Handlers } from '../router.ts';

type FleetNames =
  | 'engines.list'
  | 'streams.samples'
  | 'streams.stop'
  | 'engines.provision'
  | 'engines.remove'
  | 'engines.logs'
  | 'orchestrator.resetBreaker';

/**
 * What changes an orchestrator's engines and streams, and what is read of them beside the polls. Changes answer even
 * when the profile is switched meanwhile: the answer says what is known of the one they were sent to.
 */
export function fleetHandlers(active: ActiveProfile): Pick<Handlers<Contract>, FleetNames> {
  return {
    'engines.list': () => active.ask(({ fleet }) => fleet.engines()),
    'streams.samples': ({ id }, { signal }) => active.ask(({ fleet }) => fleet.samples(id, signal)),
    'streams.stop': ({ ids }) => active.workspace.fleet.stopStreams(ids),
    'engines.provision': ({ hostPort }) => active.workspace.fleet.provision(hostPort),
    'engines.remove': ({ id }) => active.workspace.fleet.remove(id),
    'engines.logs': ({ id, lines }, { signal }) => active.ask(({ fleet }) => fleet.log(id, lines, signal)),
    'orchestrator.resetBreaker': ({ breaker }) => active.workspace.fleet.resetBreaker(breaker),
  };
}
