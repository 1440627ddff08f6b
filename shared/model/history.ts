/** How the values of several ticks become one: counts are added up, measurements averaged. */
type Combine = 'sum' | 'mean';

/** The series sampled at each tick, in the order of their columns. A value that was not known is null, never 0. */
export const historySeries = {
  hits: 'sum',
  staleHits: 'sum',
  misses: 'sum',
  coalesced: 'sum',
  prefetches: 'sum',
  loads: 'sum',
  loadErrors: 'sum',
  /** Requests sent to backends. */
  backendCalls: 'sum',
  enginesTotal: 'mean',
  enginesHealthy: 'mean',
  streamsActive: 'mean',
  /** 1: connected, 0: not. Between them: the part of the time it was. */
  vpnConnected: 'mean',
  /** Data age at the tick, ms. */
  ageTotals: 'mean',
  ageStatus: 'mean',
  ageVpn: 'mean',
} as const satisfies Readonly<Record<string, Combine>>;

export type HistorySeries = keyof typeof historySeries;

export const historySeriesNames = Object.keys(historySeries) as readonly HistorySeries[];

/** Most points a query answers, per series. */
export const maxHistoryPoints = 240;

/** What is counted for each resource and portal user. */
export const scopeCounts = [
  'hits',
  'staleHits',
  'misses',
  'coalesced',
  'bypasses',
  'prefetches',
  'loads',
  'loadErrors',
] as const;
export type ScopeCount = (typeof scopeCounts)[number];

/** The scope of all resources together; what is asked for portal users is kept by them. */
export const allResources = '*';

/** Most resources and users that are counted within a minute, and that a query answers beside all resources. */
export const maxScopes = 60;
