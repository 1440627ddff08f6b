import type { EngineTotals, OrchestratorStatus } from '../../../../shared/contract/orchestrator.ts';

/** Some engine is unhealthy, or none is healthy while some run. null: the reply does not tell. */
export function enginesUnhealthy({ engines }: OrchestratorStatus): boolean | null {
  const { unhealthy, healthy, running } = engines;
  if (unhealthy !== null && unhealthy > 0) return true;
  if (healthy !== null && running !== null) return healthy === 0 && running > 0;
  return unhealthy === null ? null : false;
}

/** No engine can be started, for another reason than that there are as many as there may be. */
export function provisioningBlocked({ provisioning }: OrchestratorStatus): boolean | null {
  const { canProvision, blocked } = provisioning;
  if (canProvision === null) return null;
  return !canProvision && blocked?.code !== 'max_capacity';
}

/**
 * Whether the byte counters stand still while containers run. The real server goes on answering with frozen numbers when
 * what collects them has died, and gives them no time of their own.
 */
export class StandingCounters {
  #before: string | null = null;
  #still = 0;
  /** Whether they have moved, or enough polls were seen to say that they do not. */
  #known = false;

  /**
   * To be called once for each load.
   * @param polls how many in a row may be equal
   * @returns null: nothing to compare with yet, or no counter is reported
   */
  stand(totals: EngineTotals, polls: number): boolean | null {
    const now = countersOf(totals);
    if (now === null) return null;
    const moved = this.#before !== null && now !== this.#before;
    this.#still = this.#before === null || moved ? 0 : this.#still + 1;
    this.#before = now;
    const running = (totals.containerCount ?? 0) > 0;
    if (!running) this.#still = 0;
    const standing = this.#still >= polls;
    this.#known ||= moved || standing || !running;
    return this.#known ? standing : null;
  }
}

function countersOf(totals: EngineTotals): string | null {
  const { networkRxBytes, networkTxBytes, blockReadBytes, blockWriteBytes } = totals;
  const counters = [networkRxBytes, networkTxBytes, blockReadBytes, blockWriteBytes];
  return counters.every((one) => one === null) ? null : counters.join(' ');
}
