import type { EngineList, EngineTotals, OrchestratorStatus } from '../../shared/contract/orchestrator.ts';
import { countText } from '../ui/format.ts';

export type Presence = 'running' | 'hidden' | 'none' | 'uncollected';

/**
 * Whether engines run, as far as three sources tell. An empty list beside running containers means that the
 * orchestrator hides them (their VPN is down), and zero totals beside running engines that nothing was
 * collected yet. Only when every source that speaks says 0 is it "none".
 */
export function enginesPresence(
  totals: EngineTotals | null,
  status: OrchestratorStatus | null,
  list: EngineList | null,
): Presence {
  const containers = totals?.containerCount ?? null;
  const running = status?.engines.running ?? null;
  if (list?.engines.length === 0 && Math.max(containers ?? 0, running ?? 0) > 0) {
    return containers === 0 ? 'uncollected' : 'hidden';
  }
  if (containers === 0 && (running ?? 0) > 0) return 'uncollected';
  if (containers === 0 || (containers === null && running === 0)) return 'none';
  return 'running';
}

/** How many engines run by the count that hides none. */
export function runningOf(totals: EngineTotals | null, status: OrchestratorStatus | null): number {
  return totals?.containerCount ?? status?.engines.running ?? 0;
}

/** "none unhealthy", "1 unhealthy"; null: not reported. */
export function unhealthyWords(unhealthy: number | null): string {
  if (unhealthy === null) return 'unhealthy ones not reported';
  return unhealthy === 0 ? 'none unhealthy' : `${countText(unhealthy)} unhealthy`;
}
