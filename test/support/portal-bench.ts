import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { longestSession, sessionFields } from '../../shared/model/sessions.ts';
import type { SessionField } from '../../shared/model/sessions.ts';
import { TtlCache } from '../../electron/core/cache/ttl-cache.ts';
import type { Clock } from '../../electron/core/clock.ts';
import { startDemo } from '../../electron/core/demo/demo-server.ts';
import { silentLog } from '../../electron/core/log.ts';
import { PortalService } from '../../electron/core/portal/portal-service.ts';
import { SessionFiles } from '../../electron/core/sessions/session-files.ts';
import { SessionStore } from '../../electron/core/sessions/session-store.ts';
import { idOf } from '../../electron/core/sessions/session-values.ts';
import type { SessionValues } from '../../electron/core/sessions/session-values.ts';
import { userRef } from '../../electron/core/sessions/user-id.ts';
import { Problems } from '../../electron/core/storage/problems.ts';
import { openConfStore } from '../../electron/hosts/conf-store.ts';
import { AskedTime } from './asked-time.ts';
import { seededRandom } from './eager-clock.ts';

/** Where each field comes from, as the session document has it; zones are its "potential addition". */
export const pathsOf: Readonly<Record<SessionField, string>> = {
  paas_engagement_id: '/paasservice/paas/engagements',
  engagement_data: '/paasservice/paas/engagements',
  ipc_engagement_id: '/paasservice/paas/getIpcEngFromPaasEng/1234',
  endpoints: '/portalservice/configservice/getEndpointsByEngagement/1234',
  business_units: '/portalservice/securityservice/departments/1602',
  environments_list: '/portalservice/securityservice/environmentsperengagement/1602',
  zones: '/portalservice/api/v1/1602/zonelist',
};
const listPaths = ['/portalservice/instances/vmlist/1602', '/uat-paasservice/paas/1234/clusterlist/stream'];
const paths = [...new Set(Object.values(pathsOf)), ...listPaths];

/** A session store; `folder` null: without files. */
export function storeOn(folder: string | null, clock: Clock) {
  const cache = new TtlCache({ clock, random: seededRandom(), max: 20_000, maxBytes: 2 ** 30 });
  const problems = new Problems(clock);
  const files =
    folder === null ? null : new SessionFiles({ folder, clock, problems, openStore: openConfStore });
  const store = new SessionStore({ cache, clock, files, ttlOf: () => longestSession });
  store.restore();
  return { cache, store, files };
}

/** The product's portal service and session store before the demo's portal, in time that passes as the portal says. */
export async function portalBench() {
  const clock = new AskedTime();
  const demo = await startDemo({ clock: clock.server, random: seededRandom() });
  const folder = mkdtempSync(join(tmpdir(), 'cachedeck-portal-'));
  const { customer } = demo.portal.accounts;
  const user = userRef(customer.email);
  const start = () => {
    const kept = storeOn(folder, clock);
    const portal = { url: demo.url, uatPaths: true, account: customer };
    const service = new PortalService({
      portal,
      sessions: kept.store,
      clock,
      log: silentLog,
      onSecret: () => {},
    });
    return { ...kept, service };
  };
  let run = start();

  return {
    clock,
    demo,
    user,
    email: customer.email,
    get run() {
      return run;
    },
    /** Calls and ms of what `work` does. Signing in comes before and is in neither. */
    measure: async (work: () => Promise<unknown>): Promise<{ calls: number; ms: number }> => {
      const count = (): number => paths.reduce((sum, path) => sum + demo.requestCount(path), 0);
      const [calls, ms] = [count(), clock.mono()];
      await work();
      return { calls: count() - calls, ms: clock.mono() - ms };
    },
    /** A field, by its name, as the product reads it. */
    read: (field: SessionField, forceRefresh = false) => run.service.readField(user, field, { forceRefresh }),
    /** Where the user is kept. */
    fileOf: () => join(folder, `${user}.json`),
    /** Quits the app and starts it again. */
    restart() {
      run.service.stop();
      run.store.stop();
      run = start();
    },
    async close() {
      run.service.stop();
      run.store.stop();
      await demo.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type PortalBench = Awaited<ReturnType<typeof portalBench>>;

/** Runs `work` on a bench of its own, with the service account signed in. */
export async function onPortal<T>(work: (bench: PortalBench) => Promise<T>): Promise<T> {
  const bench = await portalBench();
  try {
    await bench.run.service.vms(bench.user);
    bench.run.store.clear(bench.email);
    return await work(bench);
  } finally {
    await bench.close();
  }
}

/** What the demo's customer has: 10 endpoints, 20 business units, 30 environments, as the document counts them. */
export async function customerValues(bench: PortalBench): Promise<SessionValues> {
  const context = await bench.run.service.context(bench.user);
  const { engagement, ipcEngagementId, endpoints, businessUnits, environments, zones } = context;
  if (!engagement.value || !ipcEngagementId.value || !endpoints.value) throw new Error('No context');
  if (!businessUnits.value || !environments.value || !zones.value) throw new Error('No context');
  return {
    paas_engagement_id: engagement.value.id,
    engagement_data: engagement.value,
    ipc_engagement_id: ipcEngagementId.value,
    endpoints: endpoints.value,
    business_units: businessUnits.value,
    environments_list: environments.value,
    zones: zones.value,
  };
}

/** Puts a full session into the store, as if it had been loaded for this user. */
export async function fillSession(store: SessionStore, email: string, values: SessionValues): Promise<void> {
  const load =
    <F extends SessionField>(field: F) =>
    () =>
      Promise.resolve(structuredClone(values[field]));
  await store.get(email, 'paas_engagement_id', load('paas_engagement_id'));
  for (const field of sessionFields) {
    if (field === 'paas_engagement_id') continue;
    const of = values[idOf(field) ?? 'paas_engagement_id'];
    await store.get(email, field, load(field), { of });
  }
}
