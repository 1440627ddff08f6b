import { describe, expect, test } from 'vitest';
import { PortalUsers } from '../../../electron/core/portal/portal-users.ts';
import { tokenExpiry } from '../../../electron/core/portal/token-expiry.ts';
import { userRef } from '../../../electron/core/sessions/user-id.ts';
import { SourceError } from '../../../electron/core/sources/source-error.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { failureOf, patient } from '../sources/source-testing.ts';
import { refusalOf, webToken } from './portal-bed.ts';

const account = { email: 'Robot@Example.com', password: 'robot-password' };
const robot = userRef(account.email);

function bed(signIn: (signal: AbortSignal) => Promise<string> = () => Promise.resolve('unused-token')) {
  const clock = new FakeClock();
  const secrets: string[] = [];
  let changes = 0;
  const users = new PortalUsers({
    clock,
    account,
    signIn: (_account, signal) => signIn(signal),
    onSecret: (secret) => void secrets.push(secret),
    onChange: () => (changes += 1),
  });
  return { clock, secrets, users, changes: () => changes };
}

const refused = (): Promise<never> => Promise.reject(new SourceError('unauthorized', 'Refused.'));

describe('pasted tokens', () => {
  test('each user has exactly their own; anybody else needs to sign in', async () => {
    const { users } = bed();
    const ann = users.add(' Ann@Example.com ', 'token-of-ann');
    const ben = users.add('ben@example.com', 'Bearer token-of-ben\n');
    expect(ann).toBe(userRef('ann@example.com'));
    expect(await users.tokenOf(ann, patient())).toBe('token-of-ann');
    expect(await users.tokenOf(ben, patient())).toBe('token-of-ben');
    expect(await failureOf(users.tokenOf('nobody', patient()))).toMatchObject({
      code: 'unauthorized',
      message: 'This user needs to sign in again.',
    });
    users.remove(ann);
    expect((await failureOf(users.tokenOf(ann, patient()))).code).toBe('unauthorized');
    expect(await users.tokenOf(ben, patient())).toBe('token-of-ben');
  });

  test('the list masks addresses, tells each change, and holds no token', () => {
    const { users, secrets, changes } = bed();
    users.add('ann@example.com', 'token-of-ann');
    expect(users.list()).toEqual([
      { user: robot, masked: 'r•••t@example.com', kind: 'service', needsSignIn: false },
      { user: userRef('ann@example.com'), masked: 'a•••n@example.com', kind: 'token', needsSignIn: false },
    ]);
    expect(changes()).toBe(1);
    expect(secrets).toEqual(['token-of-ann']);
    expect(JSON.stringify(users.list())).not.toContain('token-of-ann');
  });

  test('a refused token needs a new one, told once; the new one counts at once', async () => {
    const { users, changes } = bed();
    const ann = users.add('ann@example.com', 'token-of-ann');
    expect((await failureOf(users.withToken(ann, patient(), refused))).message).toBe('Refused.');
    await failureOf(users.withToken(ann, patient(), refused));
    expect(users.list()[1]?.needsSignIn).toBe(true);
    expect(changes()).toBe(2);
    users.add('ann@example.com', 'newer-token-of-ann');
    expect(users.list()[1]?.needsSignIn).toBe(false);
    expect(await users.tokenOf(ann, patient())).toBe('newer-token-of-ann');
  });

  test('a late refusal of the token before does not spoil the new one', async () => {
    const { users } = bed();
    const ann = users.add('ann@example.com', 'token-of-ann');
    const late = Promise.withResolvers<never>();
    const asked = failureOf(users.withToken(ann, patient(), () => late.promise));
    users.add('ann@example.com', 'newer-token-of-ann');
    late.reject(new SourceError('unauthorized', 'Refused.'));
    await asked;
    expect(users.list()[1]?.needsSignIn).toBe(false);
  });

  test('another failure is no refusal', async () => {
    const { users } = bed();
    const ann = users.add('ann@example.com', 'token-of-ann');
    const down = (): Promise<never> => Promise.reject(new SourceError('unreachable', 'Down.'));
    await failureOf(users.withToken(ann, patient(), down));
    expect(users.list()[1]?.needsSignIn).toBe(false);
  });

  test('a web token ends at its own time, also one that lasts longer than a timer', async () => {
    const { users, clock, changes } = bed();
    const hours = 30 * 24;
    const ann = users.add('ann@example.com', webToken(clock.wall() + hours * 3_600_000));
    await clock.advance(hours * 3_600_000 - 1);
    expect(users.list()[1]?.needsSignIn).toBe(false);
    expect(changes()).toBe(1);
    await clock.advance(1);
    expect(changes()).toBe(2);
    expect(users.list()[1]?.needsSignIn).toBe(true);
    expect((await failureOf(users.tokenOf(ann, patient()))).code).toBe('unauthorized');
    expect(clock.pending).toBe(0);
  });

  test('after a night’s suspend a token is dead before its timer knows', async () => {
    const { users, clock } = bed();
    const ann = users.add('ann@example.com', webToken(clock.wall() + 1_800_000));
    clock.jumpWall(8 * 3_600_000);
    expect((await failureOf(users.tokenOf(ann, patient()))).code).toBe('unauthorized');
  });

  test('what cannot be kept: no address, no token, an expired one, the service account’s', async () => {
    const { users, clock, secrets } = bed();
    expect(await refusalOf(() => users.add('   ', 'token-of-ann'))).toMatchObject({
      code: 'bad-request',
      details: ['email'],
    });
    expect(await refusalOf(() => users.add('a@b.io', 'two words here'))).toMatchObject({
      code: 'bad-request',
      details: ['token'],
    });
    expect(await refusalOf(() => users.add('a@b.io', webToken(clock.wall())))).toMatchObject({
      code: 'bad-request',
      message: 'This token has expired; copy a new one from the portal.',
    });
    expect((await refusalOf(() => users.add('robot@example.com', 'token-of-ann'))).code).toBe('conflict');
    expect(users.list()).toHaveLength(1);
    expect(secrets).toContain('two words here');
  });

  test('one token is never two users’', async () => {
    const { users } = bed();
    users.add('ann@example.com', 'token-of-ann');
    expect(await refusalOf(() => users.add('ben@example.com', 'Bearer token-of-ann'))).toMatchObject({
      code: 'conflict',
      message: 'Another user is signed in with this very token.',
    });
    users.add('ANN@example.com', 'token-of-ann');
    expect(users.list()).toHaveLength(2);
  });

  test('no more than the contract allows', async () => {
    const { users } = bed();
    for (let n = 1; n < 1000; n += 1) users.add(`user${n}@example.com`, `token-of-user-${n}`);
    expect((await refusalOf(() => users.add('more@example.com', 'token-of-more'))).code).toBe('conflict');
    users.add('user1@example.com', 'newer-token-of-user-1');
    expect(users.list()).toHaveLength(1000);
  });
});

