export const streamKeyTypes = ['content_id', 'infohash', 'url', 'magnet', 'unknown'] as const;
export type StreamKeyType = (typeof streamKeyTypes)[number];

/** `refused`: the server says it did nothing, and why. */
export const mutationOutcomes = ['done', 'refused', 'unknown'] as const;
export type MutationOutcome = (typeof mutationOutcomes)[number];
