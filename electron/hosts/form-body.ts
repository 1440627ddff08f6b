import type { IncomingMessage } from 'node:http';

/** Largest form, in bytes: a key and nothing else. */
const maxForm = 1024;

export type FormBody =
  | { readonly ok: true; readonly fields: URLSearchParams }
  | { readonly ok: false; readonly status: 400 | 413 | 415; readonly message: string };

/** Reads a form of at most 1 KiB as browsers send it without a script. */
export async function readForm(request: IncomingMessage): Promise<FormBody> {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded') {
    return { ok: false, status: 415, message: 'Only a form is taken.' };
  }
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const bytes = chunk as Buffer;
      size += bytes.length;
      if (size > maxForm) return { ok: false, status: 413, message: 'The form is larger than 1 KiB.' };
      chunks.push(bytes);
    }
  } catch {
    return { ok: false, status: 400, message: 'The form ended early.' };
  }
  return { ok: true, fields: new URLSearchParams(Buffer.concat(chunks).toString('utf8')) };
}
