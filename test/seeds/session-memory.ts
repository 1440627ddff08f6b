import { readFileSync } from 'node:fs';
import type { SessionField } from '../../shared/model/sessions.ts';
import { listSessions } from '../../electron/core/sessions/for-pages.ts';
import { customerValues, fillSession, onPortal, storeOn } from '../support/portal-bench.ts';
import { FakeClock } from '../support/fake-clock.ts';
import type { SeedRow } from './row.ts';
import { inspected } from './session-work.ts';

const document = 'session-cache-flow.md';
const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`;
const fewer = 'Only what is shown is kept of each reply, not the whole of it.';

/** Bytes of some fields of the demo's customer, who has the document's numbers of everything. */
async function bytesOf(fields: readonly SessionField[]): Promise<number> {
  return onPortal(async (bench) => {
    await customerValues(bench);
    return inspected(bench)
      .fields.filter(({ field }) => fields.includes(field))
      .reduce((sum, { bytes }) => sum + bytes, 0);
  });
}

function partRow(row: string, seed: string, fields: readonly SessionField[], most: number): SeedRow {
  return {
    document,
    row: `Memory: ${row}`,
    seed,
    measure: async () => {
      const bytes = await bytesOf(fields);
      return { ours: bytes < 1000 ? `${bytes} bytes` : kilobytes(bytes), pass: bytes > 0 && bytes <= most };
    },
    deviation: fewer,
  };
}

/** Bytes of `users` full sessions, as the page counts them. */
async function bytesFor(users: number): Promise<number> {
  const values = await onPortal(customerValues);
  const { store, cache } = storeOn(null, new FakeClock());
  for (let n = 0; n < users; n += 1) await fillSession(store, `user${n}@example.com`, values);
  const { bytes, users: shown } = listSessions(store, cache);
  store.stop();
  if (shown.length !== users) throw new Error('Not every user was kept');
  return bytes;
}

function usersRow(users: number, seed: string, most: number): SeedRow {
  return {
    document,
    row: users === 1 ? 'Memory: total per user' : `Memory: ${users} users`,
    seed,
    measure: async () => {
      const bytes = await bytesFor(users);
      return {
        ours: `${bytes < 1e6 ? kilobytes(bytes) : `${(bytes / 1e6).toFixed(1)} MB`}, zones included`,
        pass: bytes > 0 && bytes <= most,
      };
    },
  };
}

export const memoryRows: readonly SeedRow[] = [
  partRow('engagement ids', '~100 bytes', ['paas_engagement_id', 'ipc_engagement_id'], 100),
  partRow('engagement data', '~2 KB', ['engagement_data'], 2000),
  partRow('10 endpoints', '~5 KB', ['endpoints'], 5000),
  partRow('20 business units', '~10 KB', ['business_units'], 10_000),
  partRow('30 environments', '~8 KB', ['environments_list'], 8000),
  {
    document,
    row: 'Memory: metadata',
    seed: '~200 bytes',
    measure: () =>
      onPortal(async (bench) => {
        await customerValues(bench);
        bench.run.store.stop();
        const file = JSON.parse(readFileSync(bench.fileOf(), 'utf8')) as unknown;
        const bare = JSON.stringify(file, (key, value: unknown) => (key === 'value' ? undefined : value));
        return { ours: `${bare.length} bytes of the user’s file`, pass: bare.length < 1000 };
      }),
    deviation: 'Seven fields with two times each in place of one time for all, and their names.',
  },
  usersRow(1, '~25 KB', 25_000),
  usersRow(100, '~2.5 MB', 2_500_000),
  usersRow(1000, '~25 MB', 25_000_000),
];
