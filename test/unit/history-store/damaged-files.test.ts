import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { HistoryStore } from '../../../electron/core/history/store/history-store.ts';
import { recordOf } from '../../support/alert-world.ts';
import { expectOwn } from '../../support/expect-own.ts';
import { posix } from '../../support/posix.ts';
import { event, everything, HistoryBed, hour, lab, retention, second, start } from './history-bed.ts';

let bed: HistoryBed;
beforeEach(() => void (bed = new HistoryBed()));
afterEach(() => bed.remove());

const corrupt = 'history.corrupt-20261121T061500Z.sqlite';

/** A file with a few hundred pages. */
function fill(): void {
  const store = bed.open();
  for (let n = 0; n < 720; n += 1)
    store.of(lab).addSample(start - hour + n * 5 * second, { hits: n, ageVpn: n / 3 });
  const rows = Array.from({ length: 5_000 }, (_, n) => ({
    at: start - hour + n,
    resource: 'orchestrator:status',
    ms: n / 7,
    outcome: 'ok' as const,
    calls: 1,
  }));
  store.of(lab).addRequests(rows);
  for (let n = 0; n < 200; n += 1) store.addEvent(event({ title: `Event ${n}` }));
  store.close();
}

function put(content: string | Uint8Array): void {
  mkdirSync(bed.folder, { recursive: true });
  writeFileSync(bed.file, content);
}

/** Uses every method once; what was written has to be there if the store is one that works. */
function use(store = bed.open()): void {
  const { id, ...known } = { id: store.addEvent(event()), ...event() };
  expect(id).toBe(1);
  store.of(lab).addSample(start, { hits: 7 });
  store.of(lab).addRequests([{ at: start, resource: 'vpn:status', ms: 5, outcome: 'tls', calls: 1 }]);
  const { id: _, ...record } = recordOf({ at: start });
  store.alerts.add(lab, record);
  store.alerts.setState(lab, { firing: 1 });
  store.prune(retention);
  expect(store.alerts.list(null, 5).records).toEqual([{ id: 1, ...record }]);
  expect(store.alerts.state(lab, z.object({ firing: z.int() }))).toEqual({ firing: 1 });
  expect(store.latestEvents(20)).toEqual([{ id, ...known }]);
  expect(store.of(lab).query({ from: start, to: start + second, points: 10 }).series.hits).toEqual([7]);
  expect(store.of(lab).requests({ from: start, to: start, limit: 10 })).toHaveLength(1);
  expect(store.marks(start, start, ['state'], 10)).toHaveLength(1);
}

test('a new file belongs to this account alone, and after closing it is the only one', () => {
  const store = bed.open();
  expect(store.persistent).toBe(true);
  use(store);
  for (const name of bed.files) expectOwn(join(bed.folder, name), 0o600);
  expect(bed.files).toContain('history.sqlite-wal');
  store.close();
  expect(bed.files).toEqual(['history.sqlite']);
  chmodSync(bed.file, 0o644);
  bed.open();
  expectOwn(bed.file, 0o600);
  expect(bed.told).toEqual([]);
});

test('an empty file is a database without tables', () => {
  put('');
  use();
  expect(bed.told).toEqual([]);
});

