import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CacheError } from '../../../electron/core/cache/errors.ts';
import { checkIsolation } from '../../../electron/core/sessions/check-isolation.ts';
import type { GetOptions, SessionReading } from '../../../electron/core/sessions/session-store.ts';
import { idOf, sessionKey } from '../../../electron/core/sessions/session-values.ts';
import type { IdField, SessionValues } from '../../../electron/core/sessions/session-values.ts';
import { userRef } from '../../../electron/core/sessions/user-id.ts';
import { longestSession, sessionFields } from '../../../shared/model/sessions.ts';
import type { SessionField } from '../../../shared/model/sessions.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { SessionBed, sessionValues } from '../../support/session-bed.ts';

const users = ['ann@x.io', 'an*@x.io'] as const;
type User = (typeof users)[number];
/** No id is two users'. */
const engagements: Readonly<Record<User, readonly number[]>> = {
  'ann@x.io': [1, 2, 3],
  'an*@x.io': [11, 12],
};

interface OpenLoad {
  readonly end: () => void;
  readonly fail: () => void;
}

type Ids = Readonly<Record<IdField, number | null>>;

/** Whether a value is what the portal says of the engagement with these ids, and that one is the user's. */
function isRight(user: User, field: SessionField, value: unknown, ids: Ids): boolean {
  const paasId = ids.paas_engagement_id ?? 0;
  const right = sessionValues(paasId, ids.ipc_engagement_id ?? 0)[field];
  return engagements[user].includes(paasId) && JSON.stringify(value) === JSON.stringify(right);
}

/** A portal whose administrator moves users and ids about while the store asks and users come and go. */
class World {
  readonly clock = new FakeClock();
  readonly bed = new SessionBed(this.clock, { timeout: 10 * longestSession });
  readonly faults: string[] = [];
  handedOver = 0;
  givenUp = 0;
  readonly #open: OpenLoad[] = [];
  readonly #engagement = new Map<User, number>(users.map((user) => [user, engagements[user][0] ?? 0]));
  readonly #logouts = new Map<User, number>();
  #ipcShift = 1000;
  #before = new Map<string, Ids>();

  move(user: User, nth: number): void {
    this.#engagement.set(user, this.#pick(user, nth));
  }

  remapIpc(): void {
    this.#ipcShift += 1000;
  }

  choose(user: User, nth: number): void {
    this.bed.store.setEngagement(user, sessionValues(this.#pick(user, nth)).engagement_data);
  }

  logout(user: User): void {
    this.#logouts.set(user, this.#logoutsOf(user) + 1);
    this.bed.store.logout(user);
  }

  read(user: User, field: SessionField, options: GetOptions): void {
    void this.#chain(user, field, options).catch((error: unknown) => {
      this.givenUp += 1;
      const expected =
        error instanceof CacheError ? error.code === 'cancelled' : String(error) === 'Error: down';
      if (!expected) this.faults.push(String(error));
    });
  }

  end(nth: number, ok: boolean): void {
    const [load] = this.#open.splice(nth % Math.max(1, this.#open.length), 1);
    if (ok) load?.end();
    else load?.fail();
  }

  async endAll(): Promise<void> {
    await this.pass(0);
    for (let round = 0; round < 200 && this.#open.length > 0; round += 1) {
      this.end(0, true);
      await this.pass(0);
    }
    if (this.#open.length > 0) this.faults.push('a load never ended');
  }

  /** What the store holds of a user is of that user's engagement. */
  checkHeld(): void {
    for (const user of users) {
      for (const field of sessionFields) {
        const { fresh, value } = this.bed.cache.peek(sessionKey(userRef(user), field));
        if (fresh) this.#checkValue(user, field, value, 'holds');
      }
    }
  }

  /**
   * Lets `ms` pass. A promise tells its value one turn after it was resolved, and another load may end in that turn: the
   * ids of the turn before are remembered for what is told in this one. A person's doing comes between turns.
   */
  async pass(ms: number): Promise<void> {
    const passing = new AbortController();
    const watch = async (): Promise<void> => {
      let now = this.#ids();
      while (!passing.signal.aborted) {
        this.#before = now;
        now = this.#ids();
        await Promise.resolve();
      }
    };
    await Promise.all([watch(), this.clock.advance(ms).then(() => passing.abort())]);
  }

  #ids(): Map<string, Ids> {
    return new Map(this.bed.store.users.map(({ email, ids }) => [email, { ...ids }]));
  }

