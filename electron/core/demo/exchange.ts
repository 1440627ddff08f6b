/** A request as the demo's three backends see it. */
export interface DemoRequest {
  readonly method: string;
  /** Without query and without a leading "/api/v1". */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  /** What was sent as JSON; undefined: nothing, or something else. */
  readonly body: unknown;
}

export interface DemoReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** What follows the body bit by bit. */
  readonly stream?: readonly StreamPart[];
  /** The connection breaks off where the reply should have ended. */
  readonly breaksOff?: boolean;
}

/** Text that is sent `afterMs` after the part before it. */
export interface StreamPart {
  readonly afterMs: number;
  readonly text: string;
}

export function json(status: number, body: unknown): DemoReply {
  return { status, contentType: 'application/json', body: JSON.stringify(body) };
}

/** The token of an `Authorization: Bearer` header; null: there is none. */
export function bearer(authorization: string | undefined): string | null {
  return authorization?.startsWith('Bearer ') ? authorization.slice('Bearer '.length) : null;
}

/** A field of a JSON body. */
export function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, name)
    ? (body as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
