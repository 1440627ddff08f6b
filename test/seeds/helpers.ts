import type { EntryStore } from '../../electron/core/cache/store.ts';

/** A store in which nothing works. */
export function failingStore(): EntryStore {
  const fail = (): never => {
    throw new Error('store broken');
  };
  return { get: fail, has: fail, set: fail, delete: fail, size: 0, bytes: 0 };
}
