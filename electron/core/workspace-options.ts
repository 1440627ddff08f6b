import type { Counters } from '../../shared/contract/cache.ts';
import type { Settings } from '../../shared/contract/settings.ts';
import type { AdaptiveTtls } from './adaptive/adaptive-ttls.ts';
import type { AlertReads } from './alerts/alert-sight.ts';
import type { AlertService } from './alerts/alert-service.ts';
import type { Clock } from './clock.ts';
import type { Backend } from './connect-backend.ts';
import type { EventDraft } from './events/event-log.ts';
import type { LoggedRequest } from './history/store/request-log.ts';
import type { Log } from './log.ts';
import type { ProfileMeter } from './metrics/metrics.ts';
import type { Pause } from './pause.ts';
import type { PortalRoomOptions } from './portal/portal-room.ts';
import type { ResourceSpec } from './status/resources.ts';

export interface WorkspaceOptions {
  readonly clock: Clock;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  readonly newId: () => string;
  readonly log: Log;
  readonly backend: Backend;
  readonly specs: readonly ResourceSpec[];
  /** Knows their TTLs in effect, which are the specs' unless they adapt. */
  readonly ttls: AdaptiveTtls;
  /** Entries the cache holds at most. */
  readonly maxEntries: number;
  /** ms between two polls as settings and power have it now. */
  readonly pollMs: () => number;
  readonly refreshAhead: boolean;
  /** What is loaded before anybody asks, as the settings have it now. */
  readonly warming: () => Settings['warming'];
  /** The operator's pause, which outlives a switch; null: none. */
  readonly pause: Pause | null;
  /** Whether the computer has a network. */
  readonly online: () => boolean;
  /** Watches what is read. */
  readonly alerts: (reads: AlertReads) => AlertService;
  readonly freeze: boolean;
  readonly canQuit: boolean;
  /** What the sessions of portal users need beside. */
  readonly sessions: Pick<
    PortalRoomOptions,
    'ttlOf' | 'folder' | 'readOnly' | 'problems' | 'openStore' | 'onSecret'
  >;
  /** Hours and minutes of a UTC ms. */
  readonly shortTime: (at: number) => string;
  /** Called with what is worth a line in the event log. */
  readonly record: (event: EventDraft) => void;
  readonly onRequest: (request: LoggedRequest) => void;
  /** Takes what Prometheus is told. */
  readonly meter: ProfileMeter;
  readonly everySecond: () => void;
  /** `tick`: UTC ms; `step`: what the cache did since the tick before. */
  readonly everyTick: (tick: number, step: Counters) => void;
}
