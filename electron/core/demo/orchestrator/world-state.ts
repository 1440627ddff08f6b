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
  /** Its container is deleted; the server lists it until then. null: it stays. */
  leavesAt: number | null;
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
  /** Around what its peers and speeds (bytes a second) move; `phase`: where in its waves it began. */
  readonly nature: {
    readonly peers: number;
    readonly down: number;
    readonly up: number;
    readonly phase: number;
  };
}

/** How many there are; null: as many as a small household has. */
export interface WorldSize {
  readonly engines: number | null;
  readonly streams: number | null;
}

/** The breaker of the automatic replacement of engines; it opens when no VPN works. Times are UTC ms. */
export interface WorldBreaker {
  readonly state: 'closed' | 'open';
  readonly lastFailure: number | null;
}

export interface WorldEvent {
  readonly id: number;
  readonly at: number;
  readonly type: 'engine' | 'stream' | 'vpn' | 'health' | 'system';
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

  readonly maxReplicas: number;
  readonly replacementBreaker: WorldBreaker;
  engine(id: string): WorldEngine | undefined;
  stream(id: string): WorldStream | undefined;
  /** Starts an engine, which is listed 1 to 3 s later. False: no VPN works. */
  provision(hostPort: number | null): boolean;
  /** Deletes an engine's container. False: there is none. The event is written either way. */
  remove(id: string): boolean;
  stopStream(stream: WorldStream): void;
  resetBreaker(): void;
}
