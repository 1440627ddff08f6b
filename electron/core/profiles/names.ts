import { environmentProfileId, demoProfileId } from '../../../shared/model/profiles.ts';
import type { StoredProfile } from './stored.ts';

export const demoName = 'Demo';
const longestName = 60;

/** What `CACHEDECK_PROFILE` and `--profile` call the profiles that are not stored: no other may be named so. */
const reserved: Readonly<Record<string, string>> = {
  demo: demoProfileId,
  environment: environmentProfileId,
  orchestrator: environmentProfileId,
};

/** Names count as the same whatever their case. */
export function sameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

export function isReserved(name: string): boolean {
  return Object.hasOwn(reserved, name.trim().toLowerCase());
}

/** `name`, or with the first free number behind it: "lab (2)". At most 60 characters. */
export function freeName(name: string, taken: readonly string[]): string {
  const free = (one: string): boolean => !isReserved(one) && !taken.some((other) => sameName(other, one));
  let candidate = name.trim();
  for (let count = 2; !free(candidate); count += 1) {
    const suffix = ` (${count})`;
    candidate =
      name
        .trim()
        .slice(0, longestName - suffix.length)
        .replace(/[\ud800-\udbff]$/, '') // half of a character
        .trimEnd() + suffix;
  }
  return candidate;
}

/**
 * The id of the profile that a variable or a flag names.
 * @throws Error with a sentence for the person who wrote it.
 */
export function profileIdNamed(
  wanted: string,
  { hasEnvironment, stored }: { readonly hasEnvironment: boolean; readonly stored: readonly StoredProfile[] },
): string {
  const id = isReserved(wanted) ? reserved[wanted.trim().toLowerCase()] : undefined;
  if (id === environmentProfileId && !hasEnvironment) {
    throw new Error(
      `The ${wanted.trim().toLowerCase()} profile needs an address: set CACHEDECK_ORCHESTRATOR_URL, CACHEDECK_PORTAL_URL or CACHEDECK_WORKSTATIONS_URL.`,
    );
  }
  if (id !== undefined) return id;
  const found = stored.find(({ name }) => sameName(name, wanted));
  if (found) return found.id;
  const choices = ['demo', ...(hasEnvironment ? ['environment'] : []), ...stored.map(({ name }) => name)];
  throw new Error(`There is no profile of that name; there is: ${choices.join(', ')}.`);
}
