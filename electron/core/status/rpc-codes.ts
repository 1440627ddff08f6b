import type { FailureCode } from '../../../shared/model/reading.ts';
import type { RpcErrorCode } from '../../../shared/rpc/wire.ts';

/** What a page is told of a failure. `unauthorized` asks somebody to sign in; where nobody can, it is `forbidden`. */
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
