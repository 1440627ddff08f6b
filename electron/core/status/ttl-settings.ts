import { resourceTitles } from '../../../shared/model/resources.ts';
import type { ResourceKey } from '../../../shared/model/resources.ts';
import type { ResourceSpec } from './resources.ts';

/** `CACHEDECK_TTL_*`, in seconds. */
const variables: Readonly<Record<ResourceKey, string>> = {
  'stats:total': 'CACHEDECK_TTL_ENGINES_STATS',
  'orchestrator:status': 'CACHEDECK_TTL_ORCHESTRATOR_STATUS',
  'vpn:status': 'CACHEDECK_TTL_VPN_STATUS',
  'engines:list': 'CACHEDECK_TTL_ENGINES_LIST',
  'health:status': 'CACHEDECK_TTL_HEALTH_STATUS',
  'orchestrator:cache': 'CACHEDECK_TTL_ORCHESTRATOR_CACHE',
  'streams:list': 'CACHEDECK_TTL_STREAMS_LIST',
  'server:events': 'CACHEDECK_TTL_SERVER_EVENTS',
};

/** ms: a TTL this close to a multiple of the poll turns hits into misses by chance. */
export const chanceBand = 300;

interface TtlSettings {
  readonly specs: readonly ResourceSpec[];
  /** Plain sentences for the log: bad values (ignored), and TTLs that cannot help. */
  readonly warnings: readonly string[];
}

/** Applies a profile's TTLs, in seconds, to `specs`. */
export function withProfileTtls(
  specs: readonly ResourceSpec[],
  ttlSeconds: Partial<Record<ResourceKey, number>>,
): readonly ResourceSpec[] {
  return specs.map((spec) => {
    const seconds = ttlSeconds[spec.key];
    return seconds === undefined ? spec : { ...spec, ttl: seconds * 1000 };
  });
}

/** Applies the environment's TTLs to `specs`. A value that is no number of seconds ≥ 0 is ignored and told. */
export function withEnvironmentTtls(
  specs: readonly ResourceSpec[],
  environment: Readonly<Record<string, string | undefined>>,
): TtlSettings {
  const warnings: string[] = [];
  const changed = specs.map((spec) => {
    const name = variables[spec.key];
    const text = environment[name]?.trim();
    if (!text) return spec;
    const seconds = Number(text);
    if (Number.isFinite(seconds) && seconds >= 0 && seconds <= 86_400)
      return { ...spec, ttl: seconds * 1000 };
    warnings.push(`${name} is not a number of seconds from 0 to 86400; ${spec.ttl / 1000} s stays.`);
    return spec;
  });
  return { specs: changed, warnings };
}

/** Says where a TTL cannot do what it is for. */
export function checkTtls(specs: readonly ResourceSpec[], pollMs: number, refreshAhead: boolean): string[] {
  return specs.flatMap(({ key, ttl }) => {
    const rest = ttl % pollMs;
    if (ttl > chanceBand && Math.min(rest, pollMs - rest) < chanceBand) {
      return [
        `${resourceTitles[key]}: a TTL of ${ttl / 1000} s sits on the ${pollMs / 1000} s poll; hits would be a matter of chance.`,
      ];
    }
    if (!refreshAhead && ttl <= pollMs) {
      return [
        `${resourceTitles[key]}: a TTL of ${ttl / 1000} s is not above the ${pollMs / 1000} s poll; one page never hits.`,
      ];
    }
    return [];
  });
}
