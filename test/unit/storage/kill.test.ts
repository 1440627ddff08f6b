import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { systemClock } from '../../../electron/core/clock.ts';
import { lockFolder } from '../../../electron/core/storage/folder-lock.ts';
import { Problems } from '../../../electron/core/storage/problems.ts';
import { countDocument, openCount } from '../../support/storage-writer.ts';

const kills = 50;
/** Processes at work at a time, each in a folder of its own. */
const lanes = 3;
/** ms of counting before a kill, at most; about ten writes. */
const longest = 40;
const writer = fileURLToPath(new URL('../../support/storage-writer.ts', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'cachedeck-kill-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The same delays in each run: a linear congruential generator. */
function* delays(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    yield (state / 2 ** 32) * longest;
  }
}

/** Lets a process count and kills it `delay` ms after its first count. Returns the last count it said was kept. */
async function countAndDie(folder: string, delay: number): Promise<number> {
  const child = spawn(process.execPath, [writer, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let errors = '';
  child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), delay));
  child.stdout.on('data', (chunk: Buffer) => (said += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (errors += String(chunk)));
  await once(child, 'close');
  if (child.signalCode !== 'SIGKILL') throw new Error(`The writer ended by itself: ${errors}`);
  // A line that the kill cut off says nothing.
  return Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
}

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
      for (const delay of delays(lane)) {
        if (left === 0) return;
        left -= 1;
        const last = await countAndDie(folder, delay);
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
