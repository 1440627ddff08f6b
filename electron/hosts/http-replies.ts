import type { ServerResponse } from 'node:http';
import type { Reply, RpcErrorCode } from '../../shared/rpc/wire.ts';
import { pageHeaders } from './page-headers.ts';

/** The HTTP status that mirrors an error code. */
const statusOf: Readonly<Record<RpcErrorCode, number>> = {
  'bad-request': 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  cancelled: 499,
  internal: 500,
  unavailable: 503,
  timeout: 504,
};

/** Sends `body` as JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(body), headers);
}

/** Sends a whole reply with the page's headers. Nothing happens when the asker has gone. */
export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    ...pageHeaders(),
    'Content-Type': type,
    'Content-Length': String(Buffer.byteLength(body)),
    ...headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** Sends a bridge reply with the status that mirrors its code, or the given one. */
export function sendReply(response: ServerResponse, reply: Reply, status?: number): void {
  sendJson(response, status ?? (reply.ok ? 200 : statusOf[reply.error.code]), reply);
}

/** Sends an error as a bridge reply. */
export function sendError(
  response: ServerResponse,
  code: RpcErrorCode,
  message: string,
  status?: number,
): void {
  sendReply(response, { ok: false, error: { code, message } }, status);
}

/** Says which methods the address takes. */
export function refuseMethod(response: ServerResponse, allow: string): void {
  response.setHeader('Allow', allow);
  sendError(response, 'bad-request', `Use ${allow}.`, 405);
}
