import type { AlertRule } from '../../../../shared/model/alerts.ts';
import type { AppTime, Judgement, Transition } from '../types.ts';
import type { LiveAlert, MachinePlan, MachineView, PollOutcome, TickInput, TickOutput } from './api.ts';
import { countEntry, forgetEntries, settle } from './flapping.ts';
import { dropPending, isIdle, isLive, newInstance, postpone, step } from './incident.ts';
import { withheld } from './items.ts';
import type { Circumstances } from './items.ts';
import type { AlertMemory, Instance } from './memory.ts';
import { Mutes } from './mutes.ts';
import { Outbox } from './outbox.ts';
import { RateLimit } from './rate-limit.ts';
import { Snoozes } from './snoozes.ts';
import { Sources } from './sources.ts';
import { viewOf } from './view.ts';

/** ms between two ticks from which the computer was asleep. */
const gapFrom = 10_000;

/**
 * The alerts of one profile: a machine without clock, files or network. It is fed each load as it ends and, each
 * second, what else is known; it answers what to tell and what to write down. Starting it, also from what an earlier
 * run has stored, drops what was pending and judges sources from now on, but leaves alone what fires.
 */
export class AlertMachine {
  readonly #instances = new Map<string, Instance>();
  readonly #sources: Sources;
  readonly #snoozes: Snoozes;
  readonly #mutes: Mutes;
  readonly #rate: RateLimit;
  readonly #outbox: Outbox;
  readonly #isLive = (key: string): boolean => isLive(this.#instances.get(key));
  #plan: MachinePlan;
  /** Of the last tick. */
  #at: AppTime;
  #judgements: Judgement[] = [];
  #unwatched: Circumstances['unwatched'] = null;
  #quietUntil: AppTime | null = null;

  /**
   * @param now when the app started or the profile was connected
   * @param memory where an earlier run left the profile; null: there was none
   */
  constructor(plan: MachinePlan, now: AppTime, memory: AlertMemory | null) {
    this.#plan = plan;
    this.#at = Math.max(now, memory?.at ?? now);
    for (const instance of structuredClone(memory?.instances ?? [])) {
      this.#instances.set(instance.key, instance);
    }
    this.#sources = new Sources(plan.profileId, plan.sources, this.#at, memory?.sources ?? []);
    this.#snoozes = new Snoozes(memory?.snoozes ?? []);
    this.#mutes = new Mutes(this.#snoozes, this.#isLive, memory?.parents ?? []);
    this.#rate = new RateLimit(memory?.rateSpent ?? 0);
    this.#outbox = new Outbox(this.#rate, memory?.groupDue ?? null);
    this.#rearm(memory ? this.#at - memory.at : 0);
    this.#outbox.waitAnew(this.#at, plan.times.groupWait);
  }

  /**
   * A load ended; to be told before the tick it is to count in.
   * @param at when it *started*
   */
  polled(source: string, at: AppTime, outcome: PollOutcome): void {
    this.#sources.polled(source, at, outcome);
  }

