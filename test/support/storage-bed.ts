import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { openDocument } from '../../electron/core/storage/document.ts';
import type { DocumentOptions } from '../../electron/core/storage/document.ts';
import { Problems } from '../../electron/core/storage/problems.ts';
import { openConfStore } from '../../electron/hosts/conf-store.ts';
import { FakeClock } from './fake-clock.ts';

/** A small document with a field of each sort. */
export const noteSchema = z.object({
  colour: z.enum(['red', 'green']),
  size: z.int().min(0).max(9),
  tags: z.array(z.string().max(5)),
  marks: z.record(z.string(), z.boolean()),
});
export const noteDefaults = { colour: 'red', size: 1, tags: [], marks: {} } satisfies z.infer<
  typeof noteSchema
>;

type NoteOptions = Partial<DocumentOptions<typeof noteSchema>>;

/** A temporary folder and what it takes to open documents in it. */
export class StorageBed {
  readonly root = mkdtempSync(join(tmpdir(), 'cachedeck-storage-'));
  /** Not there until something is stored. */
  readonly folder = join(this.root, 'data');
  /** 2026-11-21 06:15:30 UTC. */
  readonly clock = new FakeClock(Date.UTC(2026, 10, 21, 6, 15, 30, 250));
  problems = new Problems(this.clock);

  path(name: string): string {
    return join(this.folder, name);
  }

  /** The next run of the app: what was told before is forgotten. */
  open(options: NoteOptions = {}) {
    this.problems = new Problems(this.clock);
    return openDocument({
      folder: this.folder,
      name: 'notes',
      area: 'settings',
      schema: noteSchema,
      defaults: noteDefaults,
      format: 1,
      migrations: [],
      clock: this.clock,
      problems: this.problems,
      openStore: openConfStore,
      ...options,
    });
  }

  get told(): { id: string; text: string }[] {
    return this.problems.feed.value.map(({ id, text }) => ({ id, text }));
  }

  get files(): string[] {
    return readdirSync(this.folder).toSorted();
  }

  json(name: string): unknown {
    return JSON.parse(readFileSync(this.path(name), 'utf8'));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
