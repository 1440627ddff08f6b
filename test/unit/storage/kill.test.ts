import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { systemClock } from '../../../electron/core/clock.ts';
import { lockFolder } from '../../../electron/core/storage/folder-lock.ts';
import { Problems } from '../../../electron/core/storage/problems.ts';
import { delays, writeAndDie } from '../../support/killed-writer.ts';
import { countDocument, openCount } from '../../support/storage-writer.ts';

const kills = 50;
/** Processes at work at a time, each in a folder of its own. */
const lanes = 3;
/** ms of counting before a kill, at most; about ten writes. */
const longest = 40;
const writer = fileURLToPath(new URL('../../support/storage-writer.ts', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'cachedeck-kill-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function temporaryFiles(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.includes('.tmp-'));
}

test(
  `${kills} kills at any moment: the last document or the one being written, whole, and no litter`,
  { timeout: 120_000 },
  async () => {
    let left = kills;
    let litter = 0;
    const inLane = async (lane: number): Promise<void> => {
      const folder = join(root, `lane-${lane}`);
      for (const delay of delays(lane, longest)) {
        if (left === 0) return;
        left -= 1;
        const last = await writeAndDie(writer, folder, delay);
        litter += temporaryFiles(folder).length;

        const lock = lockFolder(folder);
        const problems = new Problems(systemClock);
        const { value } = openCount(folder, problems);
        expect([last, last + 1]).toContain(value.count);
        expect(value).toEqual(countDocument(value.count));
        expect(problems.feed.value).toEqual([]);
        expect(readdirSync(folder).toSorted()).toEqual(['count.json', 'lock.db']);
        expect(lock.outcome).toBe('held');
        if (lock.outcome === 'held') lock.release();
      }
    };
    await Promise.all(Array.from({ length: lanes }, (_, lane) => inLane(lane + 1)));
    // Or no kill fell into a write, and nothing was tried.
    expect(litter).toBeGreaterThan(0);
  },
);
