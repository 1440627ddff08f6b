import { systemClock } from '../../electron/core/clock.ts';
import type { SessionComparison } from '../../shared/contract/sessions.ts';
import { compareBed } from '../support/compare-bed.ts';

type Run = SessionComparison['three'][number];

/** Calls and ms of `session-cache-flow.md`; what is not named it does not tell. */
const figures: Readonly<Record<'three' | 'five', Partial<Record<Run['kind'], readonly [number, number?]>>>> =
  {
    three: { off: [9, 2850], cold: [5, 1758] },
    five: { off: [14], warm: [5] },
  };

/** The comparison as the page makes it, against the demo's portal in real time: about 20 s. */
export async function compareBench(): Promise<SessionComparison> {
  const bed = await compareBed({ clock: systemClock, serverClock: systemClock });
  try {
    return await bed.compare();
  } finally {
    await bed.close();
  }
}

function line(name: 'three' | 'five', { kind, calls, ms, extra }: Run): string {
  const [seedCalls, seedMs] = figures[name][kind] ?? [];
  const seed =
    seedCalls === undefined
      ? ''
      : `  the document: ${seedCalls} calls${seedMs === undefined ? '' : `, ${seedMs} ms`}: `;
  const met = kind === 'off' ? calls === seedCalls : calls <= (seedCalls ?? calls);
  const apart = extra.calls === 0 ? '' : ` (and ${extra.calls} for endpoints, ${extra.ms.toFixed(0)} ms)`;
  const ours = `${String(calls).padStart(2)} calls, ${ms.toFixed(0).padStart(4)} ms${apart}`;
  return `${name.padEnd(6)}${kind.padEnd(10)}${ours.padEnd(46)}${seed}${seed && (met ? 'met' : 'MISSED')}`.trimEnd();
}

/** The runs as aligned lines, with whether the document's number of calls was met. */
export function compareTable({ three, five }: SessionComparison): string {
  return [...three.map((run) => line('three', run)), ...five.map((run) => line('five', run))].join('\n');
}

if (import.meta.main) console.log(compareTable(await compareBench()));
