import type { PollingState } from '../../shared/contract/app.ts';
import type { AlertService } from './alerts/alert-service.ts';
import { endOf } from './pause.ts';
import type { Pause } from './pause.ts';
import type { PortalRoom } from './portal/portal-room.ts';
import type { StatusService } from './status/status-service.ts';
import { trayAlerts } from './tray/tray-lines.ts';
import type { TrayFacts } from './tray/tray-model.ts';
import type { WorkspaceOptions } from './workspace-options.ts';
import type { WorkstationsService } from './workstations/workstations-service.ts';

/** How a profile is read now, for pages. */
export function pollingOf(status: StatusService, pause: Pause | null): PollingState {
  const { total, byResource } = status.calls.perMinute();
  return {
    paused: status.paused,
    pausedSince: pause?.since ?? null,
    pausedUntil: pause && endOf(pause),
    refreshAhead: status.refreshAhead,
    pollMs: status.pollMs,
    cacheOn: status.cacheOn,
    callsPerMinute: total,
    callsByResource: byResource,
  };
}

interface Watched {
  readonly status: StatusService;
  readonly portal: PortalRoom;
  readonly workstations: WorkstationsService;
  readonly alerts: AlertService;
}

/** What the tray tells of a profile. */
export function trayFactsOf(
  { status, portal, workstations, alerts }: Watched,
  pause: Pause | null,
  { canQuit, shortTime }: Pick<WorkspaceOptions, 'canQuit' | 'shortTime'>,
): Omit<TrayFacts, 'hitRate5m'> {
  return {
    totals: status.peek('stats:total'),
    orchestrator: status.peek('orchestrator:status'),
    vpn: status.peek('vpn:status'),
    portal: portal.service.state.value,
    workstations: workstations.lastList(),
    alerts: trayAlerts(alerts.state.value),
    paused: status.paused,
    pausedUntil: pause && endOf(pause),
    refreshing: status.progress.value.running,
    canQuit,
    shortTime,
  };
}
