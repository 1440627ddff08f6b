import { describe, expect, test } from 'vitest';
import { codeLifetime, cookiesOf, createLogin } from '../../../electron/hosts/login.ts';
import { FakeClock } from '../../support/fake-clock.ts';

function setup() {
  let drawn = 0;
  const clock = new FakeClock();
  const randomBytes = (size: number): Uint8Array => {
    drawn += 1;
    return new Uint8Array(size).map((_, index) => (index === 0 ? drawn : index));
  };
  return { clock, login: createLogin({ clock, randomBytes, linkRole: 'operator' }) };
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

  test('whoever signs in with a key again and again signs nobody else out', () => {
    const { login } = setup();
    const others = [login.redeem(login.newCode()) ?? '', login.admit({ id: 'key-1', role: 'admin' })];
    const tokens = Array.from({ length: 101 }, () => login.admit({ id: 'key-2', role: 'viewer' }));
    expect(others.map((token) => login.sessionOf([token])?.role)).toEqual(['operator', 'admin']);
    expect(tokens.filter((token) => login.sessionOf([token]) === null)).toEqual(tokens.slice(0, 1));
  });

  test('a link gives its role, a key its own', () => {
    const { login } = setup();
    const linked = login.sessionOf([login.redeem(login.newCode()) ?? '']);
    const keyed = login.sessionOf([login.admit({ id: 'key-1', role: 'viewer' })]);
    expect([linked?.role, linked?.keyId, keyed?.role, keyed?.keyId]).toEqual([
      'operator',
      null,
      'viewer',
      'key-1',
    ]);
  });

  test('the end of a key ends its sessions and no other', () => {
    const { login } = setup();
    const tokens = [
      login.admit({ id: 'key-1', role: 'viewer' }),
      login.admit({ id: 'key-1', role: 'viewer' }),
      login.admit({ id: 'key-2', role: 'viewer' }),
      login.redeem(login.newCode()) ?? '',
    ];
    const sessions = tokens.map((token) => login.sessionOf([token]));
    login.endOf('key-1');
    expect(sessions.map((session) => session?.ended.aborted)).toEqual([true, true, false, false]);
    expect(tokens.map((token) => login.sessionOf([token]) !== null)).toEqual([false, false, true, true]);
  });

  test('a session that gives way to a newer one ends', () => {
    const { login } = setup();
    const first = login.sessionOf([login.redeem(login.newCode()) ?? '']);
    for (let count = 0; count < 100; count += 1) login.redeem(login.newCode());
    expect(first?.ended.aborted).toBe(true);
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
