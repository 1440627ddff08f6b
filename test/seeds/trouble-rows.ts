import { SourceError } from '../../electron/core/sources/source-error.ts';
import { startCoreOnScript } from '../support/core-on-script.ts';
import type { CoreOnScript } from '../support/core-on-script.ts';
import { sumOf } from '../support/exposition.ts';
import { status, totals, vpnOf } from '../support/page-world.ts';
import { same, type SeedRow } from './row.ts';
import { workbench } from './workload.ts';

const document = 'stats-caching.md';
const second = 1000;

/** The whole core on a scripted orchestrator and a clock that moves when told. */
async function onScript<T>(
  environment: Record<string, string>,
  work: (app: CoreOnScript) => Promise<T>,
): Promise<T> {
  const app = await startCoreOnScript({ options: { environment } });
  app.script.values = { engineTotals: totals, orchestratorStatus: status, vpnStatus: vpnOf() };
  await app.clock.advance(second);
  try {
    return await work(app);
  } finally {
    await app.core.stop();
  }
}

async function ask({ client, clock }: CoreOnScript): Promise<void> {
  const answer = client.call('vpn.status', {});
  await clock.advance(200);
  await answer;
}

/** Polls as one page does, once every 5 s. */
async function page(app: CoreOnScript, polls: number): Promise<void> {
  for (let nth = 0; nth < polls; nth += 1) {
    await app.clock.advance(5 * second - (app.clock.wall() % (5 * second)) + 30);
    await ask(app);
  }
}

/** What the advisor says of the VPN's readings. */
async function adviceOf({ client }: CoreOnScript): Promise<string[]> {
  const { advice } = await client.call('tuning.state', {});
  return advice.filter(({ key }) => key === 'vpn:status').map(({ text }) => text);
}

async function vpnRate({ client }: CoreOnScript): Promise<{ percent: number; n: number } | undefined> {
  const { keys } = await client.call('cache.statistics', {});
  return keys.find(({ key }) => key === 'vpn:status')?.hitRate;
}

