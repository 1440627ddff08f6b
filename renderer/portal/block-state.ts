import type { PortalContext } from '../../shared/contract/portal.ts';
import type { FailureCode } from '../../shared/model/reading.ts';
import type { RpcErrorCode } from '../../shared/rpc/wire.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { spanBetween } from '../live/ticker.ts';
import type { Stamp } from '../live/ticker.ts';

/** What a block of the page knows of its value: where it came from, how old it was when, and what went wrong since. */
export interface BlockState {
  /** `store`: kept in the session store; null: there is no value. */
  readonly from: 'store' | 'portal' | null;
  /** ms old at `at`. */
  readonly age: number;
  readonly at: Stamp;
  /** It is being loaded. */
  readonly busy: boolean;
  readonly failure: BlockFailure | null;
}

export interface BlockFailure {
  /** In a word or two. */
  readonly reason: string;
  /** In a sentence. */
  readonly message: string;
}

/** Why the portal gave nothing, in a word or two. */
const reasons: Readonly<Record<FailureCode | RpcErrorCode, string>> = {
  unreachable: 'cannot be reached',
  unavailable: 'not available',
  timeout: 'timed out',
  unauthorized: 'needs sign-in',
  forbidden: 'not allowed',
  'not-found': 'not found',
  'rate-limited': 'rate limited',
  'server-error': 'server error',
  'bad-reply': 'unreadable reply',
  'bad-request': 'refused',
  tls: 'certificate problem',
  cancelled: 'cancelled',
  conflict: 'changed meanwhile',
  internal: 'internal error',
};

export function failureOf({ code, message }: { code: FailureCode; message: string }): BlockFailure {
  return { reason: reasons[code], message };
}

/**
 * For what is asked for by the engagement's ids: an administrator's change makes those that are kept invalid, and only
 * the engagement's own refresh asks for them anew.
 */
export function advised(state: BlockState): BlockState {
  if (state.failure?.reason !== reasons.forbidden) return state;
  const { reason, message } = state.failure;
  const advice = 'If the engagement was changed at the portal, refresh the engagement.';
  return { ...state, failure: { reason, message: `${message} ${advice}` } };
}

/** A failed call as a block says it. */
export function errorOf(error: unknown): BlockFailure {
  if (error instanceof RpcError) return { reason: reasons[error.code], message: error.message };
  return { reason: 'failed', message: error instanceof Error ? error.message : String(error) };
}

/** A field of the context, with its values' type left out. */
type Aged = Pick<PortalContext['zones'], 'age' | 'served' | 'failure'>;

/** Why a refresh failed, and when. */
export interface FailedRefresh {
  readonly failure: BlockFailure;
  readonly at: Stamp;
}

/** The state of a field as main told it at `at`. A failed refresh counts until a later load brought a value. */
export function fieldState(
  aged: Aged,
  at: Stamp,
  busy: boolean,
  failed: FailedRefresh | null = null,
): BlockState {
  const { age, served, failure } = aged;
  const overtaken = failed !== null && age !== null && spanBetween(failed.at, at) > age;
  return {
    from: age === null ? null : served === 'hit' ? 'store' : 'portal',
    age: age ?? 0,
    at,
    busy,
    failure: failure ? failureOf(failure) : failed && !overtaken ? failed.failure : null,
  };
}

export type BlockKind = 'not-loaded' | 'loading' | 'no-data' | 'updating' | 'failing' | 'cached' | 'loaded';

/** The one state shown. `busy`: the load is worth a word. */
export function blockKind({ from, failure }: BlockState, busy: boolean): BlockKind {
  if (from === null) return busy ? 'loading' : failure ? 'no-data' : 'not-loaded';
  if (busy) return 'updating';
  if (failure) return 'failing';
  return from === 'store' ? 'cached' : 'loaded';
}
