import type { AlertsState } from '../../../shared/contract/alerts.ts';
import type { TrayModel } from '../../../shared/contract/app.ts';
import type { EngineTotals, OrchestratorStatus, VpnStatus } from '../../../shared/contract/orchestrator.ts';
import type { PortalState } from '../../../shared/contract/portal.ts';
import type { WorkstationList } from '../../../shared/contract/workstations.ts';
import { spanText } from '../../../shared/model/age.ts';
import { everyAlert } from '../../../shared/model/alerts.ts';
import { chipOf, chips } from '../../../shared/model/freshness.ts';
import type { Chip } from '../../../shared/model/freshness.ts';
import type { Reading } from '../../../shared/model/reading.ts';

export type Line = TrayModel['lines'][number];

/** Times in the tray move in these steps, so that it is redrawn only when it must be. */
const quantum = 15_000;
/** Fewer lookups say nothing about the cache; as the rule for a low hit rate has it. */
const fewSamples = 20;

export interface BackendFacts {
  readonly totals: Reading<EngineTotals>;
  readonly orchestrator: Reading<OrchestratorStatus>;
  readonly vpn: Reading<VpnStatus>;
  readonly portal: PortalState;
  /** Asked for by pages alone. */
  readonly workstations: Reading<WorkstationList>;
  readonly paused: boolean;
}

export interface AlertFacts {
  /** Told ones and those that wait to be told, worst first. */
  readonly firing: readonly {
    readonly title: string;
    readonly severity: 'attention' | 'bad';
    /** UTC ms. */
    readonly since: number;
  }[];
  /** UTC ms; null: alerts are not snoozed as a whole. */
  readonly snoozedUntil: number | null;
}

/** What of all alerts the tray tells: those of the connected profile that no other alert stands for. */
export function trayAlerts({ active, silences }: AlertsState): AlertFacts {
  const firing = active
    .filter(({ state, heldBy }) => {
      const elsewhere = heldBy.some(({ by }) => by === 'inhibited' || by === 'not-watched');
      return state !== 'pending' && !elsewhere;
    })
    .map(
      ({ title, severity, since }) =>
        ({ title, severity: severity === 'bad' ? severity : 'attention', since }) as const,
    );
  return { firing, snoozedUntil: silences.find(({ key }) => key === everyAlert)?.until ?? null };
}

/** One line for each backend of the profile, the orchestrator in three. */
export function backendLines(facts: BackendFacts): Line[] {
  return [
    orchestratorLine(facts),
    enginesLine(facts),
    vpnLine(facts),
    ...portalLine(facts.portal),
    ...workstationsLine(facts),
  ];
}

/** What fires, in one line with the time it began, which redraws nothing as an age does, and whether it is told. */
export function alertLines({ firing, snoozedUntil }: AlertFacts, shortTime: (at: number) => string): Line[] {
  const lines: Line[] = [];
  const [first] = firing;
  if (first) {
    const bad = firing.some(({ severity }) => severity === 'bad');
    const many = `${firing.length} ${firing.length === 1 ? 'alert' : 'alerts'} firing`;
    const rest = firing.length > 2 ? ', …' : '';
    const names = firing.slice(0, 2).map(({ title }) => title);
    const since = shortTime(Math.min(...firing.map((one) => one.since)));
    lines.push({
      id: 'alerts',
      text: `${many}: ${names.join(', ')}${rest} · since ${since}`,
      state: bad ? 'bad' : 'attention',
    });
  }
  if (snoozedUntil !== null) {
    lines.push({ id: 'snooze', text: `Alerts snoozed until ${shortTime(snoozedUntil)}`, state: 'neutral' });
  }
  return lines;
}

/**
 * The number of lookups is rounded down, to tens or two digits: it moves with each poll while the five minutes fill, and
 * a tray that is redrawn each time closes under the pointer.
 */
export function hitRateLine({ percent, n }: { readonly percent: number; readonly n: number }): Line {
  const step = Math.max(10, 10 ** (Math.floor(Math.log10(Math.max(1, n))) - 1));
  const known = `${Math.round(percent)} % (n ${Math.floor(n / step) * step})`;
  const words = n === 0 ? '— no requests' : n < fewSamples ? 'few samples' : known;
  return { id: 'hit-rate', text: `Hit rate 5 min: ${words}`, state: 'neutral' };
}

function orchestratorLine({ orchestrator, paused }: BackendFacts): Line {
  const status = orchestrator.value;
  const said = status && isCurrent(orchestrator) ? status.status : null;
  const words = said === null || said === 'healthy' ? [] : [said];
  const own = said === 'unavailable' ? 'bad' : said === 'degraded' ? 'attention' : 'ok';
  return line('orchestrator', 'Orchestrator', orchestrator, paused, words, own);
}

