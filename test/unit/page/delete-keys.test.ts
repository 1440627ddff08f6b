import { expect, test } from 'vitest';
import { batchesOf } from '../../../renderer/cache/delete-keys.ts';

/** What the browser host takes. */
const mostBytes = 64 * 1024;

function bytesOf(keys: readonly string[]): number {
  return new TextEncoder().encode(JSON.stringify({ keys })).length;
}

test('a selection of usual keys is one call', () => {
  const keys = Array.from(
    { length: 200 },
    (_, n) => `portal:environments_list:${n}:0123456789abcdef0123456789abcdef`,
  );
  expect(batchesOf(keys)).toEqual([keys]);
});

test.each([
  ['long', 'k'.repeat(1000)],
  ['of characters of four bytes', '🙂'.repeat(500)],
  ['short', 'k'],
])('every key is in one batch, each fits into a call: %s ones', (_, text) => {
  const keys = Array.from({ length: 2500 }, (_key, n) => `${n}${text}`.slice(0, 1000));
  const batches = batchesOf(keys);
  expect(batches.flat()).toEqual(keys);
  for (const batch of batches) {
    expect(batch.length).toBeLessThanOrEqual(1000);
    expect(bytesOf(batch)).toBeLessThan(mostBytes);
  }
});

test('nothing is no call', () => {
  expect(batchesOf([])).toEqual([]);
});
