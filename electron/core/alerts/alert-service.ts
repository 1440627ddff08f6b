import { isDeepStrictEqual } from 'node:util';
import type { AlertsState } from '../../../shared/contract/alerts.ts';
import type { Profile } from '../../../shared/contract/profiles.ts';
import type { Settings } from '../../../shared/contract/settings.ts';
import { alertRules, everyAlert } from '../../../shared/model/alerts.ts';
import type { SnoozeChoice } from '../../../shared/model/alerts.ts';
import { watchedResources } from '../../../shared/model/resources.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import type { Clock } from '../clock.ts';
import { Feed } from '../feed.ts';
import type { AlertHistory } from '../history/store/guarded-alerts.ts';
import type { BackendRequest } from '../status/loads.ts';
import { alertsState } from './alert-list.ts';
import type { FrozenProfile } from './alert-list.ts';
import { AlertRecords } from './alert-records.ts';
import { AlertSight } from './alert-sight.ts';
import type { AlertReads, Sight } from './alert-sight.ts';
import { AppClock } from './app-clock.ts';
import type { Delivery } from './delivery.ts';
import { AlertMachine } from './machine/alert-engine.ts';
import type { MachinePlan } from './machine/api.ts';
import { nextMorning, quietUntil } from './quiet-hours.ts';
import { partsOfAlertKey } from './rules/key.ts';
import { ValueRules } from './rules/value-rules.ts';
import type { ValueJudgement } from './rules/value-rules.ts';
import { SavedAlerts } from './saved-alerts.ts';
import type { AppTime } from './types.ts';
import type { WordSources } from './words/facts.ts';
import { messageText } from './words/message.ts';

const minute = 60_000;
/** ms between two pushes of which only ages in sentences are new. */
const agesEvery = 5000;
/** ms after waking in which a network may not be up yet: that nothing answers in them says nothing of the backend. */
const wakingFor = 5000;

export interface AlertServiceOptions {
  readonly clock: Clock;
  readonly profile: Pick<Profile, 'id' | 'name' | 'kind'>;
  /** null: there is no such profile. */
  readonly nameOf: (profileId: string) => string | null;
  readonly settings: () => Settings;
  readonly history: AlertHistory;
  readonly delivery: Delivery;
  readonly clean: (text: string) => string;
  /** Whether the machine has a network at all. */
  readonly online: () => boolean;
  /** What the poll interval is multiplied with now. */
  readonly stretch: () => number;
  /** Writes a UTC ms as HH:MM:SS where the operator is. */
  readonly timeOfDay: (at: number) => string;
  readonly reads: AlertReads;
}

/** The alerts of one connected profile: feeds the machine, puts into words what it says, and keeps it. */
export class AlertService {
  readonly state: Feed<AlertsState>;
  readonly #options: AlertServiceOptions;
  readonly #time: AppClock;
  readonly #machine: AlertMachine;
  readonly #values: ValueRules;
  readonly #saved: SavedAlerts;
  readonly #records: AlertRecords;
  readonly #frozen: readonly FrozenProfile[];
  readonly #eyes: AlertSight;
  /** As of the last tick. */
  #sight: Sight;
  #plan: MachinePlan;
  #rules: Settings['alertRules'];
  #judged: readonly ValueJudgement[] = [];
  #quietUntil: AppTime | null = null;
  #watchedSince: AppTime;
  #wasHeld = false;
  #pushedAt: AppTime = -Infinity;
  #rearmedAt: AppTime = -Infinity;

