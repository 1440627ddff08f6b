import { writeSync } from 'node:fs';
import { z } from 'zod';
import { systemClock } from '../../electron/core/clock.ts';
import { openDocument } from '../../electron/core/storage/document.ts';
import { lockFolder } from '../../electron/core/storage/folder-lock.ts';
import { Problems } from '../../electron/core/storage/problems.ts';
import { openConfStore } from '../../electron/hosts/conf-store.ts';

/** A document large enough that a kill often falls into a write: `text` repeats a letter that follows from `count`. */
export const countSchema = z.object({ count: z.int(), text: z.string() });
export type Count = z.infer<typeof countSchema>;

export function countDocument(count: number): Count {
  return { count, text: String.fromCharCode(97 + (count % 26)).repeat(200_000) };
}

export function openCount(folder: string, problems: Problems, openStore = openConfStore) {
  return openDocument({
    folder,
    name: 'count',
    area: 'settings',
    schema: countSchema,
    defaults: countDocument(0),
    format: 1,
    migrations: [],
    clock: systemClock,
    problems,
    openStore,
  });
}

/** Counts on in `folder` until it is killed; says each count once `set` has returned. */
function countForEver(folder: string): void {
  if (lockFolder(folder).outcome !== 'held') throw new Error('the folder is not free');
  const document = openCount(folder, new Problems(systemClock));
  for (let { count } = document.value; ;) {
    count += 1;
    document.set(countDocument(count));
    writeSync(1, `${count}\n`);
  }
}

if (import.meta.main) countForEver(process.argv[2] ?? '');
