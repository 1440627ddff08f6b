import type { AnswerTime } from '../cache/types.ts';
import type { Usage } from '../footprint/footprint.ts';
import type { CounterName } from './followed-cache.ts';
import { FollowedCache } from './followed-cache.ts';
import type { CountedCache } from './followed-cache.ts';
import { setGauges } from './gauges.ts';
import type { Looked } from './gauges.ts';
import { createInstruments } from './instruments.ts';
import type { Instruments } from './instruments.ts';
import type { LookupOutcome } from './outcomes.ts';
import { labelOfKey } from './resource-labels.ts';
import type { ResourceLabel } from './resource-labels.ts';

interface MetricsOptions {
  readonly version: string;
  readonly host: 'desktop' | 'browser';
  readonly usage: () => Usage;
  /** Windows and browser streams that are connected. */
  readonly pages: () => number;
  /** The connected profile; null: another one is being connected. */
  readonly connected: () => Looked | null;
}

/** What Prometheus is told. */
export interface Metrics {
  /** For the reply's header. */
  readonly contentType: string;
  /** Everything as it is now, in Prometheus's text format. Causes no load and changes no counter. */
  text(): Promise<string>;
}

/** What one connected profile tells; its caches are followed until it ends. */
export interface ProfileMeter {
  /** To be called with each time its caches take. */
  time(time: AnswerTime): void;
  /** Requests were sent to read a resource. */
  calls(resource: ResourceLabel, count: number): void;
  /** Returns what is to be called before the cache's counters are zeroed. */
  follow(name: 'main' | 'sessions', cache: CountedCache): () => void;
  /** What was counted stays counted. */
  end(): void;
}

/** Metrics of a core, and the way for the profiles it connects one after the other to add to them. */
export interface MeteredMetrics extends Metrics {
  meter(): ProfileMeter;
}

/** Counters that grow for the life of the process, whatever is cleared, reset or switched meanwhile. */
export function createMetrics(options: MetricsOptions): MeteredMetrics {
  const { version, host, usage, pages, connected } = options;
  const instruments = createInstruments();
  const followed = new Set<FollowedCache>();
  let cpuMs = 0;
  instruments.build.set({ version, host }, 1);

  return {
    contentType: instruments.registry.contentType,

    text() {
      for (const one of followed) one.take();
      setGauges(instruments, connected());
      const used = usage();
      instruments.cpuTime.inc(Math.max(0, used.cpuMs - cpuMs) / 1000);
      cpuMs = Math.max(cpuMs, used.cpuMs);
      instruments.resident.set(used.memoryBytes);
      instruments.pages.set(pages());
      return instruments.registry.metrics();
    },

    meter() {
      const own: FollowedCache[] = [];
      return {
        time({ key, by, ms }) {
          const histogram = by === 'hit' ? instruments.hitTime : instruments.loadTime;
          histogram.observe({ resource: labelOfKey(key) }, ms / 1000);
        },
        calls(resource, count) {
          instruments.backendCalls.inc({ resource }, count);
        },
        follow(name, cache) {
          instruments.cacheErrors.inc({ cache: name }, 0);
          const one = new FollowedCache(cache, (label, counter, n) => {
            if (counter === 'cacheErrors') instruments.cacheErrors.inc({ cache: name }, n);
            else add(instruments, label, counter, n);
          });
          own.push(one);
          followed.add(one);
          return () => one.beforeReset();
        },
        end() {
          for (const one of own) {
            one.take();
            followed.delete(one);
          }
        },
      };
    },
  };
}

const outcomes = {
  hits: 'hit',
  staleHits: 'stale',
  misses: 'miss',
  coalesced: 'coalesced',
  bypasses: 'bypass',
} as const satisfies Partial<Record<CounterName, LookupOutcome>>;

function add(
  instruments: Instruments,
  resource: ResourceLabel,
  counter: Exclude<CounterName, 'cacheErrors'>,
  n: number,
): void {
  switch (counter) {
    case 'hits':
    case 'staleHits':
    case 'misses':
    case 'coalesced':
    case 'bypasses':
      instruments.lookups.inc({ resource, outcome: outcomes[counter] }, n);
      return;
    case 'prefetches':
    case 'loads':
    case 'loadErrors':
    case 'evictions':
    case 'expirations':
    case 'invalidations':
      instruments[counter].inc({ resource }, n);
  }
}
