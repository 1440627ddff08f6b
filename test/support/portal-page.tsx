import type { PortalContext } from '../../shared/contract/portal.ts';
import type { CallOutput } from '../../shared/rpc/client.ts';
import { healthyClient, worldStart } from './page-world.ts';
import { portalContextOf } from './portal-world.ts';
import { goToHash, openPage } from './render-page.tsx';
import type { Page } from './render-page.tsx';
import type { ScriptedClient } from './scripted-client.ts';

/** Two machines, one of a state that is not known here. */
export function vmsOf(rest: Partial<CallOutput<'portal.vms'>> = {}): CallOutput<'portal.vms'> {
  const machine = {
    id: 'vm-1',
    name: 'web-1',
    status: 'ACTIVE',
    ip: '10.0.0.17',
    cpus: 8,
    memoryMb: 32_768,
    storageGb: 250,
    os: 'Ubuntu 22.04',
    endpoint: 'Delhi',
    zone: 'Zone A',
    businessUnit: 'Sales',
    createdAt: null,
  };
  return {
    vms: [machine, { ...machine, id: 'vm-2', name: 'db-1', status: 'MYSTERY', ip: null }],
    syncedAt: worldStart - 420_000,
    syncedZone: 'assumed-utc',
    loadedAt: worldStart,
    engagementId: 1234,
    ...rest,
  };
}

export const cluster = {
  id: 7,
  name: 'iks-delhi',
  status: 'Healthy',
  nodes: 10,
  kubernetesVersion: 'v1.26.15',
  type: 'APP',
  endpoint: 'Delhi',
  backup: true,
  createdAt: null,
};

/** One data centre with one cluster. */
export function clustersOf(rest: Partial<CallOutput<'portal.clusters'>> = {}): CallOutput<'portal.clusters'> {
  return {
    sites: [{ endpointId: 11, name: 'Delhi', clusters: [cluster], error: null }],
    loadedAt: worldStart,
    engagementId: 1234,
    complete: true,
    ...rest,
  };
}

/** A main process with a portal in order. */
export function portalClient(context: Partial<PortalContext> = {}): ScriptedClient {
  return healthyClient()
    .answer('portal.context', () => portalContextOf(context))
    .answer('portal.vms', () => vmsOf())
    .answer('portal.clusters', () => clustersOf())
    .answer('sessions.refreshField', () => ({}));
}

/** The app on its Portal page, everything told. */
export async function openPortal(client: ScriptedClient): Promise<Page> {
  const page = await openPage(client);
  await goToHash('#/portal', page.pass);
  await page.pass(200);
  return page;
}
