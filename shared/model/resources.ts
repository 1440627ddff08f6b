/** The things read from an orchestrator, by their cache key. The first three are watched all the time. */
export const watchedResources = ['stats:total', 'orchestrator:status', 'vpn:status'] as const;
const pageResources = ['engines:list', 'health:status', 'orchestrator:cache'] as const;
export const resourceKeys = [...watchedResources, ...pageResources] as const;

export type WatchedResource = (typeof watchedResources)[number];
export type ResourceKey = (typeof resourceKeys)[number];

/** What operators call each resource, in sentences. */
export const resourceTitles: Readonly<Record<ResourceKey, string>> = {
  'stats:total': 'Engine totals',
  'orchestrator:status': 'Orchestrator status',
  'vpn:status': 'VPN status',
  'engines:list': 'Engine list',
  'health:status': 'Health checks',
  'orchestrator:cache': 'Orchestrator’s cache',
};

/** Those whose title is a plural. */
const several: ReadonlySet<ResourceKey> = new Set(['stats:total', 'health:status']);

/** Verbs after a title; `was` begins a sentence. */
export interface Verbs {
  readonly is: string;
  readonly was: string;
  readonly has: string;
}
const singular: Verbs = { is: 'is', was: 'Was', has: 'has' };
const plural: Verbs = { is: 'are', was: 'Were', has: 'have' };

/** The verbs of a resource's title, or of one thing: "VPN status is stale", "Engine totals are stale". */
export function verbsOf(key: ResourceKey | null): Verbs {
  return key !== null && several.has(key) ? plural : singular;
}

/** How long a value counts unless the operator says otherwise, in ms: the seeds' for the three watched ones. */
export const defaultTtls: Readonly<Record<ResourceKey, number>> = {
  'stats:total': 3000,
  'orchestrator:status': 2000,
  'vpn:status': 3000,
  'engines:list': 3000,
  'health:status': 5000,
  'orchestrator:cache': 3000,
};
