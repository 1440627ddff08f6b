export const defaultMaxEntries = 5000;

const variable = 'CACHEDECK_CACHE_ENTRIES';
const fewest = 100;
const most = 100_000;

interface MaxEntries {
  readonly max: number;
  /** Why what was set is not taken, as a sentence for the log; null: it is, or nothing was set. */
  readonly warning: string | null;
}

/** Entries the app cache holds at most: 5000, or what `CACHEDECK_CACHE_ENTRIES` says from 100 to 100 000. */
export function maxEntries(environment: Readonly<Record<string, string | undefined>>): MaxEntries {
  const text = environment[variable]?.trim();
  if (!text) return { max: defaultMaxEntries, warning: null };
  const max = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (max >= fewest && max <= most) return { max, warning: null };
  return {
    max: defaultMaxEntries,
    warning: `${variable} is not a whole number from ${fewest} to ${most}; ${defaultMaxEntries} stays.`,
  };
}
