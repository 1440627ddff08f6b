import type { Alert, AlertsState, RuleState, Silence } from '../../../shared/contract/alerts.ts';
import { ruleSeverities } from '../../../shared/model/alerts.ts';
import type { AlertRule, AlertState } from '../../../shared/model/alerts.ts';
import type { LiveAlert, MachineView, Snooze } from './machine/api.ts';
import type { AlertMemory } from './machine/memory.ts';
import type { RuleInWords } from './rules/in-words.ts';
import { partsOfAlertKey } from './rules/key.ts';
import type { AppTime } from './types.ts';
import { alertDetail } from './words/detail.ts';
import type { WordSources } from './words/facts.ts';
import { fitBody, fitTitle } from './words/fit.ts';
import { holdText } from './words/holds.ts';
import { alertTitle, silenceTitle } from './words/names.ts';

/** The most the contract lets a list be. */
const mostListed = 100;

/** Where a profile that is not connected was left. */
export interface FrozenProfile {
  readonly profileId: string;
  readonly state: AlertMemory;
}

/** What the page's state is made of. */
export interface ListSources {
  readonly profile: string;
  readonly view: MachineView;
  readonly frozen: readonly FrozenProfile[];
  /** null: there is no such profile any more. */
  readonly nameOf: (profileId: string) => string | null;
  readonly rules: readonly RuleInWords[];
  /** What the value rules show; the others are shown as they were judged. */
  readonly shown: ReadonlyMap<string, RuleState['condition']>;
  readonly quietUntil: AppTime | null;
  readonly demoTimes: boolean;
  readonly words: WordSources;
  /** Makes secrets unreadable: what a server calls its VPNs may be in a sentence. */
  readonly clean: (text: string) => string;
  /** UTC ms of a time of the machine. */
  readonly wallOf: (time: AppTime) => number;
}

/** Everything pages are told of alerts but their messages. */
export function alertsState(sources: ListSources): AlertsState {
  const { view, frozen, rules, quietUntil, demoTimes, wallOf } = sources;
  const own = view.alerts.map((live) => liveAlert(live, sources)).toSorted(worstFirst);
  const others = frozen.flatMap((one) => frozenAlerts(one, sources)).toSorted(worstFirst);
  return {
    active: [...own, ...others].slice(0, mostListed),
    silences: view.snoozes.slice(0, mostListed).map((snooze) => silence(snooze, wallOf)),
    rules: rules.map((rule) => ({ ...rule, condition: conditionOf(rule, sources) })),
    firing: own.filter(({ state }) => state !== 'pending').length,
    quietUntil: quietUntil === null ? null : wallOf(quietUntil),
    held: view.held,
    demoTimes,
  };
}

function liveAlert(live: LiveAlert, sources: ListSources): Alert {
  const { profile, view, words, wallOf } = sources;
  const parent = view.judgements.find(({ key }) => key === live.key)?.parent ?? null;
  const heldBy = live.heldBy.map(({ by, until }) => {
    const at = until === null ? null : wallOf(until);
    const { timeOfDay, times } = words;
    const parentRule = parent === null ? null : (partsOfAlertKey(parent)?.rule ?? null);
    return {
      by,
      until: at,
      text: holdText({ by, until: at, parent: parentRule, flapCalm: times.flapCalm, timeOfDay }),
    };
  });
  return {
    ...named(live.key, live.rule, sources),
    profile,
    state: live.state,
    since: wallOf(live.since),
    announcedAt: live.announcedAt === null ? null : wallOf(live.announcedAt),
    reminders: { sent: live.reminders, of: words.times.reminders },
    next: live.next && { what: live.next.what, at: wallOf(live.next.at) },
    heldBy,
  };
}

/** The alerts of a profile that is not connected; what was pending begins anew with it. */
function frozenAlerts({ profileId, state: memory }: FrozenProfile, sources: ListSources): Alert[] {
  const { nameOf, words, wallOf } = sources;
  const name = nameOf(profileId);
  if (name === null) return [];
  const { times, timeOfDay } = words;
  const text = holdText({
    by: 'not-watched',
    until: null,
    parent: null,
    flapCalm: times.flapCalm,
    timeOfDay,
  });
  return memory.instances.flatMap(({ key, rule, incident }) => {
    if (!incident || incident.state === 'pending') return [];
    const { state, since, announcedAt, reminders } = incident;
    return {
      ...named(key, rule, sources),
      profile: name,
      state,
      since: wallOf(since),
      announcedAt: announcedAt === null ? null : wallOf(announcedAt),
      reminders: { sent: reminders, of: times.reminders },
      next: null,
      heldBy: [{ by: 'not-watched' as const, until: null, text }],
    };
  });
}

function named(
  key: string,
  rule: AlertRule,
  { words, clean }: ListSources,
): Pick<Alert, 'key' | 'rule' | 'severity' | 'title' | 'detail'> {
  const parts = partsOfAlertKey(key);
  const facts = words.factsOf(key);
  return {
    key,
    rule,
    severity: ruleSeverities[rule],
    title: fitTitle(clean(parts ? alertTitle(parts, facts) : silenceTitle(key))),
    detail: fitBody(clean(parts ? alertDetail(parts, facts, words) : '')),
  };
}

function silence({ key, since, until }: Snooze, wallOf: ListSources['wallOf']): Silence {
  return {
    key,
    title: silenceTitle(key),
    since: wallOf(since),
    until: until === null ? null : wallOf(until),
  };
}

function conditionOf({ key, on }: RuleInWords, { view, shown }: ListSources): RuleState['condition'] {
  if (!on || view.paused || view.offline) return 'not-judged';
  const judgement = view.judgements.find((one) => one.key === key);
  if (!judgement) return 'not-judged';
  const own = judgement.condition === null ? 'unknown' : judgement.condition ? 'true' : 'false';
  return shown.get(key) ?? own;
}

const stateOrder: Readonly<Record<AlertState, number>> = { firing: 0, recovering: 1, pending: 2 };

function worstFirst(a: Alert, b: Alert): number {
  const severity = Number(b.severity === 'bad') - Number(a.severity === 'bad');
  return severity || stateOrder[a.state] - stateOrder[b.state] || a.since - b.since;
}
