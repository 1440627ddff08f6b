import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PortalContext } from '../../../shared/contract/portal.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import type { Person } from '../../support/scripted-portal.ts';
import { portalBed } from './portal-bed.ts';
import type { PortalBed } from './portal-bed.ts';

const ann: Person = {
  email: 'ann@example.com',
  password: null,
  tokens: ['token-of-ann'],
  engagements: [2001, 2002],
};
const ben: Person = {
  email: 'ben@example.com',
  password: null,
  tokens: ['token-of-ben'],
  engagements: [3001, 3002],
};

const step = fc.record({
  who: fc.constantFrom(0, 1),
  what: fc.constantFrom(
    'context',
    'vms',
    'clusters',
    'choose 0',
    'choose 1',
    'refresh',
    'sign out',
    'pause',
    'wait',
  ),
});
type Step = { readonly who: number; readonly what: string };

/** Every engagement that something told by the portal belongs to: the scripted one writes its id into all names. */
function engagementsIn(told: unknown): number[] {
  const ids =
    JSON.stringify(told ?? null).match(/(?:Unit|Environment|Zone|Site|machine|cluster)[ -](\d{4})/g) ?? [];
  return [...new Set(ids.map((name) => Number(name.slice(-4))))];
}

/** Lets the server and the client get on with it, without a clock. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((later) => setImmediate(later));
}

/** One user as the test follows them. */
class Follower {
  readonly #bed: PortalBed;
  readonly #person: Person;
  #user: string;
  /** Rises with each switch and sign-out that begins. */
  #epoch = 0;
  #switching = 0;
  /** What the last switch that nothing disturbed led to: from then on nothing else may be told. */
  #current: number | null = null;
  readonly wrong: string[] = [];
  answers = 0;

  constructor(bed: PortalBed, person: Person) {
    this.#bed = bed;
    this.#person = person;
    this.#user = bed.service.signIn(person.email, person.tokens[0] ?? '').user;
  }

  async run(what: string): Promise<void> {
    const { service } = this.#bed;
    switch (what) {
      case 'context':
        return this.#read(what, null, () => service.context(this.#user).then(withoutOffers));
      case 'vms':
        return this.#read(what, null, () => service.vms(this.#user));
      case 'clusters':
        return this.#read(what, null, () => service.clusters(this.#user));
      case 'refresh':
        return this.#read(what, null, () => service.readField(this.#user, 'zones', { forceRefresh: true }));
      case 'sign out':
        this.#epoch += 1;
        this.#current = null;
        service.signOut(this.#user);
        this.#user = service.signIn(this.#person.email, this.#person.tokens[0] ?? '').user;
        return;
      case 'pause':
        return turns(20);
      case 'wait':
        return;
      default:
        return this.#choose(this.#person.engagements[Number(what.at(-1))] ?? 0);
    }
  }

  async #choose(id: number): Promise<void> {
    this.#epoch += 1;
    const begun = this.#epoch;
    this.#switching += 1;
    this.#current = null;
    try {
      await this.#read('choose', id, () =>
        this.#bed.service.chooseEngagement(this.#user, id).then(withoutOffers),
      );
    } finally {
      this.#switching -= 1;
      if (this.#epoch === begun && this.#switching === 0) this.#current = id;
    }
  }

  async #read(what: string, expected: number | null, ask: () => Promise<unknown>): Promise<void> {
    let told: unknown;
    try {
      told = await ask();
    } catch (error) {
      if (error instanceof RpcError && (error.code === 'cancelled' || error.code === 'conflict')) return;
      throw error;
    }
    const ids = engagementsIn(told);
    this.answers += ids.length;
    const wanted = expected ?? this.#current;
    const found = ids.join();
    if (ids.some((id) => !this.#person.engagements.includes(id)))
      this.wrong.push(`${what}: another’s ${found}`);
    if (ids.length > 1) this.wrong.push(`${what}: of several engagements ${found}`);
    if (wanted !== null && ids.some((id) => id !== wanted))
      this.wrong.push(`${what}: ${found}, not ${wanted}`);
  }
}

/** The list of engagements names every one on purpose. */
function withoutOffers({
  engagements: _offered,
  ...rest
}: PortalContext): Omit<PortalContext, 'engagements'> {
  return rest;
}

test(
  'whatever two users do at once, neither sees the other’s data nor that of the engagement before',
  { timeout: 120_000 },
  async () => {
    const bed = await portalBed([ann, ben]);
    let delay = 0;
    bed.server.script('', (_response, { what }) => {
      delay = (delay + 7) % 5;
      // Lists are often still on their way when a switch has ended.
      return turns(/vmlist|clusterlist/.test(what) ? delay * 30 : delay);
    });
    let answers = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps: Step[]) => {
        bed.server.calls.splice(0);
        const followers = [new Follower(bed, ann), new Follower(bed, ben)];
        const running: Promise<void>[] = [];
        for (const { who, what } of steps) {
          const done = followers[who]?.run(what) ?? Promise.resolve();
          if (what === 'pause') await done;
          else if (what === 'wait') await Promise.all(running);
          else running.push(done);
        }
        await Promise.all(running);
        for (const follower of followers) {
          await follower.run('sign out');
          expect(follower.wrong).toEqual([]);
          answers += follower.answers;
        }
        for (const { what, token, body } of bed.server.calls) {
          const about = what + JSON.stringify(body);
          const owner = /200[12]/.test(about)
            ? 'token-of-ann'
            : /300[12]/.test(about)
              ? 'token-of-ben'
              : token;
          expect(token).toBe(owner);
        }
      }),
      { numRuns: 60 },
    );
    expect(answers).toBeGreaterThan(40);
  },
);
