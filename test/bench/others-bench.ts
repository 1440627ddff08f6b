import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { TtlCache } from '../../electron/core/cache/ttl-cache.ts';
import { systemClock } from '../../electron/core/clock.ts';
import { nsPerCall } from './measure.ts';
import { installOthers, otherSubjects } from './other-caches.ts';
import type { Subject } from './other-caches.ts';

const policy = { ttl: 3_600_000 };
const hot = Array.from({ length: 64 }, (_, n) => `space:key${n}`);
/** ms a load takes where it matters who waits for it. */
const loadMs = 20;
const callers = 100;

/** This project's, with all of its statistics. */
function ours(): Subject {
  const cache = new TtlCache({ clock: systemClock, random: Math.random, max: 20_000 });
  return {
    name: 'Cachedeck',
    get: (key) => cache.get(key),
    set: (key, value) => cache.set(key, value, policy),
    getOrLoad: (key, load) => cache.getOrLoad(key, load, policy),
    remove: (key) => cache.delete(key),
  };
}

export interface OtherRow {
  readonly name: string;
  /** ns */
  readonly getHit: number;
  /** ns; null: it has no such call. */
  readonly loadHit: number | null;
  readonly misses: Stampede | null;
  readonly failing: Stampede | null;
  readonly inFlight: InFlight | null;
}

/** What came of many who miss the same key at once. */
interface Stampede {
  readonly loads: number;
  readonly values: number;
  readonly errors: number;
}

/** What became of a key that was removed while it was being loaded. */
interface InFlight {
  /** Whoever came after the removal got what was loaded before it. */
  readonly readerGetsOld: boolean;
  /** The late result replaced what was loaded after the removal. */
  readonly overwritten: boolean;
}

/** A hit is a hit or the row is worth nothing. */
async function mustHit(subject: Subject): Promise<void> {
  for (const key of hot) {
    if (subject.getOrLoad) await subject.getOrLoad(key, () => Promise.resolve(key));
    else await subject.set(key, key);
  }
  for (const key of hot) {
    if ((await subject.get(key)) !== key) throw new Error(`${subject.name} does not hold what it was given`);
  }
}

/** An answer that is no promise is not awaited: that would be measured instead. */
async function gets({ get }: Subject, calls: number): Promise<void> {
  const waits = get(hot[0] ?? '') instanceof Promise;
  for (let call = 0; call < calls; call += 1) {
    const answer = get(hot[call & 63] ?? '');
    if (waits) await answer;
  }
}

async function stampede({ getOrLoad }: Subject, key: string, fails: boolean): Promise<Stampede | null> {
  if (!getOrLoad) return null;
  let loads = 0;
  const load = async (): Promise<string> => {
    loads += 1;
    await wait(loadMs);
    if (fails) throw new Error('scripted');
    return 'value';
  };
  const settled = await Promise.allSettled(Array.from({ length: callers }, () => getOrLoad(key, load)));
  const values = settled.filter((one) => one.status === 'fulfilled' && one.value === 'value').length;
  const errors = settled.filter(({ status }) => status === 'rejected').length;
  return { loads, values, errors };
}

async function inFlight({ get, getOrLoad, remove }: Subject): Promise<InFlight | null> {
  if (!getOrLoad) return null;
  const slow = (value: string, ms: number) => async (): Promise<string> => {
    await wait(ms);
    return value;
  };
  const before = getOrLoad('space:flight', slow('old', 4 * loadMs));
  await wait(loadMs);
  await remove('space:flight');
  const after = await getOrLoad('space:flight', slow('new', loadMs));
  await before;
  await wait(loadMs);
  const held = await get('space:flight');
  return { readerGetsOld: after === 'old', overwritten: held === 'old' };
}

async function measure(subjects: readonly Subject[]): Promise<OtherRow[]> {
  for (const subject of subjects) await mustHit(subject);
  const getHits = await nsPerCall(
    subjects.map((subject) => (calls) => gets(subject, calls)),
    20_000,
    9,
  );
  const loading = subjects.filter(({ getOrLoad }) => getOrLoad !== null);
  const loadHits = await nsPerCall(
    loading.map(({ getOrLoad }) => async (calls: number) => {
      const load = (): Promise<string> => Promise.resolve('never');
      for (let call = 0; call < calls; call += 1) await getOrLoad?.(hot[call & 63] ?? '', load);
    }),
    20_000,
    9,
  );
  const rows: OtherRow[] = [];
  for (const [nth, subject] of subjects.entries()) {
    rows.push({
      name: subject.name,
      getHit: getHits[nth] ?? NaN,
      loadHit: loadHits[loading.indexOf(subject)] ?? null,
      misses: await stampede(subject, 'space:missing', false),
      failing: await stampede(subject, 'space:failing', true),
      inFlight: await inFlight(subject),
    });
  }
  return rows;
}

/** This project's cache and five others, side by side. @throws Error when they cannot be installed */
export async function othersBench(): Promise<OtherRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cachedeck-others-'));
  try {
    installOthers(folder);
    return await measure([ours(), ...(await otherSubjects(folder))]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The rows as aligned lines; times as multiples of the first row's. */
export function othersTable(rows: readonly OtherRow[]): string {
  const [first] = rows;
  const ratio = (ns: number | null, own: number | null | undefined): string =>
    ns === null || !own ? '—' : `×${(ns / own).toFixed(1)}`;
  const crowd = (one: Stampede | null): string =>
    one === null ? '—' : `${one.loads} loads, ${one.values} values, ${one.errors} errors`;
  const flight = (one: InFlight | null): string => {
    if (one === null) return '—';
    const reader = `reader gets the ${one.readerGetsOld ? 'old' : 'new'} value`;
    return `${reader}, ${one.overwritten ? 'OVERWRITTEN' : 'not overwritten'}`;
  };
  const head = [
    '',
    'get hit',
    'or load',
    `${callers} misses at once`,
    'the same, failing',
    'removed while loading',
  ];
  const lines = rows.map((row) => [
    row.name,
    ratio(row.getHit, first?.getHit),
    ratio(row.loadHit, first?.loadHit),
    crowd(row.misses),
    crowd(row.failing),
    flight(row.inFlight),
  ]);
  const widths = [22, 9, 9, 36, 36, 0];
  return [
    ...[head, ...lines].map((cells) =>
      cells
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('')
        .trimEnd(),
    ),
    '',
    `×1.0 here: ${first?.getHit.toFixed(0)} ns and ${first?.loadHit?.toFixed(0) ?? '—'} ns. — : it has no such call.`,
  ].join('\n');
}

if (import.meta.main) {
  try {
    console.log(othersTable(await othersBench()));
  } catch (error) {
    const why =
      error instanceof Error && 'status' in error ? `npm ended with ${String(error.status)}` : String(error);
    console.log(`SKIPPED: the other caches could not be installed (${why}). This needs a package registry.`);
  }
}