  constructor(options: AlertServiceOptions) {
    const { clock, profile, history, clean } = options;
    this.#options = options;
    this.#saved = new SavedAlerts(profile.id, history);
    const memory = this.#saved.read();
    this.#frozen = this.#saved.others();
    this.#time = new AppClock(clock, memory?.at);
    this.#watchedSince = this.#time.now();
    this.#rules = options.settings().alertRules;
    this.#eyes = new AlertSight(options);
    this.#sight = this.#eyes.look(this.#time.now());
    this.#plan = this.#sight.plan;
    this.#machine = new AlertMachine(this.#plan, this.#time.now(), memory);
    this.#values = new ValueRules(profile.id, this.#sight.parameters);
    this.#records = new AlertRecords({ profile, history, clean });
    this.state = new Feed(this.#stateNow());
  }

  /** A load ended. */
  ended({ resource, ms, outcome, transport }: BackendRequest): void {
    const source = watchedResources.find((one) => one === resource);
    // Nobody waited any more: it says nothing of the backend.
    if (!source || outcome === 'cancelled') return;
    const startedAt = this.#time.now() - ms;
    if (transport && startedAt < this.#rearmedAt + wakingFor) return;
    this.#machine.polled(source, startedAt, outcome === 'ok' ? 'ok' : { code: outcome, transport });
  }

  /** To be called once a second. */
  tick(): void {
    const { settings, online, clock } = this.#options;
    const { now, gap } = this.#time.tick();
    const { paused, offline } = this.#machine.view();
    if (gap > 0 || this.#wasHeld) this.#watchedSince = now;
    this.#wasHeld = paused || offline;
    this.#sight = this.#eyes.look(now);
    this.#configure(now);
    this.#judged = this.#sight.paused ? [] : this.#values.judge(this.#sight.input, this.#sight.parameters);
    const { quietHours, timeZone } = settings();
    const quiet = quietUntil(clock.wall(), quietHours, timeZone);
    this.#quietUntil = quiet === null ? null : this.#time.ofWall(quiet);
    const { messages, records } = this.#machine.tick({
      now,
      judgements: this.#judged,
      paused: this.#sight.paused,
      online: online(),
      quietUntil: this.#quietUntil,
    });
    const words = this.#words;
    for (const one of records) this.#records.transition(one, words, this.#time.wallOf(one.at));
    for (const one of messages) {
      const { delivery, profile } = this.#options;
      delivery.send({ ...messageText(one, words), kind: one.kind }, profile, one.inAppOnly);
    }
    this.#saved.writeChanges(this.#machine.export());
    this.#push(now);
  }

  /** The computer was asleep, or something else makes ages so far count for nothing. */
  rearm(): void {
    this.#watchedSince = this.#time.now();
    this.#rearmedAt = this.#watchedSince;
    this.#machine.rearm(this.#watchedSince);
  }

  /**
   * Mutes an alert, one that may come, or all.
   * @throws RpcError `not-found` for what is no alert of this profile, `bad-request` for all until they recover
   */
  snooze(key: string, choice: SnoozeChoice): { readonly until: number | null } {
    if (key !== everyAlert && !this.#sight.rules.some((rule) => rule.key === key)) {
      throw new RpcError('not-found', 'The connected profile has no such alert.');
    }
    if (key === everyAlert && choice === 'recovered') {
      throw new RpcError('bad-request', 'All alerts can be snoozed for a time only.', ['until']);
    }
    const { clock, timeOfDay } = this.#options;
    const now = this.#time.now();
    const end = this.#endOfSnooze(choice, now);
    this.#machine.snooze(key, end, now);
    const until = end === null ? null : this.#time.wallOf(end);
    this.#records.snoozed(key, until === null ? null : timeOfDay(until).slice(0, 5), clock.wall());
    this.#changed(now);
    return { until };
  }

  /** Ends a snooze; without one nothing happens. */
  unsnooze(key: string): void {
    if (!this.#machine.view().snoozes.some((one) => one.key === key)) return;
    this.#machine.unsnooze(key);
    this.#records.unsnoozed(key, this.#options.clock.wall());
    this.#changed(this.#time.now());
  }

  /** Keeps where everything is. Nothing may be called after it. */
  stop(): void {
    this.#saved.write(this.#machine.export());
  }

  get #words(): WordSources {
    const { profile, clock, timeOfDay } = this.#options;
    const { input, parameters, times } = this.#sight;
    const watchedFor = this.#time.now() - this.#watchedSince;
    const facts = { profile: profile.name, input, parameters, watchedFor };
    return {
      factsOf: (key) => (partsOfAlertKey(key)?.profileId === profile.id ? facts : null),
      timeOfDay,
      now: clock.wall(),
      times,
    };
  }

  /** Takes up what the operator or the backend has changed since the last tick. */
  #configure(now: AppTime): void {
    const { alertRules: rules } = this.#options.settings();
    const edited = alertRules.filter((rule) => !isDeepStrictEqual(rules[rule], this.#rules[rule]));
    this.#rules = rules;
    const { plan } = this.#sight;
    if (edited.length === 0 && isDeepStrictEqual(plan, this.#plan)) return;
    this.#plan = plan;
    this.#machine.configure(plan, now, edited);
  }

  #endOfSnooze(choice: SnoozeChoice, now: AppTime): AppTime | null {
    const { clock, settings } = this.#options;
    switch (choice) {
      case '15m':
        return now + 15 * minute;
      case '1h':
        return now + 60 * minute;
      case 'morning':
        return this.#time.ofWall(nextMorning(clock.wall(), settings().timeZone));
      case 'recovered':
        return null;
    }
  }

  #stateNow(): AlertsState {
    return alertsState({
      profile: this.#options.profile.name,
      view: this.#machine.view(),
      frozen: this.#frozen,
      nameOf: this.#options.nameOf,
      rules: this.#sight.rules,
      shown: new Map(this.#judged.map(({ key, shown }) => [key, shown])),
      quietUntil: this.#quietUntil,
      demoTimes: this.#options.profile.kind === 'demo',
      words: this.#words,
      clean: this.#options.clean,
      wallOf: (time) => this.#time.wallOf(time),
    });
  }

  #changed(now: AppTime): void {
    this.#saved.writeChanges(this.#machine.export());
    this.#push(now);
  }

  /** Tells pages at once what is another than before, and now and then how old everything has become. */
  #push(now: AppTime): void {
    const next = this.#stateNow();
    if (isDeepStrictEqual(next, this.state.value)) return;
    const onlyAges = isDeepStrictEqual(withoutAges(next), withoutAges(this.state.value));
    if (onlyAges && now - this.#pushedAt < agesEvery) return;
    this.#pushedAt = now;
    this.state.set(next);
  }
}

function withoutAges({ active, ...rest }: AlertsState): unknown {
  return { ...rest, active: active.map((alert) => ({ ...alert, detail: '' })) };
}
