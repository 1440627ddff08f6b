import type { SessionComparison } from '../../shared/contract/sessions.ts';
import type { SessionField } from '../../shared/model/sessions.ts';
import { inspectSession, listSessions } from '../../electron/core/sessions/for-pages.ts';
import { AskedTime } from '../support/asked-time.ts';
import { compareBed } from '../support/compare-bed.ts';
import { pathsOf } from '../support/portal-bench.ts';
import type { PortalBench } from '../support/portal-bench.ts';

export const hour = 3_600_000;

let compared: Promise<SessionComparison> | null = null;

/** The product's comparison, against the demo's portal in its own time; made once for all rows. */
export function comparison(): Promise<SessionComparison> {
  compared ??= compareOnce();
  return compared;
}

async function compareOnce(): Promise<SessionComparison> {
  const clock = new AskedTime();
  const bed = await compareBed({ clock, serverClock: clock.server });
  try {
    return await bed.compare();
  } finally {
    await bed.close();
  }
}

type Set = 'three' | 'five';
type Kind = SessionComparison['three'][number]['kind'];

export async function runOf(set: Set, kind: Kind) {
  const run = (await comparison())[set].find((one) => one.kind === kind);
  if (!run) throw new Error(`The comparison has no run ${kind}`);
  return run;
}

export async function operationOf(set: Set, kind: Kind, name: string) {
  const operation = (await runOf(set, kind)).operations.find((one) => one.operation === name);
  if (!operation) throw new Error(`The comparison has no operation ${name}`);
  return operation;
}

/** Calls that reading a field makes, in the order of `fields`. */
export async function callsOf(bench: PortalBench, fields: readonly SessionField[]): Promise<number[]> {
  const calls: number[] = [];
  for (const field of fields) calls.push((await bench.measure(() => bench.read(field))).calls);
  return calls;
}

/** What the page's inspector shows of the user. */
export function inspected({ run, user }: PortalBench) {
  const session = inspectSession(run.store, run.cache, (field) => pathsOf[field], user);
  if (!session) throw new Error('No such session');
  return session;
}

/** What the page's list shows of the user. */
export function listed({ run, user }: PortalBench) {
  return listSessions(run.store, run.cache).users.find((one) => one.user === user);
}

export function saved(before: number, after: number): number {
  return Math.round(100 * (1 - after / before));
}
