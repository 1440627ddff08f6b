import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ControlApi, ControlRequest, ControlResponse } from '../core/control/types.ts';
import { send } from './http-replies.ts';
import { readJsonBody } from './json-body.ts';

/**
 * Carries the control API over HTTP: a key in place of a session. Answers and returns true when the path is one of its
 * own.
 */
export function createControlEndpoints(
  api: ControlApi,
): (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<boolean> {
  return async (request, response, url) => {
    if (!api.owns(url.pathname)) return false;
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    sendResponse(response, await api.answer(requestOf(request, response, url, gone.signal)));
    request.resume(); // what nobody read is not kept
    return true;
  };
}

function requestOf(
  request: IncomingMessage,
  response: ServerResponse,
  { pathname, searchParams }: URL,
  signal: AbortSignal,
): ControlRequest {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    method: request.method ?? 'GET',
    path: pathname,
    query: searchParams,
    headers,
    address: request.socket.remoteAddress ?? '',
    signal,
    async readBody() {
      const body = await readJsonBody(request);
      if (!body.ok && body.status === 413) response.setHeader('Connection', 'close');
      return body;
    },
  };
}

function sendResponse(response: ServerResponse, { status, headers, body }: ControlResponse): void {
  const { 'Content-Type': type = 'application/json; charset=utf-8', ...rest } = headers;
  send(response, status, type, typeof body === 'string' ? body : JSON.stringify(body), rest);
}
