import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileGlob, matchesGlob } from '../../../electron/core/cache/glob.ts';
import { setup } from './setup.ts';

const matches = (pattern: string, text: string): boolean => matchesGlob(compileGlob(pattern), text);

test.each([
  ['workstations_*', 'workstations_list', true],
  ['workstations_*', 'workstations_', true],
  ['workstations_*', 'my_workstations_list', false],
  ['*', '', true],
  ['*:status', 'vpn:status', true],
  ['*:status', 'vpn:status:x', false],
  ['?pn', 'vpn', true],
  ['?', '', false],
  ['?', '😀', true],
  ['*?', '😀', true],
  ['??', '😀', false],
  ['a*b*c', 'aXbYbZc', true],
  ['a*b*c', 'aXbYbZ', false],
  ['VPN:*', 'vpn:status', false],
  ['a.c', 'abc', false],
  ['[ab]', 'a', false],
  ['[ab]', '[ab]', true],
  ['a\\*', 'a*', true],
  ['a\\*', 'ab', false],
  ['a\\?', 'a?', true],
  ['a\\\\', 'a\\', true],
  ['a\\', 'a\\', true],
  ['exact_key_name', 'exact_key_name', true],
  ['exact_key_name', 'exact_key_name2', false],
])('%s on %s: %s', (pattern, text, expected) => {
  expect(matches(pattern, text)).toBe(expected);
});

test('agrees with a translated RegExp on random patterns', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', ':', '.'), maxLength: 10 });
  const pattern = fc.string({
    unit: fc.constantFrom('a', 'b', ':', '.', '*', '?'),
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(pattern, word, (glob, text) => {
      const translated = glob.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
      expect(matches(glob, text)).toBe(new RegExp(`^${translated}$`, 's').test(text));
    }),
  );
});

test('a hostile pattern on 2000 characters takes less than 200 ms', () => {
  const started = performance.now();
  expect(matches(`${'*a'.repeat(50)}b`, 'a'.repeat(2_000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(200);
});

test.each(['', ' ', '\t\n'])('the blank pattern %j is refused', (pattern) => {
  const { cache } = setup();
  cache.set('k', 1);
  expect(() => cache.invalidate(pattern)).toThrow(RangeError);
  expect(() => cache.match(pattern)).toThrow(RangeError);
  expect(cache.size).toBe(1);
});

test('null clears all, counts are exact', () => {
  const { cache, kinds } = setup();
  for (const key of ['workstations_list', 'workstations_123', 'vpn:status', '*']) cache.set(key, 1);
  expect(cache.match('workstations_*')).toEqual(['workstations_list', 'workstations_123']);
  expect(cache.invalidate('workstations_*')).toBe(2);
  expect(cache.invalidate('workstations_*')).toBe(0);
  expect(cache.invalidate('\\*')).toBe(1);
  expect(cache.invalidate(null)).toBe(1);
  expect(cache.clear()).toBe(0);
  expect(cache.statistics().counters.invalidations).toBe(4);
  expect(kinds().filter((kind) => kind === 'invalidate')).toHaveLength(4);
});

test('delete tells whether the key was there', () => {
  const { cache, kinds } = setup();
  cache.set('k', 1);
  expect([cache.delete('k'), cache.delete('k'), cache.delete('unknown')]).toEqual([true, false, false]);
  expect(kinds()).toEqual(['set', 'delete']);
});
