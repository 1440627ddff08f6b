import type { VpnRole } from './cast.ts';

/** Times are UTC ms, rates bytes a second, sizes bytes, CPU percent of one core. */
export interface WorldEngine {
  readonly id: string;
  readonly name: string;
  readonly port: number;
  readonly vpn: VpnRole;
  /** The one engine of its VPN that uses the forwarded port. */
  readonly forwarded: boolean;
  readonly firstSeen: number;
  lastStreamUsage: number | null;
  cpu: number;
  memory: number;
  received: number;
  sent: number;
  blocksRead: number;
  blocksWritten: number;
}

export interface WorldStream {
  readonly id: string;
  readonly key: string;
  readonly session: string;
  readonly engineId: string;
  readonly startedAt: number;
  readonly endsAt: number;
  endedAt: number | null;
  peers: number;
  speedDown: number;
  speedUp: number;
  downloaded: number;
  uploaded: number;
}

export interface WorldEvent {
  readonly id: number;
  readonly at: number;
  readonly type: 'stream' | 'vpn' | 'system';
  readonly category: string;
  readonly message: string;
  readonly details: Readonly<Record<string, string | number>>;
  readonly containerId: string | null;
  readonly streamId: string | null;
}

/**
 * `redundant`: two VPNs, now and then one flaps. `both-down`: neither works. `single-flapping`: one VPN, lost half of the
 * time.
 */
export type VpnScript = 'redundant' | 'both-down' | 'single-flapping';

export interface VpnState {
  readonly role: VpnRole;
  readonly up: boolean;
  /** false: up, but the exit address could not be learned. */
  readonly verified: boolean;
}

/** A small orchestrator's state. It changes only in `advance`, so a test owns its time. */
export interface World {
  readonly engines: readonly WorldEngine[];
  /** Running ones and those that ended in the last hour. */
  readonly streams: readonly WorldStream[];
  /** Oldest first. */
  readonly events: readonly WorldEvent[];
  readonly script: VpnScript;
  /** Set while exactly one of two VPNs was the first to fail and has not come back. */
  readonly emergency: { readonly failed: VpnRole; readonly since: number } | null;
  now(): number;
  vpns(): readonly VpnState[];
  /** Moves to a time; going back is ignored, long gaps are taken in coarse steps. */
  advance(to: number): void;
  setScript(script: VpnScript): void;
}