/** The troubles of the document, each brought about, and what of ours names the cause. */
export const troubleRows: readonly SeedRow[] = [
  {
    document,
    row: 'Troubleshooting: hit rate 0 % because the TTL is too short',
    seed: 'caching off or TTL too short',
    measure: () =>
      onScript({}, async (app) => {
        await app.client.call('polling.setRefreshAhead', { on: false });
        await app.client.call('cache.resetStatistics', {});
        await page(app, 12);
        const rate = await vpnRate(app);
        const { explanation } = await app.client.call('cache.history', {});
        await app.client.call('polling.setRefreshAhead', { on: true });
        await page(app, 2);
        await app.client.call('cache.resetStatistics', {});
        await page(app, 12);
        const cured = await vpnRate(app);
        const named = /TTL of .* is shorter than the 5 s poll/.test(explanation);
        const ours = `${rate?.percent} % of ${rate?.n}: “${explanation}” Refreshing ahead: ${cured?.percent} %`;
        return { ours, pass: rate?.percent === 0 && rate.n === 12 && named && cured?.percent === 100 };
      }),
  },
  {
    document,
    row: 'Troubleshooting: a hit rate near 0 %, and what the advisor says of it',
    seed: 'caching off or TTL too short',
    measure: () =>
      onScript({}, async (app) => {
        await app.client.call('polling.setRefreshAhead', { on: false });
        await app.client.call('cache.resetStatistics', {});
        for (let nth = 0; nth < 110; nth += 1) {
          await page(app, 1);
          if (nth % 10 === 0) await ask(app);
        }
        await app.clock.advance(120 * second); // what happened is in the history by then
        const rate = await vpnRate(app);
        const advice = await adviceOf(app);
        const named = advice.some((text) => text.includes('TTL 3 s is below the 5 s poll'));
        return {
          ours: `${rate?.percent.toFixed(1)} % of ${rate?.n}: “${advice.join(' ')}”`,
          pass: named && (rate?.percent ?? 100) < 20,
        };
      }),
  },
  {
    document,
    row: 'Troubleshooting: hit rate 0 % because the cache is off, as told',
    seed: 'caching off or TTL too short',
    measure: () =>
      onScript({}, async (app) => {
        await app.client.call('cache.switch', { on: false });
        await page(app, 3);
        const text = await app.core.metrics.text();
        const bypasses = { resource: 'vpn:status', outcome: 'bypass' };
        const found = [
          sumOf(text, 'cachedeck_cache_enabled'),
          sumOf(text, 'cachedeck_cache_lookups_total', bypasses) ?? 0,
          sumOf(text, 'cachedeck_cache_lookups_total', { ...bypasses, outcome: 'hit' }),
        ];
        const ours = `cache_enabled ${found[0]}, ${found[1]} bypasses, ${found[2]} hits`;
        return { ours, pass: found[0] === 0 && (found[1] ?? 0) >= 3 && found[2] === 0 };
      }),
  },
  {
    document,
    row: 'Troubleshooting: stale data because the TTL is too high',
    seed: 'check the TTL, clear the cache',
    measure: () =>
      onScript({ CACHEDECK_TTL_VPN_STATUS: '300' }, async (app) => {
        await page(app, 2);
        app.script.values.vpnStatus = { ...vpnOf(), connected: false };
        await page(app, 10);
        const connected = async (): Promise<boolean | null | undefined> => {
          const answer = app.client.call('vpn.status', {});
          await app.clock.advance(200);
          return (await answer).reading.value?.connected;
        };
        const before = await connected();
        const text = await app.core.metrics.text();
        const vpn = { resource: 'vpn:status' };
        const [ttl, age] = ['ttl', 'data_age'].map((name) => sumOf(text, `cachedeck_${name}_seconds`, vpn));
        await app.client.call('cache.clear', {});
        const after = await connected();
        const ours = `old for ${Math.floor(age ?? NaN)} s at a TTL of ${ttl} s; new after a clear`;
        return { ours, pass: before === true && after === false && ttl === 300 && (age ?? 0) > 50 };
      }),
    deviation: 'The age of each number stands beside it, so that an old one is seen.',
  },
  {
    document,
    row: 'Troubleshooting: stale data because the backend fails',
    seed: 'verify that it is refreshed',
    measure: () =>
      onScript({}, async (app) => {
        await page(app, 2);
        app.script.failure = new SourceError('unreachable', 'Nobody answers.');
        await page(app, 12);
        const text = await app.core.metrics.text();
        const vpn = { resource: 'vpn:status' };
        const up = sumOf(text, 'cachedeck_resource_up', vpn);
        const age = sumOf(text, 'cachedeck_data_age_seconds', vpn) ?? 0;
        const stale = sumOf(text, 'cachedeck_cache_lookups_total', { ...vpn, outcome: 'stale' }) ?? 0;
        const { explanation } = await app.client.call('cache.history', {});
        const ours = `up ${up}, ${Math.floor(age)} s old, ${stale} stale answers: “${explanation}”`;
        return { ours, pass: up === 0 && age > 50 && stale > 0 && explanation.includes('failing') };
      }),
  },
  {
    document,
    row: 'Troubleshooting: high memory because TTLs are long',
    seed: 'check the size, clear, lower the TTL',
    measure: async () => {
      const kept = [];
      for (const ttl of [300, 3]) {
        const { clock, cache } = workbench();
        cache.start();
        for (let n = 0; n < 1000; n += 1) cache.set(`k${n}`, 'x'.repeat(1000), { ttl: ttl * second });
        await clock.advance(60 * second);
        kept.push(cache.size);
        cache.stop();
      }
      return same(`after a minute ${kept[0]} entries at 300 s, ${kept[1]} at 3 s`, kept, [1000, 0]);
    },
  },
  {
    document,
    row: 'Troubleshooting: high memory, seen and cleared',
    seed: 'GET /cache/stats, POST /cache/clear',
    measure: () =>
      onScript({}, async (app) => {
        await page(app, 1);
        const text = await app.core.metrics.text();
        const { entries, bytes } = await app.client.call('cache.statistics', {});
        const told = ['entries', 'bytes'].map((name) =>
          sumOf(text, `cachedeck_cache_${name}`, { cache: 'main' }),
        );
        const { removed } = await app.client.call('cache.clear', {});
        return {
          ours: `${entries} entries, ${bytes} bytes; ${removed} removed`,
          pass: told[0] === entries && told[1] === bytes && entries > 0 && removed >= entries,
        };
      }),
    deviation: 'Bounded all the same: 5000 entries or 64 MiB.',
  },
  {
    document,
    row: 'Future: cache warming on startup',
    seed: 'planned',
    measure: () =>
      onScript({}, async ({ client, script }) => {
        const { warming } = await client.call('tuning.state', {});
        const items = (warming?.items ?? []).filter(({ state }) => state === 'ok').map(({ key }) => key);
        const asked = script.asked.length;
        const wanted = ['stats:total', 'orchestrator:status', 'vpn:status'];
        return same(
          `${items.join(', ')} before anybody asks, ${asked} requests`,
          [items, asked],
          [wanted, 3],
        );
      }),
    deviation: 'Built.',
  },
  {
    document,
    row: 'Future: adaptive TTL',
    seed: 'planned',
    measure: () =>
      onScript({}, async ({ client, clock }) => {
        const bounds = { on: true, minSeconds: 2, maxSeconds: 15 };
        await client.call('settings.change', { adaptiveTtl: { 'vpn:status': bounds } });
        await clock.advance(300 * second);
        const { adaptive } = await client.call('tuning.state', {});
        const vpn = adaptive.find(({ key }) => key === 'vpn:status');
        const pass = vpn !== undefined && vpn.ttl > vpn.configured && vpn.ttl <= vpn.max;
        return { ours: `${vpn?.configured} ms, after five minutes ${vpn?.ttl}: ${vpn?.reason}`, pass };
      }),
    deviation: 'Built; off unless it is switched on for a resource.',
  },
];
