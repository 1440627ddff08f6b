import type { RpcErrorCode } from '../../../shared/rpc/wire.ts';
import type { ControlResponse } from './types.ts';

/** What went wrong, as the seeds' servers say it: `detail` is a sentence, or a list of fields. */
export interface Fault {
  readonly status: number;
  readonly code: string;
  readonly detail: string | readonly FieldFault[];
  readonly headers?: Readonly<Record<string, string>>;
}

export interface FieldFault {
  /** "query" or "body" and the way to the field. */
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

/** Thrown by a route to answer with a fault of its own. */
export class ControlFault extends Error {
  override readonly name = 'ControlFault';
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.code);
    this.fault = fault;
  }
}

export function faultAnswer({ status, code, detail, headers = {} }: Fault): ControlResponse {
  return { status, headers, body: { detail, code } };
}

/**
 * What an error of the bridge is over HTTP. By then the key's role was found sufficient, so a refusal comes from a
 * backend: it must not read as one of the asker's key.
 */
export const faultOfRpc: Readonly<Record<RpcErrorCode, { readonly status: number; readonly code: string }>> =
  {
    'bad-request': { status: 400, code: 'bad-request' },
    unauthorized: { status: 502, code: 'refused-by-backend' },
    forbidden: { status: 502, code: 'refused-by-backend' },
    'not-found': { status: 404, code: 'not-found' },
    conflict: { status: 409, code: 'conflict' },
    cancelled: { status: 503, code: 'cancelled' },
    internal: { status: 500, code: 'internal' },
    unavailable: { status: 503, code: 'unavailable' },
    timeout: { status: 504, code: 'timeout' },
  };
