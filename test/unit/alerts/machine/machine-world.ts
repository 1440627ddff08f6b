import { AlertMachine } from '../../../../electron/core/alerts/machine/alert-engine.ts';
import type { LiveAlert, MachinePlan, PollOutcome } from '../../../../electron/core/alerts/machine/api.ts';
import { alertMemory } from '../../../../electron/core/alerts/machine/memory.ts';
import type { AlertTimes, Judgement, Outgoing, Transition } from '../../../../electron/core/alerts/types.ts';

const second = 1000;
const minute = 60 * second;
const pollEvery = 5;

export const times: AlertTimes = {
  groupWait: 5 * second,
  repeat: 30 * minute,
  repeatMost: 240 * minute,
  reminders: 5,
  flapWindow: 15 * minute,
  flapEntries: 3,
  flapCalm: 15 * minute,
  rateBurst: 3,
  rateEvery: minute,
};

export const refused: PollOutcome = { code: 'unreachable', transport: true };
export const error500: PollOutcome = { code: 'server-error', transport: false };

/** The three watched sources of ALERTS, 7, or others of the same backend. Polled every 5 s. */
export function planOf(names: readonly string[] = ['engines', 'orchestrator', 'vpn']): MachinePlan {
  return {
    profileId: 'p',
    sources: names.map((source) => ({ source, backend: 'orchestrator', interval: pollEvery * second })),
    rules: {
      on: { stale: true, unreachable: true },
      forMs: { stale: 15 * second, unreachable: 15 * second },
      clearMs: 15 * second,
      stalePolls: 6,
    },
    times,
  };
}

/** A judgement of a value rule as the rules hand it over. */
export function valueJudgement(rest: Partial<Judgement> = {}): Judgement {
  return {
    key: 'p/engines-unhealthy/orchestrator',
    rule: 'engines-unhealthy',
    condition: false,
    goodPolls: 2,
    forMs: 15 * second,
    clearMs: 15 * second,
    parent: 'p/unreachable/orchestrator',
    inAppOnly: false,
    ...rest,
  };
}

interface Fault {
  readonly source: string;
  readonly from: number;
  readonly to: number;
  readonly outcome: PollOutcome;
}

/**
 * The harness of ALERTS, 7: polls every 5 s, a tick every second, in a tick the order is polls, conditions, delivery.
 * Times are seconds, from 0.
 */
export class MachineWorld {
  machine: AlertMachine;
  /** The second that was ticked last. */
  t = -1;
  paused = false;
  online = true;
  quietUntil: number | null = null;
  /** What the value rules say at a second. */
  judge: (t: number) => Judgement[] = () => [];
  /** Whether a source is polled at a second. */
  polls: (t: number, source: string) => boolean = (t) => t % pollEvery === 0;
  plan: MachinePlan;
  readonly messages: Outgoing[] = [];
  readonly records: Transition[] = [];
  /** Each change of an alert's state: `130 stale/vpn pending`. */
  readonly states: string[] = [];
  readonly #faults: Fault[] = [];
  readonly #last = new Map<string, string>();

  constructor(plan: MachinePlan = planOf()) {
    this.plan = plan;
    this.machine = new AlertMachine(plan, 0, null);
  }

  /** Its polls from `from` until before `to` come to `outcome`; the later call counts. */
  fails(sources: string | readonly string[], from: number, to = Infinity, outcome = error500): this {
    for (const source of [sources].flat()) this.#faults.push({ source, from, to, outcome });
    return this;
  }

  /** Ticks every second up to and with `end`. */
  to(end: number): this {
    while (this.t < end) this.tickAt(this.t + 1);
    return this;
  }

  /** Ticks at `t`, whatever was before. */
  tickAt(t: number): void {
    this.t = t;
    for (const { source } of this.plan.sources) {
      if (!this.paused && this.polls(t, source)) this.poll(source);
    }
    const { messages, records } = this.machine.tick({
      now: t * second,
      judgements: this.judge(t),
      paused: this.paused,
      online: this.online,
      quietUntil: this.quietUntil === null ? null : this.quietUntil * second,
    });
    this.messages.push(...messages);
    this.records.push(...records);
    this.#noteStates();
  }

  poll(source: string): void {
    const fault = this.#faults.findLast(
      (one) => one.source === source && one.from <= this.t && this.t < one.to,
    );
    this.machine.polled(source, this.t * second, fault?.outcome ?? 'ok');
  }

  /** The computer sleeps until `end`. @param told a power event says that it woke */
  sleep(end: number, told: boolean): this {
    if (told) this.machine.rearm(end * second);
    this.tickAt(end);
    return this;
  }

  /** Leaves the app and starts it at `at` from what was stored; its first tick comes with the next `to`. */
  restart(at: number): this {
    const stored: unknown = JSON.parse(JSON.stringify(this.machine.export()));
    this.machine = new AlertMachine(this.plan, at * second, alertMemory.parse(stored));
    this.t = at - 1;
    return this;
  }

  snooze(key: string, until: number | null): this {
    this.machine.snooze(key, until === null ? null : until * second, this.t * second);
    return this;
  }

  alert(key: string): LiveAlert | undefined {
    return this.machine.view().alerts.find((one) => one.key === key);
  }

  /** What was told: `150 firing: firing stale/vpn`. */
  get told(): string[] {
    return this.messages.map(({ at, kind, items }) => {
      const list = items.map((item) => `${item.kind} ${short(item.key)}`).join(', ');
      return `${at / second} ${kind}: ${list}`;
    });
  }

  /** What the history has: `145 fired stale/vpn`; of what was withheld, also what and why. */
  get written(): string[] {
    return this.records.map(({ at, kind, key, message, why }) =>
      [at / second, kind, short(key), message, why].filter((part) => part !== null).join(' '),
    );
  }

  #noteStates(): void {
    const now = new Map(this.machine.view().alerts.map(({ key, state }) => [key, state as string]));
    for (const key of new Set([...this.#last.keys(), ...now.keys()])) {
      const state = now.get(key) ?? 'ok';
      if (state !== (this.#last.get(key) ?? 'ok')) this.states.push(`${this.t} ${short(key)} ${state}`);
      this.#last.set(key, state);
    }
  }
}

/** `stale/vpn` of `p/stale/vpn`; backends by their rule alone. */
function short(key: string): string {
  return key.replace(/^p\//, '').replace(/\/orchestrator$/, (part) => (key.includes('stale') ? part : ''));
}
