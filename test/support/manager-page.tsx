import { fireEvent, screen, within } from '@testing-library/react';
import type {
  ManagerSessionState,
  Workstation,
  WorkstationList,
} from '../../shared/contract/workstations.ts';
import type { Poll, Reading } from '../../shared/model/reading.ts';
import { healthyClient, pollOf, readingOf, worldStart } from './page-world.ts';
import { managerSession } from './portal-world.ts';
import { goToHash, openPage } from './render-page.tsx';
import type { Page } from './render-page.tsx';
import type { ScriptedClient } from './scripted-client.ts';

/** As main keeps the list. */
export const keptLong = { ttl: 300_000, interval: 300_000 };

export function stationOf(rest: Partial<Workstation> = {}): Workstation {
  return {
    id: 'ws-1',
    name: 'Station 1',
    address: '192.0.2.11',
    status: 'online',
    emulators: 8,
    activeEmulators: 3,
    cpuPercent: 42,
    memoryPercent: 61.5,
    diskPercent: 70,
    lastSeen: worldStart - 20_000,
    ...rest,
  };
}

/** One online, one in error, one off. */
export const threeStations: readonly Workstation[] = [
  stationOf(),
  stationOf({ id: 'ws-10', name: 'Station 10', address: '192.0.2.2', status: 'error', cpuPercent: null }),
  stationOf({ id: 'ws-2', name: 'Station 2', status: 'offline', cpuPercent: 5, lastSeen: null }),
];

export function listOf(
  workstations: readonly Workstation[] | null,
  rest: Partial<Reading<WorkstationList>> = {},
): Poll<WorkstationList> {
  const value = workstations && { workstations: [...workstations] };
  const reading = readingOf<WorkstationList>(value, { ...keptLong, ...rest });
  return { ...pollOf(reading), nextTickInMs: 30_000 };
}

/** A main process with a workstation manager and three workstations. */
export function managerClient(session: Partial<ManagerSessionState> = {}): ScriptedClient {
  return healthyClient()
    .push('workstations.session', { ...managerSession, ...session })
    .answer('workstations.list', () => listOf(threeStations))
    .answer('workstations.refresh', () => ({}));
}

export async function openManager(client: ScriptedClient): Promise<Page> {
  const page = await openPage(client);
  await goToHash('#/workstations', page.pass);
  return page;
}

export const listPanel = (): HTMLElement => screen.getByRole('region', { name: 'Workstations' });
export const accountPanel = (): HTMLElement => screen.getByRole('region', { name: 'Account' });
export const cachePanel = (): HTMLElement => screen.getByRole('region', { name: 'Manager’s own cache' });

/** The names in the list, in the order shown. */
export function shownNames(): (string | null)[] {
  return within(listPanel())
    .getAllByRole('rowheader')
    .map(({ textContent }) => textContent);
}

/** Holds a button for as long as it asks for. */
export async function hold(name: string, pass: Page['pass']): Promise<void> {
  fireEvent.pointerDown(screen.getByRole('button', { name }));
  await pass(1300);
  await pass(300);
}
