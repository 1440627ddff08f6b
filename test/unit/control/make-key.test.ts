import { expect, test } from 'vitest';
import { makeKey } from '../../../renderer/settings/control/make-key.ts';

test('a key is made of every byte it is given', () => {
  const zeros = makeKey((bytes) => bytes.fill(0));
  expect(zeros).toBe(`cdk_${'A'.repeat(43)}`);
  expect(makeKey((bytes) => bytes.fill(255))).toBe(`cdk_${'_'.repeat(42)}8`);
  expect(makeKey((bytes) => bytes.set([1], 31))).not.toBe(zeros);
});
