import type { IncomingMessage } from 'node:http';

/** Largest body a page may send, in bytes. */
const maxBody = 64 * 1024;
/** What is read and thrown away so that the sender gets to hear why; beyond it the connection is cut. */
const maxDiscarded = 1024 * 1024;

export type JsonBody =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly status: 400 | 413 | 415; readonly message: string };

function isJson(request: IncomingMessage): boolean {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  return type.trim().toLowerCase() === 'application/json';
}

const tooLarge: JsonBody = { ok: false, status: 413, message: 'The body is larger than 64 KiB.' };

/** Reads a request's JSON body, never holding more than `maxBody`. An empty body is `undefined`. */
export async function readJsonBody(request: IncomingMessage): Promise<JsonBody> {
  if (!isJson(request)) return { ok: false, status: 415, message: 'Only application/json is taken.' };
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const bytes = chunk as Buffer;
      size += bytes.length;
      if (size <= maxBody) chunks.push(bytes);
      else chunks.length = 0;
      if (size > maxDiscarded) break;
    }
  } catch {
    return { ok: false, status: 400, message: 'The body ended early.' };
  }
  if (size > maxBody) return tooLarge;
  if (size === 0) return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown };
  } catch {
    return { ok: false, status: 400, message: 'The body is not JSON.' };
  }
}
