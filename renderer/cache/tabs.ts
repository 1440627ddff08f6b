/** The parts of the Cache page, by their name in its address; the first one is the page's own. */
export const cacheTabs = {
  entries: 'Entries',
  namespaces: 'Namespaces',
  expiry: 'Expiry',
  resources: 'Resources',
  history: 'History',
  comparison: 'With and without',
  servers: 'Servers’ own caches',
} as const;
export type CacheTab = keyof typeof cacheTabs;
export const cacheTabNames = Object.keys(cacheTabs) as readonly CacheTab[];
