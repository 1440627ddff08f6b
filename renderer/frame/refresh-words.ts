import type { RefreshProgress } from '../../shared/contract/app.ts';
import { durationText } from '../ui/format.ts';

type Item = RefreshProgress['items'][number];

/** "queued", "running", "ok 182 ms", "failed: timed out". */
export function itemWords({ state, ms, message }: Item): string {
  switch (state) {
    case 'queued':
      return 'queued';
    case 'running':
      return 'running';
    case 'ok':
      return ms === null ? 'ok' : `ok ${durationText(ms)}`;
    case 'not-reported':
      return 'not reported by this backend';
    case 'failed':
      return `failed: ${message ?? 'no reason given'}`;
  }
}

/** How far a refresh is: finished of all. */
export function progressCount(items: readonly Item[]): readonly [number, number] {
  return [items.filter(({ state }) => state !== 'queued' && state !== 'running').length, items.length];
}

/** "3 refreshed, 1 failed · engines 7 → 8 · exit IP changed": main compares, and only what was read. */
export function resultLine({ items, changes }: Pick<RefreshProgress, 'items' | 'changes'>): string {
  const failed = items.filter(({ state }) => state === 'failed').length;
  const fine = items.filter(({ state }) => state === 'ok').length;
  return [failed === 0 ? `${fine} refreshed` : `${fine} refreshed, ${failed} failed`, ...changes].join(' · ');
}
