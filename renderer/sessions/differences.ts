import { plural } from '../ui/format.ts';
import { operationTitles } from './document-figures.ts';
import type { DocumentTable, Operation, Run } from './document-figures.ts';

export function callsOf(runs: readonly Run[], kind: Run['kind'], operation: Operation): number | null {
  const run = runs.find((one) => one.kind === kind);
  return run?.operations.find((one) => one.operation === operation)?.calls ?? null;
}

/** Percent of the calls without a store that are not made; null: there were none to save. */
export function savedPercent(without: number, kept: number): number | null {
  return without === 0 ? null : (100 * (without - kept)) / without;
}

/** Why an operation makes no call at all, where the document still counts one. */
const kept: Readonly<Partial<Record<Operation, string>>> = {
  'business-units': 'the list itself is kept for 24 h, not only the ids it needs',
  environments: 'the list itself is kept for 24 h, not only the ids it needs',
  endpoints: 'the list itself is kept for 24 h, not only the id it needs',
};

/** A sentence for each operation whose calls are not the document's. */
export function differences(runs: readonly Run[], document: DocumentTable): string[] {
  const said: string[] = [];
  const { comparedWith } = document;
  const extra = runs.find(({ kind }) => kind === 'cold')?.extra;
  if (extra && extra.calls > 0) {
    said.push(
      `${operationTitles.clusters}: a real portal wants the endpoints in the request, so they are asked for first; ` +
        `${plural(extra.calls, 'call', 'calls')} more in the cold run, shown apart.`,
    );
  }
  for (const { operation, without, with: later } of document.rows) {
    const title = operationTitles[operation];
    const off = callsOf(runs, 'off', operation);
    const ours = callsOf(runs, comparedWith, operation);
    if (off !== null && off !== without.calls) {
      said.push(
        `${title}: ${plural(off, 'call', 'calls')} without a store, where the document counts ${without.calls}.`,
      );
    }
    if (ours === null || ours === later.calls) continue;
    const why = ours === 0 && comparedWith === 'warm' ? kept[operation] : undefined;
    const counted = ours === 0 ? 'no call' : plural(ours, 'call', 'calls');
    said.push(
      `${title}: ${counted} in the ${comparedWith} run, where the document counts ${later.calls}` +
        `${why === undefined ? '' : `: ${why}`}.`,
    );
  }
  return said;
}
