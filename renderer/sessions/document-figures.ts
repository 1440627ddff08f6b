import type { SessionComparison } from '../../shared/contract/sessions.ts';

export type Run = SessionComparison['three'][number];
export type Operation = Run['operations'][number]['operation'];

export const operationTitles: Readonly<Record<Operation, string>> = {
  vms: 'List VMs',
  clusters: 'List clusters',
  'business-units': 'List business units',
  environments: 'List environments',
  endpoints: 'List endpoints',
};

/** Calls, and ms where the document tells them. */
export interface Cost {
  readonly calls: number;
  readonly ms: number | null;
}

interface DocumentRow {
  readonly operation: Operation;
  readonly without: Cost;
  readonly with: Cost;
}

export interface DocumentTable {
  readonly rows: readonly DocumentRow[];
  readonly without: Cost;
  readonly with: Cost;
  /** What its figures with a store stand for: a first run with an empty store, or later requests. */
  readonly comparedWith: 'cold' | 'warm';
}

function row(operation: Operation, without: readonly [number, number?], kept: readonly [number, number?]) {
  return {
    operation,
    without: { calls: without[0], ms: without[1] ?? null },
    with: { calls: kept[0], ms: kept[1] ?? null },
  };
}

/** "Performance Comparison" of session-cache-flow.md: one run of three operations, the first with an empty store. */
export const threeOfDocument: DocumentTable = {
  rows: [
    row('vms', [3, 950], [3, 950]),
    row('clusters', [3, 1150], [1, 604]),
    row('business-units', [3, 750], [1, 204]),
  ],
  without: { calls: 9, ms: 2850 },
  with: { calls: 5, ms: 1758 },
  comparedWith: 'cold',
};

/** "API Call Reduction" of the same document: calls alone; its "after" is a later request of each operation. */
export const fiveOfDocument: DocumentTable = {
  rows: [
    row('vms', [3], [1]),
    row('clusters', [3], [1]),
    row('business-units', [3], [1]),
    row('environments', [3], [1]),
    row('endpoints', [2], [1]),
  ],
  without: { calls: 14, ms: null },
  with: { calls: 5, ms: null },
  comparedWith: 'warm',
};
