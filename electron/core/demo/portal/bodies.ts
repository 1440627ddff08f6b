import type { PortalEngagement } from './cast.ts';
import type { Estate, EstateCluster, EstateVm } from './estate.ts';

/* The estate in the portal's words: names, types and texts in the place of numbers as its clients know them. */

const minute = 60_000;
/** The portal reads its machines every ten minutes and needs two for it. */
const syncEvery = 10 * minute;
const syncTakes = 2 * minute;

/** `YYYY-MM-DD HH:MM:SS`, UTC, without saying so. */
function plainTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

/** The machines' list is this old, ms UTC. */
export function syncedAt(now: number): number {
  return Math.floor((now - syncTakes) / syncEvery) * syncEvery;
}

export function engagements(list: readonly PortalEngagement[]): unknown {
  return list.map(({ id, name, customer }) => ({
    id,
    engagementName: name,
    engagementType: 'PaaS',
    customerName: customer,
  }));
}

export function endpoints({ sites }: PortalEngagement): unknown {
  return sites.map(({ endpointId, name, technicalName }, n) => ({
    endpointId,
    endpointDisplayName: name,
    endpoint: technicalName,
    aiCloudEnabled: n % 3 === 0 ? 'yes' : 'no',
    endpointType: 'V2',
    region: n < 7 ? 'India' : 'Global',
    status: 'ACTIVE',
  }));
}

export function departments(engagement: PortalEngagement, ipcId: number, estate: Estate): unknown {
  return {
    engagement: { id: ipcId, name: engagement.name },
    department: estate.units.map((unit) => ({
      id: unit.id,
      name: unit.name,
      noOfEnvironments: estate.environments.filter((one) => one.unit === unit).length,
      noOfZones: estate.zones.filter(({ environment }) => environment.unit === unit).length,
      noOfVMs: estate.vms.filter(({ zone }) => zone.environment.unit === unit).length,
      endpoint: {
        id: unit.site.endpointId,
        name: unit.site.name,
        location: unit.site.technicalName,
        status: 'ACTIVE',
      },
      description: `Business unit ${unit.name} of ${engagement.customer}`,
      createdBy: 'portal-admin',
      isBudgetingEnabled: 'no',
    })),
  };
}

export function environments({ environments: list }: Estate): unknown {
  return list.map(({ id, name, unit }, n) => ({
    id,
    name,
    departmentId: unit.id,
    departmentName: unit.name,
    endpointName: unit.site.name,
    environmentType: n % 3 === 2 ? 'NON-PROD' : 'PROD',
    status: 'ACTIVE',
  }));
}

export function zones({ zones: list }: Estate): unknown {
  return list.map(({ id, name, environment, cidr }) => ({
    zoneId: id,
    zoneName: name,
    departmentName: environment.unit.name,
    environmentName: environment.name,
    cidr,
    status: 'Active',
    endpointName: environment.unit.site.name,
    hypervisors: ['ESXI'],
  }));
}

export function vmList(engagement: PortalEngagement, { vms }: Estate, now: number): unknown {
  return {
    lastSyncedAt: plainTime(syncedAt(now)),
    vmList: vms.map((vm, n) => ({ virtualMachine: vmBody(engagement, vm, n) })),
  };
}

function vmBody(engagement: PortalEngagement, vm: EstateVm, n: number): unknown {
  const { environment } = vm.zone;
  return {
    vmId: vm.id,
    vmuuid: `4c4c4544-0000-4000-8000-${String(vm.id).padStart(12, '0')}`,
    vmName: vm.name,
    storage: vm.storageGb,
    createdTime: n % 2 === 0 ? vm.createdAt : zoned(vm.createdAt),
    endpoint: { endpointName: environment.unit.site.name },
    engagement: { engagementName: engagement.name },
    zone: { zoneName: vm.zone.name },
    department: { departmentName: environment.unit.name },
    vmAttributes: {
      'VM Status': vm.status,
      IP: vm.ip,
      vCPU: String(vm.cpus),
      RAM: String(vm.memoryMb),
      OSMake: vm.os[0],
      OSVersion: vm.os[1],
    },
    isPpuMeteringEnabled: 'no',
    isBudgetingEnabled: 'no',
    tags: [],
  };
}

/** ISO 8601 with India's offset. */
function zoned(ms: number): string {
  return `${new Date(ms + 330 * minute).toISOString().slice(0, 19)}+05:30`;
}

/** JSON, except for the time of every third cluster: the portal's stream leaves out its quotes. */
export function clustersText(clusters: readonly EstateCluster[]): string {
  const bodies = clusters.map((cluster, n) => ({
    clusterId: cluster.id,
    clusterName: cluster.name,
    nodescount: String(cluster.nodes),
    kubernetesVersion: cluster.version,
    status: cluster.status,
    displayNameEndpoint: cluster.site.name,
    location: cluster.site.technicalName,
    type: cluster.type,
    isIksBackupEnabled: n % 2 === 0 ? 'true' : 'false',
    ciMasterId: cluster.id + 50,
    createdTime: [`~${plainTime(cluster.createdAt)}.0~`, cluster.createdAt, zoned(cluster.createdAt)][n % 3],
  }));
  return JSON.stringify(bodies).replaceAll(/"~([^"~]*)~"/g, '$1');
}
