import { describe, expect, test } from 'vitest';
import { codeLifetime, cookiesOf, createLogin, sameSecret } from '../../../electron/hosts/login.ts';
import { FakeClock } from '../../support/fake-clock.ts';

function setup() {
  let drawn = 0;
  const clock = new FakeClock();
  const randomBytes = (size: number): Uint8Array => {
    drawn += 1;
    return new Uint8Array(size).map((_, index) => (index === 0 ? drawn : index));
  };
  return { clock, login: createLogin({ clock, randomBytes }) };
}

describe('login', () => {
  test('a code gives one session, whose token is not the code', () => {
    const { login } = setup();
    const code = login.newCode();
    const token = login.redeem(code) ?? '';
    expect(token).not.toBe(code);
    expect(login.redeem(code)).toBeNull();
    expect(login.sessionOf([token])).not.toBeNull();
    expect(login.sessionOf(['planted', token])).toBe(login.sessionOf([token]));
    expect(login.sessionOf([code])).toBeNull();
    expect(login.sessionOf([''])).toBeNull();
    expect(login.sessionOf([])).toBeNull();
  });

  test('a code lives ten minutes, also while the machine sleeps', async () => {
    const { clock, login } = setup();
    const [early, late, asleep] = [login.newCode(), login.newCode(), login.newCode()];
    await clock.advance(codeLifetime);
    expect(login.redeem(early)).not.toBeNull();
    await clock.advance(1);
    expect(login.redeem(late)).toBeNull();
    clock.jumpWall(codeLifetime);
    expect(login.redeem(asleep)).toBeNull();
  });

  test('the oldest of many unused codes and of many sessions goes', () => {
    const { login } = setup();
    const codes = Array.from({ length: 21 }, () => login.newCode());
    expect(login.redeem(codes[0] ?? '')).toBeNull();
    expect(login.redeem(codes[1] ?? '')).not.toBeNull();
    const tokens = Array.from({ length: 101 }, () => login.redeem(login.newCode()) ?? '');
    expect(login.sessionOf(tokens.slice(0, 1))).toBeNull();
    expect(login.sessionOf(tokens.slice(100))).not.toBeNull();
  });

  test('secrets of any length compare', () => {
    expect(sameSecret('a', 'a')).toBe(true);
    expect(sameSecret('a', 'ab')).toBe(false);
    expect(sameSecret('', 'a')).toBe(false);
  });

  test.each([
    ['a=1; b=2', 'b', ['2']],
    ['a=1;b=2=3', 'b', ['2=3']],
    ['b=1; a=2; b=3', 'b', ['1', '3']],
    ['ab=1', 'b', []],
    ['b', 'b', []],
    [undefined, 'b', []],
  ])('of %j the cookies %s are %j', (header, name, values) => {
    expect(cookiesOf(header, name)).toEqual(values);
  });

  test('of many cookies with one name a few are looked at', () => {
    expect(cookiesOf('b=1; '.repeat(1000), 'b')).toHaveLength(8);
  });
});
