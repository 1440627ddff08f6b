import { RpcError } from '../../../shared/rpc/wire.ts';
import type { Clock } from '../clock.ts';
import type { OrchestratorSource } from '../sources/orchestrator/orchestrator-source.ts';
import { describeError } from './readings.ts';
import { rpcCodes } from './rpc-codes.ts';
import type { StatusService } from './status-service.ts';

/** ms a mutation may take. */
const timeLimit = 30_000;

/**
 * Clears the orchestrator's own cache, once: a mutation is never retried. Its statistics are read again afterwards
 * whether it worked or not, because a failed answer says nothing of what the server did.
 * @param stopping gives up waiting for the server
 * @throws RpcError with the server's reason in plain words.
 */
export async function clearServerCache(
  source: OrchestratorSource,
  status: StatusService,
  clock: Clock,
  stopping: AbortSignal,
): Promise<{ message: string }> {
  const control = new AbortController();
  const timedOut = new DOMException('The time limit has passed.', 'TimeoutError');
  const cancel = clock.after(timeLimit, () => control.abort(timedOut));
  try {
    return { message: await source.clearServerCache(AbortSignal.any([control.signal, stopping])) };
  } catch (error) {
    const { code, message } = describeError(error);
    const next = stopping.aborted ? '' : '; its statistics are read again';
    throw new RpcError(rpcCodes[code], `${message} What the server did is not known${next}.`);
  } finally {
    cancel();
    if (!stopping.aborted) void status.reread('orchestrator:cache');
  }
}
