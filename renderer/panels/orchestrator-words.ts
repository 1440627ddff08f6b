import type { HealthStatus, OrchestratorStatus } from '../../shared/contract/orchestrator.ts';
import type { ChipRole } from '../../shared/model/freshness.ts';

export interface Word {
  readonly glyph: string;
  readonly word: string;
  readonly role: ChipRole;
}

export const statusWords: Readonly<Record<OrchestratorStatus['status'], Word>> = {
  healthy: { glyph: '●', word: 'Healthy', role: 'ok' },
  degraded: { glyph: '▲', word: 'Degraded', role: 'attention' },
  unavailable: { glyph: '✕', word: 'Unavailable', role: 'bad' },
  unknown: { glyph: '?', word: 'Unknown', role: 'neutral' },
};

type Breaker = NonNullable<HealthStatus['breakers']['general']>['state'];

export const breakerWords: Readonly<Record<Breaker, string>> = {
  closed: 'Closed (working)',
  open: 'Open (blocking)',
  half_open: 'Half open (trying)',
  unknown: 'Unknown',
};

export type Blocked = NonNullable<OrchestratorStatus['provisioning']['blocked']>;

const reasons: Readonly<Record<string, string>> = {
  vpn_disconnected: 'VPN disconnected',
  circuit_breaker: 'circuit breaker open',
  max_capacity: 'at maximum capacity',
};

/** "Blocked: VPN disconnected". */
export function blockedWords({ code }: Blocked): string {
  return `Blocked: ${reasons[code] ?? code.replaceAll('_', ' ')}`;
}

/** What it takes to go on; for a code we do not know the server's own words, which are longer. */
const remedies: Readonly<Record<string, string>> = {
  vpn_disconnected: 'No engine starts without the VPN.',
  circuit_breaker: 'Starts failed repeatedly.',
  max_capacity: 'Wait for streams to end or raise MAX_REPLICAS.',
};

/** "No engine starts without the VPN." */
export function blockedRemedy({ code, message }: Blocked): string {
  return remedies[code] ?? message;
}

/** "Clears in about 60 s. No engine starts without the VPN." */
export function blockedNote(blocked: Blocked): string | null {
  const { recoveryEtaSeconds } = blocked;
  const eta = recoveryEtaSeconds === null ? '' : `Clears in about ${Math.round(recoveryEtaSeconds)} s.`;
  return [eta, blockedRemedy(blocked)].filter((part) => part !== '').join(' ') || null;
}
