import type { IncomingMessage } from 'node:http';
import type { DemoRequest } from './exchange.ts';

/** Bytes; no call of ours sends a longer body. */
const longest = 64 * 1024;

/**
 * Reads a whole request. `onHead` is called as soon as its path is known.
 * @returns null when it broke off or is larger than 64 KiB
 */
export async function readRequest(
  request: IncomingMessage,
  onHead: (head: { readonly path: string }) => void,
): Promise<DemoRequest | null> {
  const { method = 'GET', url = '/', headers } = request;
  const cut = url.indexOf('?');
  const full = cut < 0 ? url : url.slice(0, cut);
  const path = full.startsWith('/api/v1/') ? full.slice('/api/v1'.length) : full;
  onHead({ path });
  const body = await readBody(request);
  if (body === null) return null;
  return {
    method,
    path,
    query: new URLSearchParams(cut < 0 ? '' : url.slice(cut + 1)),
    authorization: headers.authorization,
    body: parsed(body),
  };
}

function readBody(request: IncomingMessage): Promise<string | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= longest) chunks.push(chunk);
      else request.destroy();
    });
    request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.once('error', () => resolve(null));
    request.once('close', () => resolve(null));
  });
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
