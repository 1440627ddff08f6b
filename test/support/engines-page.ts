import { fireEvent, screen, within } from '@testing-library/react';
import type { Engine } from '../../shared/contract/orchestrator.ts';
import { engine, healthyClient, pollOf, readingOf, worldStart } from './page-world.ts';
import { goToHash, openPage } from './render-page.tsx';
import type { Page } from './render-page.tsx';
import type { ScriptedClient } from './scripted-client.ts';

/** The engine of this number. */
export function engineOf(n: number, rest: Partial<Engine> = {}): Engine {
  return { ...engine, id: String(n).repeat(64).slice(0, 64), name: `engine-${n}`, port: 19_000 + n, ...rest };
}

/** One healthy, one in trouble, one nobody knows of. */
export const three = [
  engineOf(1, { cpuPercent: 5, lastHealthCheck: worldStart - 12_000 }),
  engineOf(2, { health: 'unhealthy', cpuPercent: 80 }),
  engineOf(10, { health: 'unknown', cpuPercent: null, vpn: 'gluetun2' }),
];

/** A healthy world with these engines. */
export function clientWith(engines: readonly Engine[]): ScriptedClient {
  return healthyClient().answer('engines.list', () => pollOf(readingOf({ engines: [...engines] })));
}

/** The page Engines & VPN, or a tab of it. */
export async function openEngines(client: ScriptedClient, hash = '#/engines'): Promise<Page> {
  const page = await openPage(client);
  await goToHash(hash, page.pass);
  return page;
}

/** What the rows of the table are called, from top to bottom. */
export function names(): readonly (string | null)[] {
  return within(screen.getByRole('grid'))
    .getAllByRole('rowheader')
    .map(({ textContent }) => textContent);
}

/** A panel by its title. */
export const region = (name: string): HTMLElement => screen.getByRole('region', { name });
/** What the page says of what was changed. */
export const results = (): string => screen.getByRole('log', { name: 'Results of changes' }).textContent;

/** Holds a button for as long as it asks for. */
export async function hold(name: string, pass: Page['pass']): Promise<void> {
  fireEvent.pointerDown(screen.getByRole('button', { name }));
  await pass(1300);
  await pass(200);
}
