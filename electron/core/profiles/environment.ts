import { profileDraft } from '../../../shared/contract/profiles.ts';
import type { ProfileDraft } from '../../../shared/contract/profiles.ts';
import { addressFault } from './address.ts';
import type { Secrets } from './secrets-of-profile.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** The profile that `CACHEDECK_*` variables describe. Nothing of it is ever written to disk. */
export interface EnvironmentProfile {
  readonly draft: ProfileDraft;
  readonly secrets: Secrets;
}

/**
 * Reads `CACHEDECK_ORCHESTRATOR_URL` and `_KEY`, `CACHEDECK_PORTAL_URL`, `_EMAIL` and `_PASSWORD`,
 * `CACHEDECK_WORKSTATIONS_URL`, `_USER` and `_PASSWORD`, `CACHEDECK_ALLOW_HTTP=1`. An empty one counts as not set.
 * @returns null when no address is set.
 * @throws Error with a sentence for the person who set the variables; never with what stands in them.
 */
export function environmentProfile(environment: Variables): EnvironmentProfile | null {
  const read = (name: string): string | null => environment[`CACHEDECK_${name}`]?.trim() || null;
  const allowHttp = read('ALLOW_HTTP') === '1';

  function address(name: string): { url: string; allowHttp: boolean } | null {
    const url = read(name);
    if (url === null) return null;
    const fault = addressFault({ url, allowHttp }, `CACHEDECK_${name}`, 'set CACHEDECK_ALLOW_HTTP=1');
    if (fault !== null) throw new Error(fault);
    return { url, allowHttp };
  }

  const orchestrator = address('ORCHESTRATOR_URL');
  const portal = address('PORTAL_URL');
  const workstations = address('WORKSTATIONS_URL');
  const first = orchestrator ?? portal ?? workstations;
  if (!first) return null;
  const profile = {
    draft: {
      name: new URL(first.url).host.slice(0, 60),
      production: false,
      orchestrator,
      portal: portal && { ...portal, email: read('PORTAL_EMAIL'), uatPaths: false },
      workstations: workstations && { ...workstations, user: read('WORKSTATIONS_USER') },
      pollSeconds: null,
      ttlSeconds: {},
    },
    secrets: {
      orchestratorKey: read('ORCHESTRATOR_KEY'),
      portalPassword: read('PORTAL_PASSWORD'),
      workstationsPassword: read('WORKSTATIONS_PASSWORD'),
    },
  };
  // The addresses are good by now, so what pages cannot be told of is too long.
  const misfit = profileDraft.safeParse(profile.draft).error?.issues[0]?.path.join('_').toUpperCase();
  if (misfit !== undefined) throw new Error(`CACHEDECK_${misfit} is too long.`);
  return profile;
}
