import type { PortalContext, PortalState } from '../../shared/contract/portal.ts';
import type { SessionComparison, SessionStatistics, UserSession } from '../../shared/contract/sessions.ts';
import type {
  ManagerCache,
  ManagerMetrics,
  ManagerSessionState,
  WorkstationList,
} from '../../shared/contract/workstations.ts';

// A portal with two users and a workstation manager, as the contract tells of them.

const at = 1_000_000_000_000;

export const customer = 'ref-of-the-customer';
export const engineer = 'ref-of-the-engineer';

export function portalStateOf(rest: Partial<PortalState> = {}): PortalState {
  return {
    connected: true,
    url: 'http://127.0.0.1:8000/',
    users: [
      { user: customer, masked: 'c•••r@customer.example', kind: 'service', needsSignIn: false },
      { user: engineer, masked: 'e•••r@engineers.example', kind: 'token', needsSignIn: false },
    ],
    ...rest,
  };
}

function aged<T>(value: T | null) {
  return {
    value,
    loadedAt: value === null ? null : at - 60_000,
    age: value === null ? null : 60_000,
    served: 'hit' as const,
    failure: null,
  };
}

export function portalContextOf(rest: Partial<PortalContext> = {}): PortalContext {
  const engagement = { id: 1234, name: 'Retail cloud', type: 'PaaS', customer: 'Customer Ltd' };
  return {
    engagements: aged([engagement]),
    engagement: aged(engagement),
    mustChoose: false,
    ipcEngagementId: aged(1602),
    endpoints: aged([{ id: 11, name: 'Delhi', technicalName: 'EP_V2_DEL', aiCloud: true }]),
    businessUnits: aged([{ id: 21, name: 'Sales', environments: 2, zones: 3, vms: 12 }]),
    environments: aged([{ id: 31, name: 'Production' }]),
    zones: aged([
      {
        id: 41,
        name: 'Zone A',
        businessUnit: 'Sales',
        environment: 'Production',
        cidr: '10.0.0.0/24',
        status: 'Active',
        endpoint: 'Delhi',
      },
    ]),
    ...rest,
  };
}

export const sessionStatistics: SessionStatistics = {
  hits: 12,
  misses: 5,
  coalesced: 1,
  bypasses: 0,
  loads: 5,
  loadErrors: 0,
  callsSaved: 13,
  savedMs: 3600,
  hitMs: { n: 12, p50: 0.01, p95: 0.05 },
  loadMs: { n: 5, p50: 250, p95: 300 },
};

export function userSessionOf(rest: Partial<UserSession> = {}): UserSession {
  return {
    user: customer,
    masked: 'c•••r@customer.example',
    cachedAt: at - 3_600_000,
    expiresIn: 23 * 3_600_000,
    bytes: 25_000,
    present: 7,
    lastUsedAt: at - 5000,
    restored: false,
    statistics: sessionStatistics,
    ...rest,
  };
}

export const comparison: SessionComparison = { at, three: [], five: [] };

export const managerSession: ManagerSessionState = {
  connected: true,
  url: 'http://127.0.0.1:8000/',
  user: 'admin',
  role: 'admin',
  signedOut: null,
  needs: {
    create: 'operator',
    testConnection: 'operator',
    cache: 'admin',
    metrics: 'admin',
    clearCache: 'admin',
    invalidate: 'admin',
  },
};

export const workstations: WorkstationList = {
  workstations: [
    {
      id: 'ws-1',
      name: 'Station 1',
      address: '192.0.2.11',
      status: 'online',
      emulators: 8,
      activeEmulators: 3,
      cpuPercent: 42,
      memoryPercent: 61.5,
      diskPercent: 70,
      lastSeen: at - 20_000,
    },
  ],
};

export const managerCache: ManagerCache = {
  hits: 0,
  misses: 0,
  evictions: 0,
  size: 0,
  requests: 0,
  hitRatePercent: 0,
};

export const managerMetrics: ManagerMetrics = {
  cache: managerCache,
  workstations: 12,
  emulators: 96,
  websockets: 1,
};
