import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { TtlCache } from '../../electron/core/cache/ttl-cache.ts';
import { systemClock } from '../../electron/core/clock.ts';
import { checkIsolation } from '../../electron/core/sessions/check-isolation.ts';
import { listSessions } from '../../electron/core/sessions/for-pages.ts';
import { SessionFiles } from '../../electron/core/sessions/session-files.ts';
import { SessionStore } from '../../electron/core/sessions/session-store.ts';
import { Problems } from '../../electron/core/storage/problems.ts';
import { openConfStore } from '../../electron/hosts/conf-store.ts';
import { longestSession } from '../../shared/model/sessions.ts';
import { fullSession } from '../support/session-bed.ts';

/** KiB per user in the seed's table, which it calls lightweight. */
const seedKib = 25;

function open(folder: string) {
  const cache = new TtlCache({ clock: systemClock, random: Math.random, max: 20_000, maxBytes: 2 ** 30 });
  const problems = new Problems(systemClock);
  const files = new SessionFiles({ folder, clock: systemClock, problems, openStore: openConfStore });
  return {
    cache,
    files,
    store: new SessionStore({ cache, clock: systemClock, files, ttlOf: () => longestSession }),
  };
}

async function fill(store: SessionStore, users: number): Promise<void> {
  for (let nth = 0; nth < users; nth += 1) {
    const email = `user${nth}@example.com`;
    const values = fullSession(nth);
    const paas = { of: nth };
    const ipc = { of: values.ipc_engagement_id };
    const now =
      <T>(value: T) =>
      () =>
        Promise.resolve(value);
    await store.get(email, 'paas_engagement_id', now(nth));
    await store.get(email, 'engagement_data', now(values.engagement_data), paas);
    await store.get(email, 'ipc_engagement_id', now(values.ipc_engagement_id), paas);
    await store.get(email, 'endpoints', now(values.endpoints), paas);
    await store.get(email, 'business_units', now(values.business_units), ipc);
    await store.get(email, 'environments_list', now(values.environments_list), ipc);
    await store.get(email, 'zones', now(values.zones), ipc);
  }
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function usedHeap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

async function timed<T>(work: () => T | Promise<T>): Promise<readonly [number, T]> {
  const started = performance.now();
  const value = await work();
  return [performance.now() - started, value];
}

const root = mkdtempSync(join(tmpdir(), 'cachedeck-session-bench-'));
try {
  await fill(open(join(root, 'warm-up')).store, 100);
  for (const users of [100, 1000]) {
    const folder = join(root, String(users));
    const before = usedHeap();
    const { cache, files, store } = open(folder);
    await fill(store, users);
    const perUser = (usedHeap() - before) / users / 1024;
    const counted = cache.bytes / users / 1024;
    const [writing] = await timed(() => store.stop());
    const [listing] = await timed(() => listSessions(store, cache));
    const [checking, isolation] = await timed(() => checkIsolation(store, cache, files));
    const again = open(folder);
    const [restoring] = await timed(() => again.store.restore());
    console.log(
      `  ${String(users).padStart(4)} users: ${perUser.toFixed(1)} KiB of heap each (${counted.toFixed(1)} KiB counted; seed: ~${seedKib} KiB)` +
        `; write ${(writing / users).toFixed(2)} ms a file; restore ${restoring.toFixed(0)} ms` +
        `; list ${listing.toFixed(1)} ms; isolation check ${checking.toFixed(0)} ms (${isolation.ok ? 'ok' : 'FAILED'})`,
    );
    again.store.stop();
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