describe('set aside as it was and told; a new one is used', () => {
  const bodies: [string, () => Uint8Array][] = [
    ['no database', () => Buffer.from('{"format":1}')],
    ['null', () => Buffer.from('null')],
    ['long and no database', () => Buffer.alloc(100_000, 'history ')],
    ['nothing but zero bytes', () => Buffer.alloc(8192)],
    ['cut in half', () => half(filled())],
    ['cut within its first page', () => filled().subarray(0, 1000)],
    ['a damaged first page', () => Buffer.from(filled()).fill(0x5a, 100, 4096)],
  ];
  const filled = (): Buffer => {
    fill();
    return readFileSync(bed.file);
  };
  const half = (whole: Buffer): Buffer => whole.subarray(0, Math.floor(whole.length / 8192) * 4096);

  test.each(bodies)('%s', (_, body) => {
    const content = body();
    put(content);
    use();
    expect(readFileSync(join(bed.folder, corrupt)).equals(content)).toBe(true);
    expect(bed.told).toEqual([
      {
        id: 'history:content',
        text:
          'history.sqlite is damaged or was not written by Cachedeck, so a new one was started. ' +
          `The file as it was is kept as ${corrupt} in ${bed.folder}.`,
      },
    ]);
    expect(bed.open().latestEvents(20)).toHaveLength(1);
    expect(bed.told).toEqual([]);
  });

  test("another program's database", () => {
    mkdirSync(bed.folder);
    bed.inFile((database) => database.exec('CREATE TABLE songs (title TEXT)'));
    const content = readFileSync(bed.file);
    use();
    expect(readFileSync(join(bed.folder, corrupt)).equals(content)).toBe(true);
  });

  test.each([1, 2])("a database with our number %d and another's tables", (number) => {
    mkdirSync(bed.folder);
    bed.inFile((database) =>
      database.exec(`CREATE TABLE songs (title TEXT); PRAGMA user_version = ${number}`),
    );
    use();
    expect(bed.files).toContain(corrupt);
  });

  test('a later release wrote it', () => {
    fill();
    bed.inFile((database) => database.exec('PRAGMA user_version = 99'));
    use();
    const newer = 'history.newer-20261121T061500Z.sqlite';
    expect(bed.told.map(({ text }) => text)).toEqual([
      'history.sqlite was written by a newer release of Cachedeck, so a new one was started. ' +
        `The file as it was is kept as ${newer} in ${bed.folder}.`,
    ]);
  });

  test.runIf(posix)('what its last transactions left beside it goes with it', () => {
    fill();
    const newer = 'history.newer-20261121T061500Z.sqlite';
    // As long as another program has the file open too, SQLite leaves the log to it.
    bed.inFile((other) => {
      other.exec("PRAGMA user_version = 99; UPDATE event SET title = 'in the log' WHERE id = 200");
      use();
      expect(bed.files.filter((name) => name.startsWith(newer))).toEqual([
        newer,
        `${newer}-shm`,
        `${newer}-wal`,
      ]);
    });
    const aside = new DatabaseSync(join(bed.folder, newer));
    const title = aside.prepare('SELECT title FROM event WHERE id = 200').get();
    aside.close();
    expect(title).toEqual({ title: 'in the log' });
  });

  test('two in the same second do not overwrite each other', () => {
    for (const text of ['one', 'two']) {
      put(text);
      bed.open().close();
    }
    expect(readFileSync(join(bed.folder, corrupt), 'utf8')).toBe('one');
    expect(readFileSync(join(bed.folder, corrupt.replace('Z', 'Z-2')), 'utf8')).toBe('two');
  });
});

