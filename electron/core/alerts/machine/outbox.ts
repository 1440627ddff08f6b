import type { AppTime, Outgoing, OutgoingItem, Transition } from '../types.ts';
import { tell, wanted, withheld, withhold } from './items.ts';
import type { Circumstances } from './items.ts';
import type { Instance, Waiting } from './memory.ts';
import type { RateLimit } from './rate-limit.ts';

/** An item that could leave now. */
interface Ready {
  readonly instance: Instance;
  readonly waiting: Waiting;
}

/** The order of the items within a message; the first names it. */
const order: readonly OutgoingItem['kind'][] = ['firing', 'unstable', 'still', 'recovered', 'settled'];

/**
 * Gathers what is wanted for a moment and lets it leave as one message: grouping, quiet hours and rate limit. The items
 * that wait are marked on the alerts themselves; here is only when they leave.
 */
export class Outbox {
  readonly #rate: RateLimit;
  #groupDue: AppTime | null;
  #notBefore: AppTime = 0;

  constructor(rate: RateLimit, groupDue: AppTime | null) {
    this.#rate = rate;
    this.#groupDue = groupDue;
  }

  get groupDue(): AppTime | null {
    return this.#groupDue;
  }

  /** What was held back does not leave earlier; may lie in the past. */
  get notBefore(): AppTime {
    return this.#notBefore;
  }

  /** What waits does so anew: the first polls after a sleep or a start may tell that it is over. */
  waitAnew(now: AppTime, groupWait: number): void {
    this.#notBefore = now + groupWait;
    if (this.#groupDue !== null) this.#groupDue = this.#notBefore;
  }

  deliver(
    instances: readonly Instance[],
    about: Circumstances,
  ): { messages: Outgoing[]; records: Transition[] } {
    const records = instances.flatMap((instance) => withhold(instance, about));
    this.#queue(instances, about);
    const groupLeaves = this.#groupDue !== null && about.now >= this.#groupDue;
    if (groupLeaves) this.#groupDue = null;
    const heldLeaves = about.now >= this.#notBefore;
    const ready: Ready[] = [];
    for (const instance of instances) {
      const kinds = wanted(instance, about);
      const leaving = instance.waiting.filter(({ held }) => (held === null ? groupLeaves : heldLeaves));
      for (const waiting of leaving) {
        if (kinds.includes(waiting.kind)) ready.push({ instance, waiting });
        else records.push(...drop(instance, waiting, about));
      }
    }
    const messages = [true, false].flatMap((inAppOnly) => {
      const own = ready.filter(({ instance }) => instance.inAppOnly === inAppOnly);
      return this.#leave(own, inAppOnly, about, records);
    });
    return { messages, records };
  }

  #queue(instances: readonly Instance[], about: Circumstances): void {
    for (const instance of instances) {
      for (const kind of wanted(instance, about)) {
        if (instance.waiting.some((one) => one.kind === kind)) continue;
        instance.waiting.push({ kind, held: null });
        this.#groupDue ??= about.now + about.times.groupWait;
      }
    }
  }

  #leave(ready: Ready[], inAppOnly: boolean, about: Circumstances, records: Transition[]): Outgoing[] {
    if (ready.length === 0) return [];
    const { now, times } = about;
    // What no notification shows needs no token.
    const limited = !inAppOnly && now < this.#rate.nextAt(times);
    const hold = about.quietUntil !== null ? 'quiet-hours' : limited ? 'rate-limit' : null;
    if (hold) {
      for (const { instance, waiting } of ready) {
        if (waiting.held !== null) continue;
        waiting.held = hold;
        records.push(withheld(instance, waiting.kind, hold, now));
      }
      return [];
    }
    if (!inAppOnly) this.#rate.spend(now, times);
    return [send(ready, inAppOnly, about)];
  }
}

function send(ready: Ready[], inAppOnly: boolean, about: Circumstances): Outgoing {
  const holds = new Set(ready.map(({ waiting }) => waiting.held));
  const held = holds.has('quiet-hours') ? 'quiet-hours' : holds.has('rate-limit') ? 'rate-limit' : null;
  const items = ready.map(({ instance, waiting }) => {
    instance.waiting = instance.waiting.filter((one) => one !== waiting);
    return tell(instance, waiting.kind, about);
  });
  const parents = new Set(
    items.filter(({ kind }) => kind === 'firing').map(({ key }) => about.mutes.parentOf(key)),
  );
  const rank = ({ kind, key }: OutgoingItem): number =>
    kind === 'recovered' && parents.has(key) ? -1 : order.indexOf(kind);
  items.sort((a, b) => rank(a) - rank(b));
  const kind = held ? 'digest' : (items[0]?.kind ?? 'digest');
  return { kind, at: about.now, items, held, inAppOnly };
}

/** It is no longer true, or muted meanwhile: the history has the latter of an alert that was never told. */
function drop(instance: Instance, waiting: Waiting, about: Circumstances): Transition[] {
  instance.waiting = instance.waiting.filter((one) => one !== waiting);
  const known = waiting.kind === 'recovered' || (waiting.kind === 'firing' && instance.incident?.muted);
  if (known) return [];
  const why = about.mutes.of(instance.key) ?? about.unwatched ?? 'over';
  return [withheld(instance, waiting.kind, why, about.now)];
}
