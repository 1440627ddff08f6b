/** How a lookup can end. */
export const lookupOutcomes = ['hit', 'stale', 'miss', 'coalesced', 'bypass'] as const;
export type LookupOutcome = (typeof lookupOutcomes)[number];
