import type { RefreshProgress } from '../../shared/contract/app.ts';
import type { VpnStatus } from '../../shared/contract/orchestrator.ts';
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

/** What an operator compares across a refresh. */
export interface Before {
  readonly engines: number | null;
  readonly exitIps: string | null;
}

export function exitIpsOf(vpn: VpnStatus | null): string | null {
  const ips = vpn?.nodes.flatMap(({ publicIp }) => publicIp ?? []) ?? [];
  return ips.length === 0 ? null : ips.join(', ');
}

/** "3 refreshed, 1 failed · engines 7 → 8 · exit IP unchanged"; nothing is compared that was not read. */
export function resultLine(items: readonly Item[], before: Before, after: Before): string {
  const failed = items.filter(({ state }) => state === 'failed').length;
  const fine = items.filter(({ state }) => state === 'ok').length;
  const parts = [failed === 0 ? `${fine} refreshed` : `${fine} refreshed, ${failed} failed`];
  const read = (key: Item['key']): boolean => items.some((item) => item.key === key && item.state === 'ok');
  if (read('orchestrator:status') && before.engines !== null && after.engines !== null) {
    parts.push(
      before.engines === after.engines
        ? `engines unchanged (${after.engines})`
        : `engines ${before.engines} → ${after.engines}`,
    );
  }
  if (read('vpn:status') && before.exitIps !== null && after.exitIps !== null) {
    parts.push(before.exitIps === after.exitIps ? 'exit IP unchanged' : `exit IP now ${after.exitIps}`);
  }
  return parts.join(' · ');
}
