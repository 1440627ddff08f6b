import type { Client } from '../../shared/rpc/client.ts';
import type { Removed } from './undo.ts';

/** Keys of one call, as the contract has it. */
const mostKeys = 1000;
/** Characters of one call: the browser host takes 64 KiB, and a character can take more than one byte. */
const mostCharacters = 16_000;

/** Keys in parts that fit into one call each. */
export function batchesOf(keys: readonly string[]): string[][] {
  const batches: string[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const key of keys) {
    const batch = batches.at(-1);
    if (!batch || batch.length >= mostKeys || length + key.length > mostCharacters) {
      batches.push([key]);
      length = key.length;
    } else {
      batch.push(key);
      length += key.length;
    }
  }
  return batches;
}

/** Deletes keys from the app cache, whatever their number. */
export async function deleteKeys(client: Client, keys: readonly string[]): Promise<Removed[]> {
  const removed: Removed[] = [];
  for (const batch of batchesOf(keys)) removed.push(await client.call('cache.delete', { keys: batch }));
  return removed;
}