  #checkHandedOver(user: User, field: SessionField, value: unknown): void {
    const before = this.#before.get(user);
    if (before && isRight(user, field, value, before)) return;
    this.#checkValue(user, field, value, 'gets');
  }

  #checkValue(user: User, field: SessionField, value: unknown, what: string): void {
    const ids = this.#ids().get(user);
    if (ids && isRight(user, field, value, ids)) return;
    this.faults.push(`${user} ${what} ${JSON.stringify(value)} as ${field} at ${JSON.stringify(ids)}`);
  }

  async #chain(user: User, field: SessionField, options: GetOptions): Promise<void> {
    const { store } = this.bed;
    const own = (one: SessionField) => (one === field ? options : { ahead: options.ahead ?? false });
    const logouts = this.#logoutsOf(user);
    const checked = async <T>(one: SessionField, reading: Promise<SessionReading<T>>): Promise<T> => {
      const { value } = await reading;
      this.handedOver += 1;
      this.#checkHandedOver(user, one, value);
      if (logouts !== this.#logoutsOf(user) && one === field)
        this.faults.push(`${user} gets ${one} after a logout`);
      return value;
    };
    const idsNow = () => store.users.find((one) => one.email === user)?.ids;
    const list = this.#load(() => this.#engagement.get(user) ?? 0);
    const paasId = await checked(
      'paas_engagement_id',
      store.get(user, 'paas_engagement_id', list, own('paas_engagement_id')),
    );
    if (field === 'paas_engagement_id') return;
    let ipcId = 0;
    if (field === 'ipc_engagement_id' || idOf(field) === 'ipc_engagement_id') {
      const convert = this.#load(() => {
        if (idsNow()?.paas_engagement_id !== paasId) this.faults.push(`a request with the old id ${paasId}`);
        return paasId + this.#ipcShift;
      });
      ipcId = await checked(
        'ipc_engagement_id',
        store.get(user, 'ipc_engagement_id', convert, { ...own('ipc_engagement_id'), of: paasId }),
      );
      if (field === 'ipc_engagement_id') return;
    }
    const of = idOf(field) === 'paas_engagement_id' ? paasId : ipcId;
    const load = this.#load((): SessionValues[typeof field] => {
      const ids = idsNow();
      if (ids?.paas_engagement_id !== paasId || (ipcId !== 0 && ids.ipc_engagement_id !== ipcId)) {
        this.faults.push(`a request with the old id ${of}`);
      }
      return sessionValues(paasId, ipcId)[field];
    });
    await checked(field, store.get(user, field, load, { ...options, of }));
  }

  /** The answer is what holds when the request arrives; it may take any time to come back. */
  #load<T>(answer: () => T): () => Promise<T> {
    return () => {
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      const value = answer();
      this.#open.push({ end: () => resolve(value), fail: () => reject(new Error('down')) });
      return promise;
    };
  }

  #pick(user: User, nth: number): number {
    const own = engagements[user];
    return own[nth % own.length] ?? 0;
  }

  #logoutsOf(user: User): number {
    return this.#logouts.get(user) ?? 0;
  }
}

const user = fc.constantFrom(...users);
const field = fc.constantFrom(...sessionFields);
const nth = fc.nat(9);
const act = (weight: number, run: fc.Arbitrary<(world: World) => void>) => ({ weight, arbitrary: run });
const command = fc.oneof(
  act(
    6,
    fc.tuple(user, field, fc.constantFrom<GetOptions>({}, {}, { forceRefresh: true }, { ahead: true })).map(
      ([who, what, options]) =>
        (world: World) =>
          world.read(who, what, options),
    ),
  ),
  act(
    8,
    fc.tuple(nth, fc.boolean(), fc.boolean()).map(
      ([which, ok, maybe]) =>
        (world: World) =>
          world.end(which, ok || maybe),
    ),
  ),
  act(
    2,
    fc.tuple(user, nth).map(
      ([who, which]) =>
        (world: World) =>
          world.choose(who, which),
    ),
  ),
  act(
    1,
    fc.tuple(user, nth).map(
      ([who, which]) =>
        (world: World) =>
          world.move(who, which),
    ),
  ),
  act(
    1,
    fc.constant((world: World) => world.remapIpc()),
  ),
  act(
    1,
    user.map((who) => (world: World) => world.logout(who)),
  ),
  act(
    1,
    user.map((who) => (world: World) => void world.bed.store.clear(who)),
  ),
  act(
    1,
    fc.constantFrom(
      (world: World) => void world.bed.store.clearAll(),
      (world: World) => void world.bed.cache.clear(),
    ),
  ),
);
/** `pause`: ms that pass after the command; null: the next one comes in the same moment. */
const step = fc.record({
  run: command,
  pause: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(null, 0) },
    { weight: 1, arbitrary: fc.constantFrom(250, 30_000, longestSession / 2, longestSession) },
  ),
});

test(
  'whatever happens in whatever order, nobody gets a value of another user or of another engagement than theirs now',
  { timeout: 60_000 },
  async () => {
    let handedOver = 0;
    let givenUp = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }), async (steps) => {
        const world = new World();
        try {
          for (const { run, pause } of steps) {
            run(world);
            if (pause !== null) await world.pass(pause);
            world.checkHeld();
            expect(world.faults).toEqual([]);
          }
          await world.endAll();
          // And nobody is locked out by what went before.
          for (const email of users) {
            world.bed.store.resetBackOff(email);
            const before = world.handedOver;
            world.read(email, 'zones', {});
            await world.endAll();
            expect(world.handedOver).toBe(before + 3);
          }
          expect(world.faults).toEqual([]);
          await world.clock.advance(1000);
          const { store, cache, run } = world.bed;
          expect(await checkIsolation(store, cache, run.files)).toMatchObject({ ok: true, users: 2 });
          handedOver += world.handedOver;
          givenUp += world.givenUp;
        } finally {
          world.bed.remove();
        }
      }),
      { numRuns: 100 },
    );
    // Or nothing was tried.
    expect(handedOver).toBeGreaterThan(1000);
    expect(givenUp).toBeGreaterThan(300);
  },
);
