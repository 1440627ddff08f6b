import type { PortalEngagement, Site } from './cast.ts';

export interface Unit {
  readonly id: number;
  readonly name: string;
  readonly site: Site;
}

export interface EstateEnvironment {
  readonly id: number;
  readonly name: string;
  readonly unit: Unit;
}

export interface EstateZone {
  readonly id: number;
  readonly name: string;
  readonly environment: EstateEnvironment;
  readonly cidr: string;
}

export interface EstateVm {
  readonly id: number;
  readonly name: string;
  readonly zone: EstateZone;
  readonly status: 'ACTIVE' | 'PENDING' | 'RESTORE';
  readonly ip: string;
  readonly cpus: number;
  readonly memoryMb: number;
  readonly storageGb: number;
  readonly os: readonly [string, string];
  readonly createdAt: number;
}

export interface EstateCluster {
  readonly id: number;
  readonly name: string;
  readonly site: Site;
  readonly nodes: number;
  readonly status: 'Healthy' | 'Draft' | 'Error';
  readonly type: 'MGMT' | 'APP';
  readonly version: string | null;
  readonly createdAt: number;
}

/** What an engagement owns under one IPC id. */
export interface Estate {
  readonly units: readonly Unit[];
  readonly environments: readonly EstateEnvironment[];
  readonly zones: readonly EstateZone[];
  readonly vms: readonly EstateVm[];
  readonly clusters: readonly EstateCluster[];
}

const unitNames = [
  'Finance',
  'Human Resources',
  'Logistics',
  'Retail',
  'Research',
  'Procurement',
  'Quality',
  'Marketing',
  'Sales',
  'Legal',
  'Facilities',
  'Packaging',
  'Cold Chain',
  'Farming',
  'Export',
  'Analytics',
  'Security',
  'Support',
  'Training',
  'Archive',
];
const systems = [
  ['Ubuntu', '22.04'],
  ['Red Hat Enterprise Linux', '9.3'],
  ['Windows Server', '2022'],
] as const;
const vmRoles = ['web', 'app', 'db', 'queue'];
const firstDay = Date.UTC(2025, 1, 3, 6, 12, 40);
const day = 86_400_000;

const pick = <T>(list: readonly [T, ...T[]] | readonly T[], n: number): T => {
  const found = list[n % list.length];
  if (found === undefined) throw new RangeError('Nothing to pick from.');
  return found;
};

/** The same engagement and IPC id give the same estate; another IPC id shares no id with it. */
export function estateOf(engagement: PortalEngagement, ipcId: number): Estate {
  const idOf = (kind: number, n: number): number => ipcId * 1000 + kind * 100 + n;
  const units = Array.from({ length: engagement.units }, (_, n) => ({
    id: idOf(1, n),
    name: pick(unitNames, n),
    site: pick(engagement.sites, n),
  }));
  const environments = Array.from({ length: engagement.environments }, (_, n) => {
    const unit = pick(units, n);
    return { id: idOf(2, n), name: `${unit.name} ${n < units.length ? 'Production' : 'Test'}`, unit };
  });
  const zones = environments.map((environment, n) => ({
    id: idOf(3, n),
    name: `${engagement.code}-zone-${n + 1}`,
    environment,
    cidr: `10.${ipcId % 200}.${n}.0/24`,
  }));
  const vms = Array.from({ length: engagement.vms }, (_, n): EstateVm => {
    const zone = pick(zones, n);
    return {
      id: idOf(5, n),
      name: `${engagement.code}-${pick(vmRoles, n)}-${String(n + 1).padStart(2, '0')}`,
      zone,
      status: n % 11 === 7 ? 'PENDING' : n % 13 === 9 ? 'RESTORE' : 'ACTIVE',
      ip: `10.${ipcId % 200}.${n % zones.length}.${10 + n}`,
      cpus: pick([2, 4, 8, 16], n),
      memoryMb: pick([4096, 8192, 32_768, 65_536], n),
      storageGb: pick([50, 100, 250, 500], n + 1),
      os: pick(systems, n),
      createdAt: firstDay + n * 5 * day,
    };
  });
  return { units, environments, zones, vms, clusters: engagement.sites.flatMap(clustersOf) };

  function clustersOf(site: Site, nth: number): readonly EstateCluster[] {
    // Every fourth site has none: an empty list is not a failure.
    if (nth % 4 === 3) return [];
    return (['MGMT', 'APP', 'APP'] as const).slice(0, 2 + (nth % 2)).map((type, n) => {
      const status = n === 2 ? 'Draft' : nth === 4 && n === 1 ? 'Error' : 'Healthy';
      return {
        id: idOf(7, nth * 5 + n),
        name: `${engagement.code}-${site.name.toLowerCase()}-${type.toLowerCase()}-${n + 1}`,
        site,
        nodes: pick([3, 10, 6], n + nth),
        status,
        type,
        version: status === 'Draft' ? null : pick(['v1.26.15', 'v1.27.9', 'v1.29.4'], nth),
        createdAt: firstDay + (nth * 7 + n * 3) * day,
      };
    });
  }
}
