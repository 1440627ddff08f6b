import { SessionRefresher } from '../../electron/core/sessions/session-refresher.ts';
import { SessionStore } from '../../electron/core/sessions/session-store.ts';
import { silentLog } from '../../electron/core/log.ts';
import { longestSession } from '../../shared/model/sessions.ts';
import type { SessionField } from '../../shared/model/sessions.ts';
import { customerValues, fillSession, onPortal, pathsOf } from '../support/portal-bench.ts';
import { same, type SeedRow } from './row.ts';
import { callsOf, hour, inspected, listed, runOf, saved } from './session-work.ts';

const document = 'session-storage.md';

/** What comes from where and how long it counts. */
function fieldRow(field: SessionField, seed: string, deviation?: string): SeedRow {
  return {
    document,
    row: `What’s cached: ${field}`,
    seed,
    measure: () =>
      onPortal(async (bench) => {
        const path = pathsOf[field];
        const before = bench.demo.requestCount(path);
        await bench.read(field);
        await bench.read(field);
        const calls = bench.demo.requestCount(path) - before;
        const state = inspected(bench).fields.find((one) => one.field === field);
        const hours = Math.round(((state?.expiresIn ?? NaN) + (state?.age ?? NaN)) / hour);
        return same(`${calls} call of ${path}, ${hours} h`, [calls, hours], [1, 24]);
      }),
    ...(deviation === undefined ? {} : { deviation }),
  };
}

/** What a force refresh of a getter costs when everything is there. */
function forceRow(method: string, field: SessionField): SeedRow {
  return {
    document,
    row: `${method}(force_refresh=True)`,
    seed: 'fetches even if cached',
    measure: () =>
      onPortal(async (bench) => {
        await bench.run.service.context(bench.user);
        const { calls } = await bench.measure(() => bench.read(field, true));
        const then = (await bench.measure(() => bench.read(field))).calls;
        return same(`${calls} call, then ${then}`, [calls, then], [1, 0]);
      }),
  };
}

