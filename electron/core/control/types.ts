import type { Role } from '../../../shared/rpc/define.ts';

/** Whom a key of the control API belongs to. */
export interface KeyHolder {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

/** The keys there are. Only hashes are held; comparing takes the same time whatever is presented. */
export interface KeyRing {
  /** How many keys there are: with none there is no control API. */
  readonly size: number;
  /** null: nobody's. */
  holderOf(presented: string): KeyHolder | null;
}

/** What a request carried beside its headers; `value` undefined: nothing. */
export type ControlBody =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly status: 400 | 413 | 415; readonly message: string };

/** A request to the control API, freed of its transport. */
export interface ControlRequest {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Reads the JSON body. Called once at most, and for nobody without a right key. */
  readonly readBody: () => Promise<ControlBody>;
  /** Of the asker, for counting wrong keys. */
  readonly address: string;
  /** Aborted when nobody waits any more. */
  readonly signal: AbortSignal;
}

export interface ControlResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A text is sent as it is, with the content type among the headers; anything else as JSON. */
  readonly body: unknown;
}

/** The control API behind whichever server carries it. */
export interface ControlApi {
  /** Whether the path is one of its own, with any method. */
  owns(path: string): boolean;
  /** Never rejects. */
  answer(request: ControlRequest): Promise<ControlResponse>;
}
