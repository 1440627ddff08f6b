import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { systemClock } from '../../../electron/core/clock.ts';
import { openHistoryStore } from '../../../electron/core/history/store/history-store.ts';
import { silentLog } from '../../../electron/core/log.ts';
import { Problems } from '../../../electron/core/storage/problems.ts';
import { delays, writeAndDie } from '../../support/killed-writer.ts';
import { lab, plant } from './history-bed.ts';

const kills = 50;
/** Processes at work at a time, each in a folder of its own. */
const lanes = 2;
/** ms of writing before a kill, at most. */
const longest = 60;
const writer = fileURLToPath(new URL('history-writer.ts', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'cachedeck-history-kill-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What is in the file, past the store. */
function contents(path: string) {
  const database = new DatabaseSync(path, { readOnly: true });
  const one = (sql: string): unknown => Object.values(database.prepare(sql).get() ?? {})[0];
  const sums = ['sample_5s', 'sample_1m', 'sample_15m']
    .map((table) => `SELECT hits, "ageVpn" AS age, "ageVpn_n" AS n FROM ${table}`)
    .join(' UNION ALL ');
  try {
    return {
      check: one('PRAGMA integrity_check'),
      events: Number(one('SELECT count(*) FROM event')),
      newest: Number(one('SELECT max(id) FROM event')),
      requests: Number(one('SELECT count(*) FROM request')),
      strays: Number(
        one(`SELECT count(*) FROM request LEFT JOIN profile ON profile.id = request.profile
          WHERE key IS NOT iif(ms % 2 = 0, '${lab}', '${plant}')`),
      ),
      samples: Number(one(`SELECT sum(n) FROM (${sums})`)),
      hits: Number(one(`SELECT sum(hits) FROM (${sums})`)),
      ages: Number(one(`SELECT sum(age) FROM (${sums})`)),
    };
  } finally {
    database.close();
  }
}

test(
  `${kills} kills at any moment: it opens, is sound, and everything said to be written is there`,
  { timeout: 120_000 },
  async () => {
    let left = kills;
    let unsaid = 0;
    const inLane = async (lane: number): Promise<void> => {
      const folder = join(root, `lane-${lane}`);
      for (const delay of delays(lane, longest)) {
        if (left === 0) return;
        left -= 1;
        const last = await writeAndDie(writer, folder, delay);

        const problems = new Problems(systemClock);
        const store = openHistoryStore({ folder, clock: systemClock, problems, log: silentLog });
        expect(problems.feed.value).toEqual([]);
        expect(store.latestEvents(1)[0]?.id).toBeGreaterThanOrEqual(last);
        const { check, events, newest, requests, strays, samples, hits, ages } = contents(
          join(folder, 'history.sqlite'),
        );
        expect(check).toBe('ok');
        // The number being written at the kill may be there, in part: its sample, then its requests, then its event.
        expect([last, last + 1]).toContain(newest);
        expect(events).toBe(newest);
        // A sample that a kill parted from its event is written again at the next start, on top of the first.
        unsaid += Number(newest > last) + Number(samples > newest);
        expect(requests).toBeGreaterThanOrEqual(2 * newest);
        expect(requests % 2).toBe(0);
        expect(strays).toBe(0);
        expect(samples).toBeGreaterThanOrEqual(newest);
        expect(hits).toBe(ages);
        expect(hits).toBeGreaterThanOrEqual((newest * (newest + 1)) / 2);
        store.close();
      }
    };
    await Promise.all(Array.from({ length: lanes }, (_, lane) => inLane(lane + 1)));
    // Or no kill fell between two writes, and nothing was tried.
    expect(unsaid).toBeGreaterThan(0);
  },
);