  /** Once a second. More than 10 s since the tick before was sleep. */
  tick(input: TickInput): TickOutput {
    const span = this.#advance(input.now);
    this.#snoozes.expire(this.#at);
    this.#quietUntil = input.quietUntil;
    const before = this.#unwatched;
    const offline = !input.online && this.#sources.noneReached;
    this.#unwatched = input.paused ? 'paused' : offline ? 'offline' : null;
    const gap = span > gapFrom;
    const missed = gap || before !== null || this.#unwatched !== null;
    if (missed) this.#rearm(span);
    if (gap) this.#sleep(span);
    const records = this.#unwatched ? [] : this.#judge(input.judgements, missed ? 0 : span);
    if (this.#unwatched) this.#judgements = [];
    const instances = [...this.#instances.values()];
    const sent = this.#outbox.deliver(instances, this.#circumstances());
    for (const { key, kind } of records) if (kind === 'resolved') this.#snoozes.recovered(key);
    for (const instance of instances) if (isIdle(instance)) this.#instances.delete(instance.key);
    return { messages: sent.messages, records: [...records, ...sent.records] };
  }

  /** Where everything is, as the last tick left it. */
  view(): MachineView {
    const instances = [...this.#instances.values()];
    const context = {
      ...this.#circumstances(),
      judgements: new Map(this.#judgements.map((judgement) => [judgement.key, judgement])),
      groupDue: this.#outbox.groupDue,
      notBefore: this.#outbox.notBefore,
      rateNextAt: this.#rate.nextAt(this.#plan.times),
    };
    return {
      alerts: instances
        .map((instance) => viewOf(instance, context))
        .filter((alert): alert is LiveAlert => alert !== null),
      held: instances.flatMap(({ waiting }) => waiting.filter(({ held }) => held !== null)).length,
      snoozes: this.#snoozes.list(),
      judgements: this.#judgements,
      paused: this.#unwatched === 'paused',
      offline: this.#unwatched === 'offline',
    };
  }

  /** The computer woke, whether or not ticks show it: what is ok or pending starts anew. */
  rearm(now: AppTime): void {
    const span = now - this.#at;
    const slept = span > gapFrom ? this.#advance(now) : 0;
    this.#rearm(slept);
    this.#sleep(slept);
    this.#unwatched = null;
  }

  /**
   * Goes by another plan of the same profile. What is pending starts anew if it is of an `edited` rule, or if the
   * interval changed that it is judged by.
   */
  configure(plan: MachinePlan, now: AppTime, edited: readonly AlertRule[]): void {
    this.#plan = plan;
    const anew = this.#sources.replace(plan.sources, now, this.#isLive);
    for (const instance of this.#instances.values()) {
      if (edited.includes(instance.rule) || anew.has(instance.key)) dropPending(instance, this.#at);
    }
  }

  /** Mutes an alert's key, or `*`, until a time or (null) until the alert is over. Later wins. */
  snooze(key: string, until: AppTime | null, now: AppTime): void {
    this.#snoozes.set(key, until, now);
  }

  unsnooze(key: string): void {
    this.#snoozes.delete(key);
  }

  /** Plain JSON for the next machine of this profile, once `alertMemory` has checked it. */
  export(): AlertMemory {
    return {
      version: 1,
      at: this.#at,
      instances: structuredClone([...this.#instances.values()]),
      sources: this.#sources.export(),
      parents: this.#mutes.export(),
      snoozes: this.#snoozes.list(),
      groupDue: this.#outbox.groupDue,
      rateSpent: this.#rate.export(),
    };
  }

  /** Returns the ms since the last tick; time never goes back. */
  #advance(now: AppTime): number {
    const span = Math.max(0, now - this.#at);
    this.#at += span;
    return span;
  }

  /** What is ok or pending starts anew; `away` ms that were not watched count for nothing else either. */
  #rearm(away: number): void {
    for (const instance of this.#instances.values()) {
      dropPending(instance, this.#at);
      postpone(instance, away);
    }
    this.#sources.rearm(this.#at, away, this.#isLive);
  }

  /** No reminder comes earlier by `span` ms of sleep. */
  #sleep(span: number): void {
    this.#outbox.waitAnew(this.#at, this.#plan.times.groupWait);
    for (const { incident } of this.#instances.values()) {
      if (incident && incident.remindAt !== null) incident.remindAt += span;
    }
  }

  #judge(others: readonly Judgement[], span: number): Transition[] {
    const { rules, times } = this.#plan;
    const now = this.#at;
    const live = new Set([...this.#instances.keys()].filter(this.#isLive));
    this.#judgements = [...this.#sources.judge(now, rules), ...others];
    const records = this.#endOthers();
    const fired: Instance[] = [];
    for (const judgement of this.#judgements) {
      const { key, rule } = judgement;
      const instance = this.#instances.get(key) ?? newInstance(judgement, now);
      const { since, countFrom: until } = instance.incident ?? { since: now, countFrom: now };
      const kind = step(instance, judgement, now, span);
      if (instance.incident) this.#instances.set(key, instance);
      if (kind) records.push({ at: now, key, rule, kind, why: null, message: null, since, until });
      if (kind === 'fired') fired.push(instance);
    }
    this.#mutes.update(this.#judgements, live);
    // What its parent tells does not make an alert of its own unstable.
    for (const instance of fired) if (!this.#mutes.inhibited(instance.key)) countEntry(instance, now, times);
    for (const instance of this.#instances.values()) {
      settle(instance, now, times);
      forgetEntries(instance, now, times);
    }
    return records;
  }

  /** Ends without a word what nobody judges any more: its rule is off, or what it watched is gone. */
  #endOthers(): Transition[] {
    const judged = new Set(this.#judgements.map(({ key }) => key));
    const ended = [...this.#instances.values()].filter(({ key }) => !judged.has(key));
    return ended.flatMap((instance) => {
      const { key, rule, incident, owed } = instance;
      const at = this.#at;
      this.#instances.delete(key);
      const records: Transition[] = owed ? [withheld(instance, 'recovered', 'off', at, owed.since)] : [];
      if (!incident || !isLive(instance)) return records;
      const { since } = incident;
      return [...records, { at, key, rule, kind: 'resolved', why: 'off', message: null, since, until: at }];
    });
  }

  #circumstances(): Circumstances {
    return {
      now: this.#at,
      times: this.#plan.times,
      mutes: this.#mutes,
      unwatched: this.#unwatched,
      quietUntil: this.#quietUntil,
    };
  }
}
