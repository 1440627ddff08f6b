import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { posix } from '../../support/posix.ts';
import { event, HistoryBed, lab, retention, second, start } from './history-bed.ts';

let bed: HistoryBed;
beforeEach(() => void (bed = new HistoryBed()));
afterEach(() => bed.remove());

const gaps = (why: string) => [
  {
    id: 'history:writing',
    text: `Nothing can be added to it or read from it: ${why}. It is tried again with each sample.`,
  },
];

test('while writing fails it is told once and what was there is answered; once it works the problem is gone', () => {
  const store = bed.open();
  store.addEvent(event({ title: 'before' }));
  store.of(lab).addSample(start, { hits: 1 });
  bed.inFile((other) => {
    other.exec('BEGIN IMMEDIATE');
    store.of(lab).addSample(start + 5 * second, { hits: 1 });
    store.of(lab).addRequests([{ at: start, resource: 'vpn:status', ms: 5, outcome: 'ok', calls: 1 }]);
    store.prune(retention);
    expect([store.addEvent(event()), store.addEvent(event())]).toEqual([-1, -2]);
    expect(store.latestEvents(20).map(({ title }) => title)).toEqual(['before']);
    expect(store.of(lab).query({ from: start, to: start + 10 * second, points: 10 }).at).toEqual([start]);
    expect(bed.told).toEqual(gaps('another program has locked its file'));
    expect(bed.log.lines).toEqual(['warn: history: database is locked']);
    other.exec('ROLLBACK');
  });
  // Writes nothing, so proves nothing.
  store.of(lab).addRequests([]);
  expect(bed.told).toHaveLength(1);
  expect(store.addEvent(event())).toBe(2);
  expect(bed.told).toEqual([]);
  expect(store.persistent).toBe(true);
});

test('after closing nothing is written, everything is empty and nothing is told', () => {
  const store = bed.open();
  store.addEvent(event());
  store.close();
  store.close();
  expect(store.persistent).toBe(false);
  store.of(lab).addSample(start, { hits: 1 });
  store.of(lab).addRequests([{ at: start, resource: 'vpn:status', ms: 5, outcome: 'ok', calls: 1 }]);
  store.prune(retention);
  expect(store.addEvent(event())).toBe(-1);
  expect(store.latestEvents(20)).toEqual([]);
  expect(store.of(lab).requests({ from: 0, to: start, limit: 10 })).toEqual([]);
  expect(store.marks(0, start, ['state'], 10)).toEqual([]);
  const { at, series } = store.of(lab).query({ from: 0, to: start, points: 10 });
  expect([at, series.hits, series.ageVpn]).toEqual([[], [], []]);
  expect(bed.told).toEqual([]);
  expect(bed.count('event')).toBe(1);
});

const limitedWriter = fileURLToPath(new URL('limited-writer.ts', import.meta.url));

test.runIf(posix)(
  'a disk that takes no more: told once, nothing thrown, what was kept is whole',
  async () => {
    // The shell lets the process write files of 256 KiB at most (blocks of 512 bytes).
    const child = spawn('sh', [
      '-c',
      'ulimit -f 512 && exec "$0" "$@"',
      process.execPath,
      limitedWriter,
      bed.folder,
    ]);
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += String(chunk)));
    child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)));
    await once(child, 'close');
    const { kept, lost, told, reports, logged } = JSON.parse(said) as Record<string, unknown>;
    expect(told).toEqual(gaps('the disk cannot be read or written'));
    expect(reports).toEqual(['history:writing']);
    expect(logged).toEqual(['warn: history: disk I/O error']);
    expect(lost).toBeGreaterThan(0);
    expect(kept).toBeGreaterThan(0);
    const store = bed.open();
    expect(store.latestEvents(1)[0]?.id).toBe(kept);
    expect(bed.inFile((file) => file.prepare('PRAGMA integrity_check').get())).toEqual({
      integrity_check: 'ok',
    });
    expect(store.addEvent(event())).toBe(Number(kept) + 1);
  },
);
