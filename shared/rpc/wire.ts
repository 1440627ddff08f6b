import type { Role } from './define.ts';

/** The closed list of reasons a bridge call can fail for. */
export type RpcErrorCode =
  | 'bad-request'
  | 'not-found'
  | 'unauthorized'
  | 'forbidden'
  | 'conflict'
  | 'unavailable'
  | 'timeout'
  | 'cancelled'
  | 'internal';

/** An error as it crosses the bridge: data, so that every transport carries it alike. */
interface RpcErrorData {
  readonly code: RpcErrorCode;
  readonly message: string;
  /** Field paths for `bad-request`; never a value, so that no secret can travel in it. */
  readonly details?: readonly string[];
}

/** The answer to a call on the wire. */
export type Reply<T = unknown> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: RpcErrorData };

/** One push of a feed. Revisions rise by one a change; a receiver drops what is not newer. */
export interface FeedMessage<T = unknown> {
  readonly revision: number;
  readonly value: T;
  /** The run of main that counted the revision, where a page can outlive main: a new run counts from 0 again. */
  readonly epoch?: string;
}

/** One entry of the contract by name: all that the preload and the page need to know of it. */
export interface EntryName {
  readonly name: string;
  readonly kind: 'call' | 'feed';
  /** The least role that may use it; the page greys out what it may not. */
  readonly role: Role;
}

/** What the preload offers under `window.cachedeck` for each call of the contract. */
export type CallFunction = (input: unknown) => Promise<Reply>;

/** The same for each feed: the current value first, then changes. Returns the way to stop. */
export type FeedFunction = (
  onMessage: (message: FeedMessage) => void,
  /** Main does not serve this page. */
  onRefused: () => void,
) => () => void;

/** `window.cachedeck`: one function for each entry of the contract, by its name. */
export type PageBridge = Readonly<Record<string, CallFunction | FeedFunction>>;

/** A failed bridge call, thrown by the typed client and by handlers. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: RpcErrorCode;
  readonly details: readonly string[];

  constructor(code: RpcErrorCode, message: string, details: readonly string[] = []) {
    super(message);
    this.code = code;
    this.details = details;
  }
}
