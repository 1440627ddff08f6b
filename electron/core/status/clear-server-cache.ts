import { RpcError } from '../../../shared/rpc/wire.ts';
import type { RpcErrorCode } from '../../../shared/rpc/wire.ts';
import type { FailureCode } from '../../../shared/model/reading.ts';
import type { Clock } from '../clock.ts';
import type { OrchestratorSource } from '../sources/orchestrator/orchestrator-source.ts';
import { describeError } from './readings.ts';
import type { StatusService } from './status-service.ts';

/** ms a mutation may take. */
const timeLimit = 30_000;

/**
 * Clears the orchestrator's own cache, once: a mutation is never retried. Its statistics are read again afterwards
 * whether it worked or not, because a failed answer says nothing of what the server did.
 * @throws RpcError with the server's reason in plain words.
 */
export async function clearServerCache(
  source: OrchestratorSource,
  status: StatusService,
  clock: Clock,
): Promise<{ message: string }> {
  const control = new AbortController();
  const cancel = clock.after(timeLimit, () => control.abort());
  try {
    return { message: await source.clearServerCache(control.signal) };
  } catch (error) {
    const { code, message } = describeError(error);
    throw new RpcError(
      rpcCodes[code],
      `${message} What the server did is not known; its statistics were read again.`,
    );
  } finally {
    cancel();
    void status.forceRefresh(['orchestrator:cache']);
  }
}

/** `unauthorized` on the bridge means the page itself is signed out, so the backend's refusal is `forbidden`. */
const rpcCodes: Readonly<Record<FailureCode, RpcErrorCode>> = {
  unreachable: 'unavailable',
  timeout: 'timeout',
  unauthorized: 'forbidden',
  forbidden: 'forbidden',
  'not-found': 'not-found',
  'rate-limited': 'unavailable',
  'server-error': 'unavailable',
  'bad-reply': 'unavailable',
  tls: 'unavailable',
  cancelled: 'cancelled',
};
