import type { DemoFault } from '../../shared/contract/app.ts';
import type { AdaptiveTtl } from '../../shared/contract/tuning.ts';
import { resourceTitles, watchedResources } from '../../shared/model/resources.ts';
import type { ResourceKey } from '../../shared/model/resources.ts';
import { AdaptiveTtls } from '../../electron/core/adaptive/adaptive-ttls.ts';
import { TtlCache } from '../../electron/core/cache/ttl-cache.ts';
import { startDemo } from '../../electron/core/demo/demo-server.ts';
import { silentLog } from '../../electron/core/log.ts';
import type { Clock } from '../../electron/core/clock.ts';
import { createOrchestratorSource } from '../../electron/core/sources/orchestrator/create-orchestrator-source.ts';
import { resourceSpecs } from '../../electron/core/status/resources.ts';
import { StatusService } from '../../electron/core/status/status-service.ts';
import { msToNextTick } from '../../electron/core/status/ticks.ts';
import { seededRandom } from '../support/eager-clock.ts';

const pollMs = 5000;
const minute = 60_000;
const polled: readonly ResourceKey[] = [
  ...watchedResources,
  'engines:list',
  'health:status',
  'server:events',
];
const bounds = { on: true, minSeconds: 2, maxSeconds: 15 };
/** A spell of the demo, and how long it lasts in minutes of its own time. */
const spells: readonly (readonly [name: string, fault: DemoFault, minutes: number])[] = [
  ['fast: 80 to 250 ms a load', 'none', 25],
  ['slow: 3 s a load', 'slow', 10],
  ['fast again', 'none', 10],
  ['frozen: no answer at all', 'frozen', 5],
];

interface AdaptiveSpell {
  readonly spell: string;
  readonly rows: readonly AdaptiveTtl[];
  /** Requests in its last minute. */
  readonly callsPerMinute: number;
}

/** Time that passes many times faster, for demo and reader alike: a load takes its share of a TTL all the same. */
const faster = 30;
const started = performance.now();
const fastClock: Clock = {
  wall: () => Date.UTC(2030, 0, 1) + fastClock.mono(),
  mono: () => (performance.now() - started) * faster,
  after(ms, task) {
    const timer = setTimeout(task, ms / faster);
    return () => clearTimeout(timer);
  },
};

function pass(ms: number): Promise<void> {
  return new Promise((resolve) => void fastClock.after(ms, resolve));
}

/** Lets every TTL adapt to the demo over HTTP. */
async function adaptToDemo(): Promise<AdaptiveSpell[]> {
  const clock = fastClock;
  const random = seededRandom(7);
  const demo = await startDemo({ clock, random });
  const adaptive = Object.fromEntries(polled.map((key) => [key, bounds]));
  const ttls = new AdaptiveTtls({
    clock,
    specs: resourceSpecs,
    now: () => ({ bounds: adaptive, pollMs }),
    onMoved: () => {},
  });
  const status = new StatusService({
    clock,
    cache: new TtlCache({ clock, random }),
    source: createOrchestratorSource({ url: demo.url, apiKey: demo.apiKey, log: silentLog }),
    specs: resourceSpecs,
    watched: watchedResources,
    pollMs,
    random,
    ttlOf: (key) => ttls.ttlOf(key),
    onLoad: (end) => ttls.ended(end),
  });

  let stopPage = (): void => {};
  const page = (): void => {
    for (const key of polled) void status.poll(key);
    stopPage = clock.after(msToNextTick(clock.wall(), pollMs) + 30, page);
  };
  status.start();
  page();
  const found: AdaptiveSpell[] = [];
  for (const [spell, fault, minutes] of spells) {
    await demo.setFault(fault);
    await pass(minutes * minute);
    found.push({
      spell,
      rows: ttls.rows().filter(({ key }) => polled.includes(key)),
      callsPerMinute: status.calls.perMinute().total,
    });
  }
  stopPage();
  status.stop();
  await demo.close();
  return found;
}

/** The rows as lines. */
function adaptiveTable(spells: readonly AdaptiveSpell[]): string {
  return spells
    .flatMap(({ spell, rows, callsPerMinute }) => [
      `${spell} (${callsPerMinute} calls/min)`,
      ...rows.map(({ key, configured, loads, changes, reason }) => {
        const learnt = `${changes} of ${loads} loads changed`;
        return `  ${resourceTitles[key].padEnd(22)} ${`${configured / 1000} s`.padStart(4)}  ${learnt.padEnd(28)} ${reason}`;
      }),
    ])
    .join('\n');
}

if (import.meta.main) console.log(adaptiveTable(await adaptToDemo()));
