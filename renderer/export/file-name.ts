import { isoInZone } from './iso-time.ts';

const longestPart = 40;

/** Letters, digits and dashes: what every file system takes. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, longestPart)
    .replaceAll(/^-+|-+$/g, '');
}

/** cachedeck-events-home-lab-2026-01-15_14-03-07.csv: the time by the operator's clock. */
export function fileName(what: string, profile: string, at: number, extension: string): string {
  const stamp = isoInZone(at).slice(0, 19).replace('T', '_').replaceAll(':', '-');
  const parts = ['cachedeck', plain(what), plain(profile), stamp].filter((part) => part !== '');
  return `${parts.join('-')}.${extension}`;
}
