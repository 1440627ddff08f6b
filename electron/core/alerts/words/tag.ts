import { createHash } from 'node:crypto';
import type { Outgoing } from '../types.ts';

/** The most the contract lets a tag be. */
const longest = 300;

/**
 * What a newer message has in common with the older one it replaces: the alert it is about. A backend stands for what
 * hangs on it; of several others it is the same set.
 */
export function tagOf({ kind, items }: Pick<Outgoing, 'kind' | 'items'>): string {
  if (kind === 'digest') return 'digest';
  const backend = items.find(({ rule }) => rule === 'unreachable');
  if (backend) return short(backend.key);
  return short(
    items
      .map(({ key }) => key)
      .toSorted()
      .join(' '),
  );
}

function short(tag: string): string {
  return tag.length <= longest ? tag : createHash('sha256').update(tag).digest('hex');
}
