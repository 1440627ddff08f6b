import type { CacheEvent } from '../../shared/contract/cache.ts';

type Kind = CacheEvent['kind'];

export const laneHeight = 32;
const lookupsY = 9;
export const holdY = 23;

/** Lookups stand above, what the cache holds below. */
const above: ReadonlySet<Kind> = new Set(['hit', 'stale', 'miss', 'coalesced', 'bypass']);

export function laneY(kind: Kind): number {
  return above.has(kind) ? lookupsY : holdY;
}

function circle(x: number, y: number, r: number): string {
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
}

/** The outline of one mark. Kinds differ by shape, so that colour is not needed to tell them apart. */
export function markPath(kind: Kind, x: number, y: number): string {
  switch (kind) {
    case 'hit':
      return circle(x, y, 3.5);
    case 'coalesced':
      return circle(x, y, 3);
    case 'miss':
      return `M${x} ${y - 5}l5 5l-5 5l-5 -5z`;
    case 'stale':
      return `M${x} ${y - 5}l5 9h-10z`;
    case 'bypass':
      return `M${x - 4} ${y - 4}l4 4l-4 4M${x} ${y - 4}l4 4l-4 4`;
    case 'prefetch':
      return `M${x - 5} ${y - 4}l6 4l-6 4z`;
    case 'set':
      return `M${x} ${y - 6}v12`;
    case 'expire':
      return `M${x} ${y - 5}v10`;
    case 'delete':
    case 'evict':
    case 'invalidate':
      return `M${x - 4} ${y}h8`;
    case 'refresh-failed':
      return `M${x - 4} ${y - 4}l8 8M${x + 4} ${y - 4}l-8 8`;
    case 'recovered':
      return `M${x - 4} ${y}l3 3l5 -7`;
  }
}
