import type { ResourceKey } from '../../../shared/model/resources.ts';

/** Fields that only tell when the backend looked, or how long something has gone on: they differ at each load. */
const times: Readonly<Record<ResourceKey, ReadonlySet<string>>> = {
  'stats:total': new Set(),
  'orchestrator:status': new Set(['recoveryEtaSeconds']),
  'vpn:status': new Set(['lastCheck', 'durationSeconds']),
  'engines:list': new Set(['lastSeen', 'lastHealthCheck']),
  'health:status': new Set(['lastSuccess']),
  'orchestrator:cache': new Set(['ageSeconds', 'ttlRemainingSeconds']),
  'streams:list': new Set(),
  'server:events': new Set(),
};

/** Whether two values of a resource, as its source parsed them, are alike but for the times in them. */
export function sameValue(key: ResourceKey, one: unknown, other: unknown): boolean {
  return alike(one, other, times[key]);
}

/** Ends at the first difference: a list of thousands of engines is compared at each of its loads. */
function alike(one: unknown, other: unknown, ignored: ReadonlySet<string>): boolean {
  if (Object.is(one, other)) return true;
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  for (const name of names) {
    if (!Object.hasOwn(other, name)) return false;
    if (!ignored.has(name) && !alike(one[name], other[name], ignored)) return false;
  }
  return true;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
