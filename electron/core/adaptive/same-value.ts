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
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const fields: readonly (readonly [string, unknown])[] = Object.entries(one);
  const others = new Map<string, unknown>(Object.entries(other));
  return (
    fields.length === others.size &&
    fields.every(
      ([name, value]) => others.has(name) && (ignored.has(name) || alike(value, others.get(name), ignored)),
    )
  );
}
