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

type Blocked = NonNullable<OrchestratorStatus['provisioning']['blocked']>;

const reasons: Readonly<Record<string, string>> = {
  vpn_disconnected: 'VPN disconnected',
  circuit_breaker: 'circuit breaker open',
  max_capacity: 'at maximum capacity',
};

/** "Blocked: VPN disconnected · clears in about 60 s". */
export function blockedWords({ code, recoveryEtaSeconds }: Blocked): string {
  const reason = reasons[code] ?? code.replaceAll('_', ' ');
  const eta = recoveryEtaSeconds === null ? '' : ` · clears in about ${Math.round(recoveryEtaSeconds)} s`;
  return `Blocked: ${reason}${eta}`;
}