function enginesLine({ totals, orchestrator, paused }: BackendFacts): Line {
  const engines = orchestrator.value?.engines;
  const words =
    isCurrent(orchestrator) && typeof engines?.healthy === 'number' && typeof engines.total === 'number'
      ? [`${engines.healthy} of ${engines.total} healthy`]
      : [];
  return line('engines', 'Engines', totals, paused, words, 'ok');
}

function vpnLine({ vpn, paused }: BackendFacts): Line {
  const value = vpn.value;
  // An old answer says nothing about now: the state is unknown, not the last one.
  if (!value || !isCurrent(vpn)) return line('vpn', 'VPN', vpn, paused, value ? ['state unknown'] : [], 'ok');
  if (value.enabled === false) return line('vpn', 'VPN', vpn, paused, ['not in use'], 'ok');
  if (value.connected === false) return line('vpn', 'VPN', vpn, paused, ['disconnected'], 'bad');
  const exit = value.nodes.find((node) => node.connected)?.country;
  const words = [value.connected ? 'Connected' : 'state not reported', ...(exit ? [exit] : [])];
  if (value.emergency?.active) {
    return line('vpn', 'VPN', vpn, paused, ['emergency mode', ...words], 'attention');
  }
  return line('vpn', 'VPN', vpn, paused, words, 'ok');
}

/** Who is signed in: main asks the portal nothing by itself, so there is no age to tell. */
function portalLine({ connected, users }: PortalState): Line[] {
  if (!connected || users.length === 0) return [];
  const waiting = users.filter(({ needsSignIn }) => needsSignIn).length;
  const signedIn = users.length - waiting;
  const words = [
    ...(signedIn > 0 ? [`${signedIn} ${signedIn === 1 ? 'user' : 'users'} signed in`] : []),
    ...(waiting > 0 ? [`${waiting} ${waiting === 1 ? 'needs' : 'need'} to sign in`] : []),
  ];
  const state = waiting > 0 ? 'attention' : 'ok';
  return [{ id: 'portal', text: `Portal: ${words.join(' · ')}`, state }];
}

/** Nobody watches the list without a page, so however old it is, it decides nothing about the tray's state. */
function workstationsLine({ workstations, paused }: BackendFacts): Line[] {
  const list = workstations.value?.workstations;
  if (!list) return [];
  const online = list.filter(({ status }) => status === 'online').length;
  const words = isCurrent(workstations) ? [`${online} of ${list.length} online`] : ['state unknown'];
  const drawn = line('workstations', 'Workstations', workstations, paused, words, 'ok');
  return [{ ...drawn, state: drawn.state === 'ok' ? 'ok' : 'neutral' }];
}

function line(
  id: string,
  name: string,
  reading: Reading<unknown>,
  paused: boolean,
  words: readonly string[],
  own: Line['state'],
): Line {
  const chip = chipOf(reading, { age: reading.age, paused });
  const text = `${name}: ${[...words, chipText(chip, reading)].join(' · ')}`;
  return { id, text, state: worstOf(own, chipState(chip)) };
}

/** A running load is not worth redrawing the tray for: it stays "Live". */
function chipText(chip: Chip, { age, interval }: Reading<unknown>): string {
  const word = chip.kind === 'updating' ? chips.live.word : chip.word;
  // What is polled once a minute is often a minute old: no reason to count the seconds.
  const step = Math.max(quantum, interval);
  const steps = age === null ? 0 : Math.floor(age / step);
  return steps === 0 ? word : `${word} · ${spanText(steps * step)}`;
}

function chipState(chip: Chip): Line['state'] {
  switch (chip.kind) {
    case 'no-data':
      return 'bad';
    case 'stale':
    case 'failing':
      return 'attention';
    case 'late': // one slow poll is no reason to change the icon
    case 'live':
    case 'updating':
      return 'ok';
    case 'not-loaded':
    case 'not-reported':
    case 'paused':
    case 'last-session':
      return 'neutral';
  }
}

function isCurrent(reading: Reading<unknown>): boolean {
  const kind = chipOf(reading, { age: reading.age, paused: false }).kind;
  return kind === 'live' || kind === 'updating' || kind === 'late';
}

const severity: Readonly<Record<Line['state'], number>> = { neutral: 0, ok: 1, attention: 2, bad: 3 };

function worstOf(a: Line['state'], b: Line['state']): Line['state'] {
  if (a === 'ok' && b === 'neutral') return b;
  return severity[a] >= severity[b] ? a : b;
}

/** The state of the tray under these lines. */
export function worst(lines: readonly Line[]): 'ok' | 'attention' | 'bad' {
  const most = Math.max(...lines.map((one) => severity[one.state]));
  return most === severity.bad ? 'bad' : most === severity.attention ? 'attention' : 'ok';
}