export const sessionStorage: readonly SeedRow[] = [
  fieldRow('paas_engagement_id', '/paasservice/paas/engagements, 24 hours'),
  fieldRow('ipc_engagement_id', '/paasservice/paas/getIpcEngFromPaasEng/{id}, 24 hours'),
  {
    document,
    row: 'What’s cached: engagement_data',
    seed: 'full engagement object, 24 hours',
    measure: () =>
      onPortal(async (bench) => {
        const { calls } = await bench.measure(() => bench.read('engagement_data'));
        const { engagement_data: data } = await customerValues(bench);
        return same(`${data.name} of ${data.customer}, ${calls} call`, [data.id, calls], [1234, 1]);
      }),
    deviation: 'The list that brings the id brings it as well: no call of its own.',
  },
  fieldRow('endpoints', '/portalservice/configservice/getEndpointsByEngagement/{id}, 24 hours'),
  fieldRow('business_units', '/portalservice/securityservice/departments/{ipc_id}, 24 hours'),
  fieldRow(
    'environments_list',
    '/portalservice/securityservice/environmentsperengagement/{ipc_id}, 24 hours',
  ),
  {
    document,
    row: 'Second call, no API call: both ids, business units',
    seed: 'from cache',
    measure: () =>
      onPortal(async (bench) => {
        const fields = ['paas_engagement_id', 'ipc_engagement_id', 'business_units'] as const;
        const first = await callsOf(bench, fields);
        const second = await callsOf(bench, fields);
        return same(
          `${first.join(', ')}; then ${second.join(', ')}`,
          [first, second],
          [
            [1, 1, 1],
            [0, 0, 0],
          ],
        );
      }),
  },
  forceRow('get_engagement_id', 'paas_engagement_id'),
  forceRow('get_ipc_engagement_id', 'ipc_engagement_id'),
  forceRow('get_endpoints', 'endpoints'),
  forceRow('get_business_units_list', 'business_units'),
  forceRow('get_environments_list', 'environments_list'),
  {
    document,
    row: 'Per-user: user1 and user2, clear one, clear all',
    seed: 'separate cache; _clear_user_session(user), ()',
    measure: () =>
      onPortal(async (bench) => {
        const { store } = bench.run;
        const values = await customerValues(bench);
        for (const name of ['user1', 'user2']) await fillSession(store, `${name}@example.com`, values);
        const one = store.clear('user1@example.com');
        const all = store.clearAll();
        return same(`${one} fields, then ${all}`, [one, all], [7, 14]);
      }),
  },
  {
    document,
    row: 'user_id defaults to the current user',
    seed: 'optional',
    measure: () =>
      onPortal(async ({ run }) => {
        const load = (): number => 1;
        const refused = await run.store.get(' ', 'paas_engagement_id', load).catch((error: unknown) => error);
        const name = refused instanceof Error ? refused.name : 'accepted';
        return same(`a blank one: ${name}`, name, 'UserIdError');
      }),
    deviation:
      'Without a name the original gave the second user the first one’s engagement; every call names its user.',
  },
  {
    document,
    row: 'User id from the e-mail address',
    seed: 'the address as given',
    measure: () =>
      onPortal(async (bench) => {
        const values = await customerValues(bench);
        await fillSession(bench.run.store, 'User1@Example.com', values);
        const { value, served } = await bench.run.store.get(
          ' user1@example.com ',
          'paas_engagement_id',
          () => 0,
        );
        return same(`User1@Example.com and user1@example.com: ${served}`, [value, served], [1234, 'hit']);
      }),
    deviation: 'Upper and lower case are one user.',
  },
  {
    document,
    row: 'Concurrent access',
    seed: 'asyncio.Lock()',
    measure: () =>
      onPortal(async (bench) => {
        const ten = Array.from({ length: 10 }, () => bench.read('environments_list'));
        await Promise.all(ten);
        const counts = (['paas_engagement_id', 'ipc_engagement_id', 'environments_list'] as const).map(
          (field) => listed(bench) && bench.demo.requestCount(pathsOf[field]),
        );
        // Signing the bench in took one of each id.
        return same(`10 at once: ${counts.join(', ')} calls, one of each id before`, counts, [2, 2, 1]);
      }),
    deviation: 'The original’s lock guards the dictionary only: ten callers made ten calls.',
  },
  {
    document,
    row: 'API calls per request for ids',
    seed: '2–3 before, 0 after',
    measure: () =>
      onPortal(async (bench) => {
        const first = (await bench.measure(() => bench.run.service.vms(bench.user))).calls - 1;
        const then = (await bench.measure(() => bench.run.service.vms(bench.user))).calls - 1;
        return same(`${first}, then ${then}`, [first, then], [2, 0]);
      }),
  },
  {
    document,
    row: 'Typical savings per request',
    seed: '200–500 ms; 500–1000 ms with several ids',
    measure: () =>
      onPortal(async (bench) => {
        const first = await bench.measure(() => bench.run.service.vms(bench.user));
        const then = await bench.measure(() => bench.run.service.vms(bench.user));
        return same(`${first.ms - then.ms} ms for both ids`, first.ms - then.ms, 550);
      }),
  },
  {
    document,
    row: 'API calls reduced in a typical workflow',
    seed: '~70–80 %',
    measure: async () => {
      const [off, warm] = [(await runOf('five', 'off')).calls, (await runOf('five', 'warm')).calls];
      const [three, again] = [(await runOf('three', 'off')).calls, (await runOf('three', 'warm')).calls];
      const found = [saved(three, again), saved(off, warm)];
      return same(`${found[0]} % of three operations, ${found[1]} % of five`, found, [78, 86]);
    },
  },
  {
    document,
    row: 'Response time improvement',
    seed: '200–1000 ms per request',
    measure: async () => {
      const [off, warm] = [(await runOf('five', 'off')).operations, (await runOf('five', 'warm')).operations];
      const gains = off.map(({ ms }, n) => ms - (warm[n]?.ms ?? NaN));
      const pass = gains.every((gain) => gain >= 200 && gain <= 1000);
      return { ours: `${gains.join(', ')} ms`, pass };
    },
  },
  {
    document,
    row: 'Clear when the user switches engagements',
    seed: 'if that becomes a feature',
    measure: () =>
      onPortal(async ({ run, demo }) => {
        const { email, token } = demo.portal.tokens.lasting;
        const { user } = run.service.signIn(email, token);
        const first = await run.service.chooseEngagement(user, 1234);
        const second = await run.service.chooseEngagement(user, 5678);
        const ids = [first.ipcEngagementId.value, second.ipcEngagementId.value];
        const { vms } = await run.service.vms(user);
        const names = new Set(vms.map(({ name }) => name?.split('-')[0]));
        return same(
          `IPC ${ids.join(', then ')}; machines of ${[...names].join()}`,
          [ids, ...names],
          [[1602, 2001], 'quarry'],
        );
      }),
    deviation: 'The original kept the old IPC id and served the old customer’s machines.',
  },
  {
    document,
    row: 'Clear after administrative changes',
    seed: 'DO',
    measure: () =>
      onPortal(async (bench) => {
        await bench.run.service.context(bench.user);
        await bench.demo.setFault('engagement-changed');
        await bench.read('ipc_engagement_id', true);
        const left = inspected(bench)
          .fields.filter(({ present }) => present)
          .map(({ field }) => field);
        const { ipcEngagementId } = await bench.run.service.context(bench.user);
        const kept = ['paas_engagement_id', 'engagement_data', 'ipc_engagement_id', 'endpoints'];
        return same(
          `new IPC id ${ipcEngagementId.value}; ${kept.length} of 7 fields stayed`,
          [ipcEngagementId.value, left],
          [1788, kept],
        );
      }),
    deviation: 'A new id drops what hangs on it by itself.',
  },
  fieldRow('zones', 'potential addition', 'Built.'),
  {
    document,
    row: 'Persistent storage',
    seed: 'potential addition: a database',
    measure: () =>
      onPortal(async (bench) => {
        await bench.run.service.context(bench.user);
        await bench.clock.advance(hour);
        bench.restart();
        const found = listed(bench);
        const hours = Math.floor((bench.clock.wall() - (found?.cachedAt ?? NaN)) / hour);
        const { calls } = await bench.measure(() => bench.read('zones'));
        return same(
          `after a restart ${found?.present} fields, ${hours} h old, ${calls} calls`,
          [found?.present, hours, calls],
          [7, 1, 0],
        );
      }),
    deviation: 'A file for each user; ages are the true ones.',
  },
  {
    document,
    row: 'TTL per resource; duration adjustable',
    seed: 'timedelta(hours=24), potential addition',
    measure: () =>
      onPortal(async ({ run, clock }) => {
        const ttlOf = (field: SessionField): number => (field === 'zones' ? hour : longestSession);
        const store = new SessionStore({ cache: run.cache, clock, files: null, ttlOf });
        let loads = 0;
        const load = (): [] => {
          loads += 1;
          return [];
        };
        await store.get('a@example.com', 'paas_engagement_id', () => 1);
        await store.get('a@example.com', 'ipc_engagement_id', () => 2, { of: 1 });
        for (const wait of [0, hour - 1, 1]) {
          await clock.advance(wait);
          await store.get('a@example.com', 'zones', load, { of: 2 });
        }
        store.stop();
        return same(`zones with 1 h: ${loads} loads at 0, 1 h − 1 ms, 1 h`, loads, 2);
      }),
  },
  {
    document,
    row: 'Proactive refresh before expiry',
    seed: 'potential addition',
    measure: () =>
      onPortal(async (bench) => {
        const { store, cache, service } = bench.run;
        await bench.read('paas_engagement_id');
        const started = bench.clock.mono();
        const loads: Promise<void>[] = [];
        const refresher = new SessionRefresher({
          store,
          cache,
          clock: bench.clock,
          log: silentLog,
          canRenew: () => service.canRenew(bench.user),
          refresh: (_, field) => {
            const load = service.readField(bench.user, field, { ahead: true });
            loads.push(load);
            return load;
          },
        });
        refresher.start();
        await bench.clock.advance(21 * hour);
        while (loads.length === 0 && bench.clock.mono() < started + 24 * hour)
          await bench.clock.advance(1000);
        const hours = (bench.clock.mono() - started) / hour;
        const { calls } = await bench.measure(() => Promise.all(loads));
        refresher.stop();
        await bench.clock.advance(23 * hour);
        const present = inspected(bench).fields[0]?.present;
        const ours = `${calls} call at ${hours.toFixed(1)} h; valid 23 h later`;
        return same(ours, [calls, hours.toFixed(1), present], [1, '21.6', true]);
      }),
    deviation: 'From 90 % of the time on, for users active in the last day whose token renews itself.',
  },
  {
    document,
    row: 'Cache metrics, per-user statistics, memory usage',
    seed: 'potential addition; consider adding',
    measure: () =>
      onPortal(async (bench) => {
        await bench.run.service.context(bench.user);
        const before = listed(bench)?.statistics.hits ?? NaN;
        await bench.run.service.context(bench.user);
        const { statistics, bytes } = listed(bench) ?? {};
        const hits = (statistics?.hits ?? NaN) - before;
        const ours = `${hits} hits of one round, ${statistics?.callsSaved} calls and ${Math.round((statistics?.savedMs ?? 0) / 100) / 10} s saved, ${bytes} bytes`;
        return { ours, pass: hits === 7 && (statistics?.savedMs ?? 0) > 0 && (bytes ?? 0) > 0 };
      }),
  },
  {
    document,
    row: 'Average response time with and without cache',
    seed: 'consider adding',
    measure: () =>
      onPortal(async (bench) => {
        for (let time = 0; time < 40; time += 1) await bench.read('ipc_engagement_id');
        const { hitMs, loadMs } = listed(bench)?.statistics ?? {};
        const pass = (hitMs?.n ?? 0) > 0 && (hitMs?.p50 ?? NaN) < 50 && (loadMs?.p50 ?? 0) >= 200;
        return {
          ours: `${hitMs?.p50} ms from the store, ${Math.round(loadMs?.p50 ?? NaN)} ms from the portal`,
          pass,
        };
      }),
  },
  {
    document,
    row: 'Disable caching for testing',
    seed: 'force_refresh=True on all calls',
    measure: async () => {
      const { calls } = await runOf('three', 'off');
      return same(`a comparison with the store off: ${calls} calls`, calls, 9);
    },
  },
];
