import type { ResourceSpec } from '../status/resources.ts';
import type { Workspace } from '../workspace.ts';
import { Warmer } from './warmer.ts';
import type { WarmerOptions } from './warmer.ts';

interface Surroundings extends Pick<WarmerOptions, 'clock' | 'settings' | 'allowed' | 'record'> {
  readonly specs: readonly ResourceSpec[];
}

/** A warmer for what a workspace reads. */
export function warmerOf(
  workspace: Pick<Workspace, 'cache' | 'status' | 'portal' | 'workstations'>,
  { specs, ...rest }: Surroundings,
): Warmer {
  const { cache, status, portal, workstations } = workspace;
  return new Warmer({
    ...rest,
    cache,
    isThere: (key) => key !== 'workstations_list' || workstations.session.value.connected,
    warm: (key) => (key === 'workstations_list' ? workstations.warmList() : status.warm(key)),
    callsOf: (key) => specs.find((spec) => spec.key === key)?.callsPerLoad ?? 1,
    reloaded: () => status.activeKeys(),
    sessions: () => portal.toWarm(),
  });
}
