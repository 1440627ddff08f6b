import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { checkIsolation } from '../../../electron/core/sessions/check-isolation.ts';
import { sessionKey } from '../../../electron/core/sessions/session-values.ts';
import { userRef } from '../../../electron/core/sessions/user-id.ts';
import { writeAndDie } from '../../support/killed-writer.ts';
import { fullSession } from '../../support/session-bed.ts';
import { openSessions, writtenUsers } from '../../support/session-writer.ts';

const kills = 50;
/** Processes at work at a time, each in a folder of its own. */
const lanes = 3;
/** ms of writing before a kill, at most; some dozen files. */
const longest = 40;
const writer = fileURLToPath(new URL('../../support/session-writer.ts', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'cachedeck-session-kill-'));
/** Most of a short life would be the reading of modules; a process that is killed leaves nothing compiled behind. */
const env = { ...process.env, NODE_COMPILE_CACHE: join(root, 'compiled') };
afterAll(() => rmSync(root, { recursive: true, force: true }));

test(
  `${kills} kills at any moment: every user’s last or next session, whole, and no litter`,
  { timeout: 120_000 },
  async () => {
    execFileSync(process.execPath, [writer], { env });
    let left = kills;
    let litter = 0;
    let between = 0;
    const inLane = async (lane: number): Promise<void> => {
      const folder = join(root, `lane-${lane}`);
      mkdirSync(folder);
      while (left > 0) {
        left -= 1;
        const last = await writeAndDie(
          writer,
          folder,
          ((left * 37 + lane * 11) % 100) * (longest / 100),
          env,
        );
        litter += readdirSync(folder).filter((name) => name.includes('.tmp-')).length;
        const { store, cache, problems } = openSessions(folder);
        const rounds = writtenUsers.map((email) => store.engagementId(email));
        if (new Set(rounds).size > 1) between += 1;
        for (const [nth, email] of writtenUsers.entries()) {
          const round = rounds[nth] ?? 0;
          expect([last, last + 1]).toContain(round);
          const values = fullSession(round);
          for (const field of ['paas_engagement_id', 'engagement_data', 'endpoints'] as const) {
            const { value } = cache.peek(sessionKey(userRef(email), field));
            // What came within the last 250 ms may be missing, but is never another engagement's.
            const missing = field === 'endpoints' && value === undefined;
            expect(missing ? values[field] : value).toEqual(values[field]);
          }
        }
        expect(problems.feed.value).toEqual([]);
        expect(readdirSync(folder).toSorted()).toEqual(
          writtenUsers.map((email) => `${userRef(email)}.json`).toSorted(),
        );
        expect(await checkIsolation(store, cache, null)).toMatchObject({
          ok: true,
          users: writtenUsers.length,
        });
        store.stop();
      }
    };
    await Promise.all(Array.from({ length: lanes }, (_, lane) => inLane(lane + 1)));
    // Or no kill fell into a write, and nothing was tried.
    expect(litter + between).toBeGreaterThan(5);
  },
);
