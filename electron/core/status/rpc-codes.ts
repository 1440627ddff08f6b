import type { FailureCode } from '../../../shared/model/reading.ts';
import type { RpcErrorCode } from '../../../shared/rpc/wire.ts';

/** `unauthorized` on the bridge means the page itself is signed out, so the backend's refusal is `forbidden`. */
export const rpcCodes: Readonly<Record<FailureCode, RpcErrorCode>> = {
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