describe('damaged in the middle, found while running', () => {
  /** Destroys the pages of a table and leaves the rest whole. */
  function destroy(table: string): void {
    fill();
    const pages = bed.inFile((database) =>
      database
        .prepare('SELECT pageno FROM dbstat WHERE name = ?')
        .all(table)
        .map((row) => Number(row['pageno'])),
    );
    const content = readFileSync(bed.file);
    for (const page of pages) content.fill(0xff, (page - 1) * 4096, page * 4096);
    writeFileSync(bed.file, content);
  }

  const zeroed = (content: Buffer): Buffer => content.fill(0, Math.floor(content.length / 8192) * 4096);
  function useAll(store: HistoryStore): void {
    store.listEvents(everything);
    store.of(lab).requests({ from: start - 2 * hour, to: start, limit: 100_000 });
    store.of(lab).query({ from: start - 2 * hour, to: start, points: 240 });
    store.prune(retention);
  }

  test.each([
    'event',
    'request',
    'request_profile_at',
    'profile',
    'sqlite_autoindex_profile_1',
    'sample_5s',
    'sample_15m',
  ])('%s', (table) => {
    destroy(table);
    const store = bed.open();
    expect(bed.told).toEqual([]);
    useAll(store);
    expect(bed.files).toContain(corrupt);
    expect(bed.told.map(({ id }) => id)).toEqual(['history:content']);
    expect(store.persistent).toBe(true);
    use(store);
  });

  test('zero bytes in its second half', () => {
    fill();
    writeFileSync(bed.file, zeroed(readFileSync(bed.file)));
    const store = bed.open();
    useAll(store);
    expect(bed.told.map(({ id }) => id)).toEqual(['history:content']);
    use(store);
  });

  test('damaged again: the rest of the run is kept in memory, and files do not pile up', () => {
    destroy('event');
    const store = bed.open();
    for (let turn = 0; turn < 2; turn += 1) {
      bed.inFile((database) => database.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
      writeFileSync(bed.file, readFileSync(bed.file).fill(0xff, 4096));
      store.latestEvents(20);
      store.latestEvents(20);
    }
    expect(store.persistent).toBe(false);
    expect(bed.told.map(({ id }) => id).toSorted()).toEqual(['history:content', 'history:keeping']);
    expect(bed.files.filter((name) => name.includes('corrupt') && name.endsWith('.sqlite'))).toHaveLength(1);
    use(store);
  });
});

describe('kept in memory', () => {
  test('because that is wanted: nothing to tell', () => {
    const store = bed.open({ folder: null });
    expect(store.persistent).toBe(false);
    use(store);
    expect(bed.told).toEqual([]);
  });

  test('because another process holds the folder: nothing there is touched, and somebody else tells it', () => {
    fill();
    const before = readFileSync(bed.file);
    use(bed.open({ readOnly: true }));
    expect(readFileSync(bed.file).equals(before)).toBe(true);
    expect(bed.files).toEqual(['history.sqlite']);
    expect(bed.told).toEqual([]);
  });

  test('because the file is read-only: it stays as it is', () => {
    fill();
    chmodSync(bed.file, 0o444);
    const before = readFileSync(bed.file);
    const store = bed.open();
    use(store);
    expect(store.persistent).toBe(false);
    expect(bed.told).toEqual([
      {
        id: 'history:keeping',
        text:
          'Samples, events, alerts and requests are held in memory until Cachedeck ends: history.sqlite is read-only. ' +
          `The folder is ${bed.folder}.`,
      },
    ]);
    expect(readFileSync(bed.file).equals(before)).toBe(true);
    expect(bed.files).toEqual(['history.sqlite']);
  });

  test.each<[string, string, () => void]>([
    ['the folder is a file', 'its folder cannot be made', () => writeFileSync(bed.folder, '')],
    [
      'the file is a folder',
      'its file cannot be opened',
      () => void mkdirSync(bed.file, { recursive: true }),
    ],
  ])('because %s', (_, why, prepare) => {
    prepare();
    const store = bed.open();
    use(store);
    expect(store.persistent).toBe(false);
    expect(bed.told.map(({ text }) => text)).toEqual([
      `Samples, events, alerts and requests are held in memory until Cachedeck ends: ${why}. The folder is ${bed.folder}.`,
    ]);
  });
});

test.runIf(posix)(
  'a file that is deleted while it is open is told within a prune, and a new one is started',
  () => {
    const store = bed.open();
    store.addEvent(event({ title: 'Before' }));
    rmSync(bed.folder, { recursive: true });
    store.prune(retention);
    expect(bed.told).toEqual([
      {
        id: 'history:content',
        text: `history.sqlite was deleted while Cachedeck ran, so a new one was started. The folder is ${bed.folder}.`,
      },
    ]);
    store.addEvent(event({ title: 'After' }));
    store.close();
    expect(bed.open().latestEvents(20)).toMatchObject([{ title: 'After' }]);
  },
);
