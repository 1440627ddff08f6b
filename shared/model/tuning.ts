import { resourceKeys } from './resources.ts';

/** What can be loaded before anybody asks, by its cache key. */
export const warmable = [...resourceKeys, 'workstations_list'] as const;
export type Warmable = (typeof warmable)[number];
