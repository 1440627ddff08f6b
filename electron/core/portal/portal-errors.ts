import { RpcError } from '../../../shared/rpc/wire.ts';
import type { RpcErrorCode } from '../../../shared/rpc/wire.ts';
import type { FailureCode } from '../../../shared/model/reading.ts';
import { SourceError } from '../sources/source-error.ts';
import { describeError } from '../status/readings.ts';
import { rpcCodes } from '../status/rpc-codes.ts';

/** A user has several engagements and nobody has said which. */
export class MustChooseError extends SourceError {
  constructor(count: number) {
    super('not-found', `This user has ${count} engagements; choose one first.`);
  }
}

export function noPortal(): RpcError {
  return new RpcError('conflict', 'This profile has no portal.');
}

/** What went wrong for a user at the portal, as the bridge tells it. `unauthorized`: the user has to sign in again. */
export function asRpcError(error: unknown): RpcError {
  if (error instanceof RpcError) return error;
  const { code, message } = describeError(error);
  return new RpcError(error instanceof MustChooseError ? 'conflict' : portalCodes[code], message);
}

/** Here the user can sign in again, which the contract promises to say. */
const portalCodes: Readonly<Record<FailureCode, RpcErrorCode>> = {
  ...rpcCodes,
  unauthorized: 'unauthorized',
};
