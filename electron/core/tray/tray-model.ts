import type { TrayModel } from '../../../shared/contract/app.ts';
import type { EngineTotals, OrchestratorStatus, VpnStatus } from '../../../shared/contract/orchestrator.ts';
import { spanText } from '../../../shared/model/age.ts';
import { chipOf, chips } from '../../../shared/model/freshness.ts';
import type { Chip } from '../../../shared/model/freshness.ts';
import type { Reading } from '../../../shared/model/reading.ts';

/** Times in the tray move in these steps, so that it is redrawn only when it must be. */
const quantum = 15_000;

export interface TrayFacts {
  readonly totals: Reading<EngineTotals>;
  readonly orchestrator: Reading<OrchestratorStatus>;
  readonly vpn: Reading<VpnStatus>;
  readonly paused: boolean;
  readonly refreshing: boolean;
  readonly hitRate5m: { readonly percent: number; readonly n: number };
  readonly canQuit: boolean;
}

type Line = TrayModel['lines'][number];

/** The tray in words: its state is that of its worst line. */
export function trayModel(facts: TrayFacts): TrayModel {
  const lines = [orchestratorLine(facts), enginesLine(facts), vpnLine(facts)];
  const state = facts.paused ? 'paused' : worst(lines);
  const troubled = lines.find((line) => line.state === state);
  const unknown = [facts.orchestrator, facts.totals, facts.vpn].some(
    (one) => one.supported && one.age === null,
  );
  const calm = unknown ? 'Waiting for the first replies' : 'All sources live';
  const headline = facts.paused ? 'Paused' : state === 'ok' ? calm : (troubled?.text ?? '');
  return {
    state,
    tooltip: `Cachedeck: ${headline}`,
    lines: [...lines, hitRateLine(facts.hitRate5m)],
    actions: [
      { id: 'refresh', label: 'Force refresh', enabled: !facts.refreshing, choices: [] },
      facts.paused
        ? { id: 'resume', label: 'Resume', enabled: true, choices: [] }
        : { id: 'pause', label: 'Pause', enabled: true, choices: [] },
      { id: 'open', label: 'Open Cachedeck', enabled: true, choices: [] },
      { id: 'quit', label: 'Quit', enabled: facts.canQuit, choices: [] },
    ],
  };
}

function orchestratorLine({ orchestrator, paused }: TrayFacts): Line {
  const status = orchestrator.value;
  const said = status && isCurrent(orchestrator) ? status.status : null;
  const words = said === null || said === 'healthy' ? [] : [said];
  const own = said === 'unavailable' ? 'bad' : said === 'degraded' ? 'attention' : 'ok';
  return line('orchestrator', 'Orchestrator', orchestrator, paused, words, own);
}

function enginesLine({ totals, orchestrator, paused }: TrayFacts): Line {
  const engines = orchestrator.value?.engines;
  const words =
    isCurrent(orchestrator) && typeof engines?.healthy === 'number' && typeof engines.total === 'number'
      ? [`${engines.healthy} of ${engines.total} healthy`]
      : [];
  return line('engines', 'Engines', totals, paused, words, 'ok');
}

function vpnLine({ vpn, paused }: TrayFacts): Line {
  const value = vpn.value;
  // An old answer says nothing about now: the state is unknown, not the last one.
  if (!value || !isCurrent(vpn)) return line('vpn', 'VPN', vpn, paused, value ? ['state unknown'] : [], 'ok');
  if (value.enabled === false) return line('vpn', 'VPN', vpn, paused, ['not in use'], 'ok');
  if (value.connected === false) return line('vpn', 'VPN', vpn, paused, ['disconnected'], 'bad');
  const exit = value.nodes.find((node) => node.connected)?.country;
  const words = [value.connected ? 'Connected' : 'state not reported', ...(exit ? [exit] : [])];
  if (value.emergency?.active) {
    return line('vpn', 'VPN', vpn, paused, [...words, 'emergency mode'], 'attention');
  }
  return line('vpn', 'VPN', vpn, paused, words, 'ok');
}

function hitRateLine({ percent, n }: TrayFacts['hitRate5m']): Line {
  const text = n === 0 ? 'Hit rate 5 min: —' : `Hit rate 5 min: ${Math.round(percent)} %`;
  return { id: 'hit-rate', text, state: 'neutral' };
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
  const text = `${name}: ${[...words, chipText(chip, reading.age)].join(' · ')}`;
  return { id, text, state: worstOf(own, chipState(chip)) };
}

/** A running load is not worth redrawing the tray for: it stays "Live". */
function chipText(chip: Chip, age: number | null): string {
  const word = chip.kind === 'updating' ? chips.live.word : chip.word;
  const steps = age === null ? 0 : Math.floor(age / quantum);
  return steps === 0 ? word : `${word} · ${spanText(steps * quantum)}`;
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

function worst(lines: readonly Line[]): 'ok' | 'attention' | 'bad' {
  const most = Math.max(...lines.map((one) => severity[one.state]));
  return most === severity.bad ? 'bad' : most === severity.attention ? 'attention' : 'ok';
}

/** Whether two models would be drawn alike. */
export function sameTray(a: TrayModel, b: TrayModel): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
