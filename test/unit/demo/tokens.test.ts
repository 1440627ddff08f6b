import { expect, it } from 'vitest';
import { TokenDesk } from '../../../electron/core/demo/tokens.ts';
import { seededRandom } from '../../support/eager-clock.ts';

const hour = 3_600_000;

function desk() {
  const time = { now: Date.UTC(2030, 0, 1) };
  return { time, desk: new TokenDesk(() => time.now, seededRandom()) };
}

it('judges a token by its time, and one it never issued as unknown', () => {
  const { time, desk: one } = desk();
  const token = one.issue('anna', { lifeMs: 1000 });
  expect(one.judge(token)).toEqual({ state: 'good', subject: 'anna', kind: 'access' });
  time.now += 1000;
  expect(one.judge(token)).toEqual({ state: 'expired' });
  expect(one.judge(`${token}x`)).toEqual({ state: 'unknown' });
});

it('tells the end of a token in it, but not of one whose time has not begun', () => {
  const { time, desk: one } = desk();
  const claims = (token: string) =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
  expect(claims(one.issue('anna', { lifeMs: 60_000, claims: { role: 'admin' } }))).toEqual({
    sub: 'anna',
    role: 'admin',
    type: 'access',
    iat: time.now / 1000,
    exp: time.now / 1000 + 60,
  });
  expect(claims(one.issue('anna', { lifeMs: 60_000, fromFirstUse: true }))).not.toHaveProperty('exp');
});

it('counts what it issued so far as expired, until that is taken back', () => {
  const { desk: one } = desk();
  const before = one.issue('anna', { lifeMs: hour });
  one.expireIssued();
  const after = one.issue('anna', { lifeMs: hour });
  expect([before, after].map((token) => one.judge(token).state)).toEqual(['expired', 'good']);
  one.acceptIssued();
  expect(one.judge(before).state).toBe('good');
});

it('does not collect tokens for ever', () => {
  const { time, desk: one } = desk();
  const kept = one.issue('anna', { lifeMs: 1000, fromFirstUse: true });
  for (let n = 0; n < 100; n += 1) {
    one.issue('anna', { lifeMs: 180_000 });
    time.now += 180_000;
  }
  expect(one.tokens.length).toBeLessThan(30);
  expect(one.tokens).toContain(kept);
});