describe('the service account', () => {
  test('signs in on first need, once for all who wait, and again after 3 of the token’s 8 minutes', async () => {
    let signedIn = 0;
    const { users, clock, secrets } = bed(() => Promise.resolve(`service-token-${(signedIn += 1)}`));
    expect(signedIn).toBe(0);
    const tokens = await Promise.all(Array.from({ length: 10 }, () => users.tokenOf(robot, patient())));
    expect(new Set(tokens)).toEqual(new Set(['service-token-1']));
    await clock.advance(179_999);
    expect(await users.tokenOf(robot, patient())).toBe('service-token-1');
    await clock.advance(1);
    expect(await users.tokenOf(robot, patient())).toBe('service-token-2');
    clock.jumpWall(180_000);
    expect(await users.tokenOf(robot, patient())).toBe('service-token-3');
    expect(secrets).toEqual(['service-token-1', 'service-token-2', 'service-token-3']);
    expect(users.canRenew(robot)).toBe(true);
  });

  test('is renewed once when the portal refuses its token, by all who were refused together', async () => {
    let signedIn = 0;
    const { users } = bed(() => Promise.resolve(`service-token-${(signedIn += 1)}`));
    const ask = (token: string): Promise<string> =>
      token === 'service-token-1' ? refused() : Promise.resolve(token);
    const both = await Promise.all([1, 2].map(() => users.withToken(robot, patient(), ask)));
    expect(both).toEqual(['service-token-2', 'service-token-2']);
    expect(signedIn).toBe(2);
    let asked = 0;
    const always = (): Promise<never> => {
      asked += 1;
      return refused();
    };
    expect((await failureOf(users.withToken(robot, patient(), always))).code).toBe('unauthorized');
    expect([asked, signedIn]).toEqual([2, 3]);
    expect(users.list()[0]?.needsSignIn).toBe(false);
  });

  test('is not tried again for 30 s after the portal refused the account, unlike after other failures', async () => {
    let tried = 0;
    let answer: () => Promise<string> = refused;
    const { users, clock } = bed(() => {
      tried += 1;
      return answer();
    });
    await failureOf(users.tokenOf(robot, patient()));
    expect((await failureOf(users.tokenOf(robot, patient()))).message).toBe('Refused.');
    expect(tried).toBe(1);
    await clock.advance(30_000);
    answer = () => Promise.reject(new SourceError('unreachable', 'Down.'));
    await failureOf(users.tokenOf(robot, patient()));
    await failureOf(users.tokenOf(robot, patient()));
    expect(tried).toBe(3);
  });

  test('signed out it forgets its token but stays', async () => {
    let signedIn = 0;
    const { users } = bed(() => Promise.resolve(`service-token-${(signedIn += 1)}`));
    await users.tokenOf(robot, patient());
    users.remove(robot);
    expect(users.list()).toHaveLength(1);
    expect(await users.tokenOf(robot, patient())).toBe('service-token-2');
  });
});

test.each([
  'opaque',
  'a.b',
  'a.b.c',
  'a.e30.c',
  `a.${Buffer.from('{"exp":"soon"}').toString('base64url')}.c`,
])('no expiry is read from %s', (token) => expect(tokenExpiry(token)).toBeNull());
