import { describe, expect, test } from 'vitest';
import { TtlCache } from '../../../electron/core/cache/ttl-cache.ts';
import { demandLead } from '../../../electron/core/status/demand.ts';
import { resourceSpecs } from '../../../electron/core/status/resources.ts';
import { StatusService } from '../../../electron/core/status/status-service.ts';
import { SourceError } from '../../../electron/core/sources/source-error.ts';
import { watchedResources } from '../../../shared/model/resources.ts';
import type { WatchedResource } from '../../../shared/model/resources.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { ScriptedSource } from '../../support/scripted-source.ts';

const minute = 60_000;
const readOf = {
  'stats:total': 'engineTotals',
  'orchestrator:status': 'orchestratorStatus',
  'vpn:status': 'vpnStatus',
} as const;

/** 0 ≤ n < 1, the same each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function setUp(latency: number | (() => number) = 100) {
  const clock = new FakeClock();
  const script = new ScriptedSource(clock);
  script.latency = latency;
  const cache = new TtlCache({ clock, random: () => 0.5 });
  const status = new StatusService({
    clock,
    cache,
    source: script.source,
    specs: resourceSpecs,
    watched: watchedResources,
    pollMs: 5000,
    random: () => 0.5,
  });
  return { clock, script, cache, status };
}

/** Asks one resource every `every` ms, and tells how often it had to wait. */
async function ask(
  { clock, status }: ReturnType<typeof setUp>,
  key: WatchedResource,
  every: number,
  ms: number,
): Promise<number> {
  let waits = 0;
  for (let at = 0; at < ms; at += every) {
    const asked = status.ask(key);
    void asked.then(({ reading }) => (waits += reading.served === 'hit' ? 0 : 1));
    await clock.advance(every);
  }
  return waits;
}

describe('200 requests a second at random phases for a minute', () => {
  test.each([3, 17, 99])('cost at most 60/ttl + 2 loads each and under 1 % wait (seed %i)', async (seed) => {
    const random = seeded(seed);
    const bed = setUp(() => 80 + Math.floor(random() * 170)); // the demo's latencies
    const { clock, script, status } = bed;
    status.start();
    await clock.advance(20_000); // as long as it takes to know the load times
    for (let warm = 0; warm < 200; warm += 1) {
      for (const key of watchedResources) void status.ask(key);
      await clock.advance(50);
    }
    script.asked.length = 0;
    const waited: number[] = [];
    let asked = 0;
    const begun = clock.mono();
    while (clock.mono() - begun < minute) {
      const key = watchedResources[Math.floor(random() * 3)] ?? 'stats:total';
      const from = clock.mono();
      asked += 1;
      void status.ask(key).then(() => waited.push(clock.mono() - from));
      await clock.advance(Math.floor(random() * 11)); // 5 ms on average
    }
    await clock.advance(300);
    expect(asked).toBeGreaterThan(11_000);
    const loads = watchedResources.map((key) => script.count(readOf[key]));
    expect(loads[0]).toBeLessThanOrEqual(22);
    expect(loads[1]).toBeLessThanOrEqual(32);
    expect(loads[2]).toBeLessThanOrEqual(22);
    waited.sort((a, b) => a - b);
    expect(waited[Math.floor(waited.length * 0.99)]).toBe(0);
  });
});

test('who asks seldom causes no load beside those of the ticks', async () => {
  const alone = setUp();
  alone.status.start();
  await alone.clock.advance(minute);
  const bed = setUp();
  bed.status.start();
  await ask(bed, 'stats:total', 5000, minute);
  expect(bed.script.count('engineTotals')).toBe(alone.script.count('engineTotals'));
});

test('once nobody asks, one load is in vain', async () => {
  const bed = setUp();
  bed.status.start();
  bed.status.refreshAhead = true;
  await ask(bed, 'stats:total', 200, 4000);
  bed.script.asked.length = 0;
  await bed.clock.advance(minute);
  const ticks = 12;
  expect(bed.script.count('engineTotals')).toBeLessThanOrEqual(ticks + 1);
});

test('without refresh ahead nothing is loaded before somebody waits for it', async () => {
  const bed = setUp();
  bed.status.refreshAhead = false;
  bed.status.start();
  await bed.clock.advance(200);
  expect(await ask(bed, 'stats:total', 100, 9300)).toBeGreaterThanOrEqual(3);
});

test('an outage is not hammered: loads back off as they do without demand', async () => {
  const bed = setUp();
  bed.status.start();
  await ask(bed, 'stats:total', 100, 5000);
  bed.script.failure = new SourceError('unreachable', 'It is gone.');
  bed.script.asked.length = 0;
  await ask(bed, 'stats:total', 100, minute);
  expect(bed.script.count('engineTotals')).toBeLessThanOrEqual(6); // 5, 10, 20, 40 s apart
  bed.script.failure = null;
  await ask(bed, 'stats:total', 100, minute);
  expect(bed.status.peek('stats:total').failure).toBeNull();
});

test('a pause and a clear end what was planned', async () => {
  const bed = setUp();
  bed.status.start();
  await ask(bed, 'stats:total', 100, 1000);
  bed.status.paused = true;
  bed.script.asked.length = 0;
  await bed.clock.advance(minute);
  expect(bed.script.count('engineTotals')).toBe(0);
  bed.status.paused = false;
  await bed.clock.advance(1000);
  await ask(bed, 'stats:total', 100, 500);
  bed.cache.clear();
  bed.script.asked.length = 0;
  await bed.clock.advance(1500);
  expect(bed.script.count('engineTotals')).toBe(0);
});

describe('the lead', () => {
  test('is the p95 of recent loads where that costs little', () => {
    expect(demandLead({ n: 12, p50: 100, p95: 120 }, 3000)).toBe(125);
  });

  test('costs at most one load a minute beside 60/ttl, however far loads lie apart', () => {
    for (const ttl of [2000, 3000, 30_000]) {
      for (const p50 of [10, 200, 900]) {
        const lead = demandLead({ n: 12, p50, p95: 4000 }, ttl);
        expect(minute / (ttl - lead + p50)).toBeLessThanOrEqual(minute / ttl + 1.000_001);
      }
    }
  });

  test('is never more than half the ttl, and nothing for a ttl of 0', () => {
    expect(demandLead({ n: 12, p50: 5000, p95: 9000 }, 2000)).toBe(1000);
    expect(demandLead({ n: 12, p50: 100, p95: 200 }, 0)).toBe(0);
  });
});
