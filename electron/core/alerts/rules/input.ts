import type {
  EngineTotals,
  OrchestratorStatus,
  VpnStatus,
} from '../../../../shared/contract/orchestrator.ts';
import type { Reading } from '../../../../shared/model/reading.ts';

/** Sessions that end soon, of users active in the last day whom nobody can sign in again but themselves. */
export interface ExpiringSessions {
  readonly sessions: number;
  /** Calls to the portal that loading them again would take. */
  readonly calls: number;
}

/** What the value rules judge and what the words tell of: as it is known at a tick, without loading. */
export interface AlertInput {
  readonly totals: Reading<EngineTotals>;
  readonly orchestrator: Reading<OrchestratorStatus>;
  readonly vpn: Reading<VpnStatus>;
  readonly hitRate5m: { readonly percent: number; readonly n: number };
  readonly refreshAhead: boolean;
  /** null: the profile has no portal. */
  readonly sessions: ExpiringSessions | null;
}
