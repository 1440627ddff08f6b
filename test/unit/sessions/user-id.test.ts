import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isUserRef,
  maskEmail,
  normaliseEmail,
  UserIdError,
  userRef,
} from '../../../electron/core/sessions/user-id.ts';

test('case, blanks around and the way accents are written make no other user', () => {
  const same = ['Zoë@Example.com', '  zoë@example.com\n', 'ZOË@EXAMPLE.COM', 'zoe\u0308@example.com'];
  expect(new Set(same.map(normaliseEmail))).toEqual(new Set(['zoë@example.com']));
  expect(new Set(same.map(userRef)).size).toBe(1);
});

test('parts and patterns of an address are other users', () => {
  const others = [
    'bob@x.io',
    'bob@x.io.evil',
    'ab@x.io',
    'a*@x.io',
    'a?@x.io',
    '*',
    'constructor',
    '__proto__',
  ];
  expect(new Set(others.map(userRef)).size).toBe(others.length);
});

test.each(['', '   ', '\t\n', '\u00a0'])('blank %j is refused: there is no shared session', (email) => {
  expect(() => userRef(email)).toThrow(UserIdError);
});

test('a reference tells nothing of the address and is the same in each run', () => {
  expect(userRef('user1@example.com')).toBe('b36a83701f1c3191e19722d6f90274bc');
  expect(isUserRef(userRef('user1@example.com'))).toBe(true);
  expect(isUserRef('../../../etc/passwd')).toBe(false);
});

test.each([
  ['user1@example.com', 'u•••1@example.com'],
  ['ab@x.io', '•••@x.io'],
  ['"a@b"@x.io', '"•••"@x.io'],
  ['nobody', '•••'],
])('%s is shown as %s', (email, shown) => {
  expect(maskEmail(email)).toBe(shown);
});

test('an address that was normalised stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(text.trim() !== '');
      expect(normaliseEmail(normaliseEmail(text))).toBe(normaliseEmail(text));
      expect(userRef(text.normalize('NFD'))).toBe(userRef(text.normalize('NFC')));
    }),
  );
});
