import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { noteSchema, StorageBed } from '../../support/storage-bed.ts';

const bed = new StorageBed();
afterAll(() => bed.remove());

const field = fc.oneof(fc.jsonValue(), fc.constantFrom('red', 'green', 5, ['a'], { x: true }));
const data = fc.oneof(
  fc.jsonValue(),
  fc.record({ colour: field, size: field, tags: field, marks: field, other: field }, { requiredKeys: [] }),
);
const file = fc
  .record({ format: fc.oneof(fc.constantFrom(1, 2, 3, 4), fc.jsonValue()), data })
  .map((content) => Buffer.from(JSON.stringify(content)));
const cut = fc.tuple(file, fc.nat(60)).map(([whole, length]) => whole.subarray(0, length));
const zeroes = fc.tuple(file, fc.nat(60)).map(([whole, from]) => Buffer.from(whole).fill(0, from));
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 80 }),
  fc.json().map((text) => Buffer.from(text)),
  file,
  cut,
  zeroes,
);

const migrations = [
  (old: unknown) => old,
  (old: unknown) => {
    if (old === null) throw new Error('an old release never wrote that');
    return old;
  },
];

test('whatever a file holds: a valid document, and nothing lost that was not taken over', () => {
  fc.assert(
    fc.property(bytes, (content) => {
      rmSync(bed.folder, { recursive: true, force: true });
      mkdirSync(bed.folder);
      writeFileSync(bed.path('notes.json'), content);

      const document = bed.open({ format: 3, migrations });
      const { value } = document;
      expect(noteSchema.parse(value)).toEqual(value);
      const told = bed.told.length > 0;
      const kept = () => readdirSync(bed.folder).some((name) => readFileSync(bed.path(name)).equals(content));
      // Untold and not there any more: an older format whose every field was taken over.
      expect(kept() || (!told && isDeepStrictEqual(bed.json('notes.json'), { format: 3, data: value }))).toBe(
        true,
      );

      const next = { ...value, size: (value.size + 1) % 10 };
      document.set(next);
      expect(kept() || !told).toBe(true);
      expect(bed.open({ format: 3, migrations }).value).toEqual(next);
      expect(bed.told).toEqual([]);
    }),
    { numRuns: 400 },
  );
});
