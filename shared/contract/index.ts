import { alertsContract } from './alerts.ts';
import { appContract } from './app.ts';
import { cacheContract } from './cache.ts';
import { chartsContract } from './charts.ts';
import { controlContract } from './control.ts';
import { diagnosticsContract } from './diagnostics.ts';
import { eventsContract } from './events.ts';
import { explorerContract } from './explorer.ts';
import { fleetContract } from './fleet.ts';
import { orchestratorContract } from './orchestrator.ts';
import { portalContract } from './portal.ts';
import { profilesContract } from './profiles.ts';
import { sessionsContract } from './sessions.ts';
import { settingsContract } from './settings.ts';
import { tuningContract } from './tuning.ts';
import { updatesContract } from './updates.ts';
import { windowsContract } from './windows.ts';
import { workstationsContract } from './workstations.ts';
import type { EntryName } from '../rpc/wire.ts';

/** Everything a page can ask of the main process or hear from it. Read this and you know the product. */
export const contract = {
  ...appContract,
  ...profilesContract,
  ...settingsContract,
  ...eventsContract,
  ...diagnosticsContract,
  ...cacheContract,
  ...explorerContract,
  ...chartsContract,
  ...orchestratorContract,
  ...fleetContract,
  ...portalContract,
  ...sessionsContract,
  ...workstationsContract,
  ...alertsContract,
  ...tuningContract,
  ...controlContract,
  ...updatesContract,
  ...windowsContract,
} as const;
export type Contract = typeof contract;

/** Names and kinds alone: injected into preload and page at build time, so that zod stays out of both. */
export const entryNames: readonly EntryName[] = Object.entries(contract).map(([name, entry]) => ({
  name,
  kind: entry.kind,
  role: entry.role,
}));
