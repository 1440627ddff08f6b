import { openHistoryStore } from '../../electron/core/history/store/history-store.ts';
import type { ScopeSample } from '../../electron/core/history/store/scope-table.ts';
import { TimeCollector } from '../../electron/core/history/time-counts.ts';
import { systemClock } from '../../electron/core/clock.ts';
import { silentLog } from '../../electron/core/log.ts';
import { Problems } from '../../electron/core/storage/problems.ts';
import { watchedResources } from '../../shared/model/resources.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const demo = 'demo';

/** What ends the run before the last, ms before now, and for how long the app was closed then. */
const closedAt = 40 * minute;
const closedFor = 12 * minute;
const asleepAt = 8 * hour;
const asleepFor = 5 * hour;

interface Filled {
  readonly folder: string;
  readonly days: number;
  /** ms between two samples. */
  readonly everyMs: number;
}

/** Writes days of the demo's history into a data folder that no app has open: with a sleep, and a time it was closed. */
export function fillHistory({ folder, days, everyMs }: Filled): void {
  const clock = systemClock;
  const store = openHistoryStore({ folder, clock, problems: new Problems(clock), log: silentLog });
  const history = store.of(demo);
  const now = Math.floor(clock.wall() / everyMs) * everyMs;
  const event = (
    at: number,
    kind: 'sleep' | 'start' | 'stop' | 'vpn' | 'clear',
    title: string,
    span = 0,
  ): void => {
    store.addEvent({ at, kind, severity: 'info', profile: 'Demo', subject: null, title, detail: null, span });
  };
  for (let at = now - days * day; at < now - minute; at += everyMs) {
    const ago = now - at;
    if (ago < closedAt && ago >= closedAt - closedFor) continue;
    if (ago < asleepAt && ago >= asleepAt - asleepFor) continue;
    const wave = Math.sin((at / day) * 2 * Math.PI);
    const ticks = everyMs / 5000;
    const busy = Math.round(ticks * (6 + 3 * wave));
    const slow = Math.floor(at / (37 * minute)) % 9 === 0;
    const down = Math.floor(at / (53 * minute)) % 29 === 0;
    history.addSample(at, {
      hits: busy * 3,
      staleHits: slow ? ticks : 0,
      misses: Math.round(ticks * (1 + wave)),
      coalesced: Math.round(ticks / 2),
      prefetches: ticks * 3,
      loads: ticks * 4,
      loadErrors: slow ? ticks : 0,
      backendCalls: ticks * 4,
      enginesTotal: 8,
      enginesHealthy: slow ? 6 : 8,
      streamsActive: Math.round(5 + 3 * wave),
      vpnConnected: down ? 0 : 1,
      ageTotals: slow ? 9000 : 600,
      ageStatus: 520,
      ageVpn: down ? 4000 : 700,
    });
    history.addScopes(
      at,
      watchedResources.map((scope, index) => sampleOf(scope, index, ticks, busy, slow)),
    );
  }
  event(now - asleepAt + asleepFor, 'sleep', 'Computer was asleep', asleepFor);
  event(now - closedAt + closedFor, 'start', 'Cachedeck started', closedFor);
  event(now - 20 * minute, 'clear', 'Cache cleared: 6 entries');
  event(now - 9 * minute, 'vpn', 'VPN disconnected');
  store.close();
}

function sampleOf(scope: string, index: number, ticks: number, busy: number, slow: boolean): ScopeSample {
  const loads = new TimeCollector();
  for (let n = 0; n < ticks; n += 1) loads.record((slow ? 900 : 90) + 30 * index + ((n * 31) % 60));
  const hits = new TimeCollector();
  for (let n = 0; n < Math.ceil(busy / 16); n += 1) hits.record(0.02 + 0.01 * index);
  const counts = {
    hits: busy,
    staleHits: slow ? Math.round(ticks / 3) : 0,
    misses: Math.round(ticks / 3),
    coalesced: 0,
    bypasses: 0,
    prefetches: ticks,
    loads: ticks,
    loadErrors: 0,
  };
  return { scope, counts, hitTimes: hits.take(), loadTimes: loads.take() };
}
