import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { systemClock } from '../../electron/core/clock.ts';
import { listSessions } from '../../electron/core/sessions/for-pages.ts';
import type { SessionValues } from '../../electron/core/sessions/session-values.ts';
import type { SessionComparison } from '../../shared/contract/sessions.ts';
import { compareBed } from '../support/compare-bed.ts';
import { customerValues, fillSession, onPortal, storeOn } from '../support/portal-bench.ts';
import { median } from './measure.ts';

interface MemoryRow {
  readonly users: number;
  /** As the page says it, and as the garbage collector sees it; KiB a user. */
  readonly counted: number;
  readonly heap: number;
  /** KiB of a user's file. */
  readonly file: number;
  /** ms: writing all files, and a start of the app that reads them. */
  readonly writeMs: number;
  readonly startMs: number;
}

/** The document's figures for calls and ms; null: it has none. */
const seedFigures = {
  three: { off: [9, 2850], cold: [5, 1758] },
  five: { off: [14, null], warm: [5, null] },
} as const;
const kib = 1024;

/** The comparison as the page makes it, in real time: about 20 s. */
async function liveComparison(): Promise<SessionComparison> {
  const bed = await compareBed({ clock: systemClock, serverClock: systemClock });
  try {
    return await bed.compare();
  } finally {
    await bed.close();
  }
}

function heapUsed(collect: () => void): number {
  collect();
  return process.memoryUsage().heapUsed;
}

async function memoryOf(users: number, values: SessionValues, collect: () => void): Promise<MemoryRow> {
  const folder = mkdtempSync(join(tmpdir(), 'cachedeck-bench-'));
  try {
    const first = storeOn(folder, systemClock);
    const before = heapUsed(collect);
    for (let n = 0; n < users; n += 1) await fillSession(first.store, `user${n}@orchard.example`, values);
    const heap = (heapUsed(collect) - before) / users / kib;
    const counted = listSessions(first.store, first.cache).bytes / users / kib;
    const writing = performance.now();
    first.store.stop();
    const writeMs = performance.now() - writing;
    const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size / kib);
    const starting = performance.now();
    const second = storeOn(folder, systemClock);
    const startMs = performance.now() - starting;
    if (second.store.users.length !== users || sizes.length !== users) throw new Error('Users were lost');
    second.store.stop();
    return { users, counted, heap, file: median(sizes), writeMs, startMs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Calls, ms and memory beside the session documents' figures. */
export async function sessionBench() {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const values = await onPortal(customerValues);
  const memory: MemoryRow[] = [];
  for (const users of [100, 1000]) memory.push(await memoryOf(users, values, collect));
  return { comparison: await liveComparison(), memory };
}

function runLine(name: 'three' | 'five', run: SessionComparison['three'][number]): string {
  const figures: Partial<Record<string, readonly [number, number | null]>> = seedFigures[name];
  const [calls, ms] = figures[run.kind] ?? [null, null];
  const seed = calls === null ? '' : `  the document: ${calls} calls${ms === null ? '' : `, ${ms} ms`}`;
  const met = calls === null || (run.kind === 'off' ? run.calls === calls : run.calls <= calls);
  const extra = run.extra.calls === 0 ? '' : ` (and ${run.extra.calls} for endpoints, ${run.extra.ms} ms)`;
  const ours = `${String(run.calls).padStart(2)} calls, ${run.ms.toFixed(0).padStart(4)} ms${extra}`;
  return `${name.padEnd(6)}${run.kind.padEnd(10)}${ours.padEnd(46)}${seed}${met ? '' : '  MISSED'}`;
}

/** The measurements as aligned lines. */
export function sessionTable({ comparison, memory }: Awaited<ReturnType<typeof sessionBench>>): string {
  const { three, five } = comparison;
  return [
    ...three.map((run) => runLine('three', run)),
    ...five.map((run) => runLine('five', run)),
    ...memory.map(
      ({ users, counted, heap, file, writeMs, startMs }) =>
        `${String(users).padStart(4)} users: ${counted.toFixed(1)} KiB each as counted, ${heap.toFixed(1)} of heap ` +
        `(the document: ~25 KB), ${file.toFixed(1)} on disk; all written in ${writeMs.toFixed(0)} ms, ` +
        `read at the start in ${startMs.toFixed(0)} ms`,
    ),
  ].join('\n');
}

if (import.meta.main) console.log(sessionTable(await sessionBench()));
