import { writeSync } from 'node:fs';
import { TtlCache } from '../../electron/core/cache/ttl-cache.ts';
import { systemClock } from '../../electron/core/clock.ts';
import { SessionFiles } from '../../electron/core/sessions/session-files.ts';
import { SessionStore } from '../../electron/core/sessions/session-store.ts';
import { Problems } from '../../electron/core/storage/problems.ts';
import { openConfStore } from '../../electron/hosts/conf-store.ts';
import { longestSession } from '../../shared/model/sessions.ts';
import { fullSession } from './session-bed.ts';

export const writtenUsers = Array.from({ length: 8 }, (_, nth) => `user${nth}@example.com`);

/** The session store on the files of `folder`, on the machine's clock. */
export function openSessions(folder: string) {
  const problems = new Problems(systemClock);
  const cache = new TtlCache({ clock: systemClock, random: Math.random });
  const files = new SessionFiles({ folder, clock: systemClock, problems, openStore: openConfStore });
  const store = new SessionStore({ cache, clock: systemClock, files, ttlOf: () => longestSession });
  store.restore();
  return { problems, cache, store };
}

/** Moves every user on to the next engagement, for ever; says each round that is on disk. */
async function moveForEver(folder: string): Promise<void> {
  const { store } = openSessions(folder);
  const first = Math.max(0, ...writtenUsers.map((email) => store.engagementId(email) ?? 0));
  for (let round = first + 1; ; round += 1) {
    const values = fullSession(round);
    for (const email of writtenUsers) {
      store.setEngagement(email, values.engagement_data);
      await store.get(email, 'endpoints', () => Promise.resolve(values.endpoints), { of: round });
    }
    writeSync(1, `${round}\n`);
    // Lets the writes that come later fall due.
    if (round % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

const [, , folder] = process.argv;
if (import.meta.main && folder !== undefined) await moveForEver(folder);
