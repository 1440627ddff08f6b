import { readFile, realpath } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Vite's names for built files: the content's hash makes them safe to keep for good. */
const hashed = /^\/assets\/[^/]+-[\w-]{8}\.\w+$/;

export type PageFile =
  | { readonly status: 200; readonly body: Buffer; readonly type: string; readonly cache: string }
  | { readonly status: 404 | 415 };

const notFound: PageFile = { status: 404 };

function decoded(path: string): string | null {
  try {
    const text = decodeURIComponent(path);
    // No file of ours has one of these; on Windows they name drives, folders and streams.
    return ['\0', '\\', ':'].some((mark) => text.includes(mark)) ? null : text;
  } catch {
    return null; // not valid percent encoding
  }
}

function missing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR' || code === 'ENAMETOOLONG';
}

/**
 * Reads one file of the built page. `path` is the URL's path, still percent-encoded; `/` is `index.html`.
 * 415: an extension that is not in the table. 404: not there, or outside the folder (links included).
 * Plain `readFile`, because it also reads inside an asar archive.
 */
export async function readPageFile(folder: string, path: string): Promise<PageFile> {
  const name = decoded(path === '/' ? '/index.html' : path);
  if (name === null) return notFound;
  const root = resolve(folder);
  const file = resolve(join(root, name));
  if (!file.startsWith(root + sep)) return notFound;
  const extension = extname(file).toLowerCase();
  if (extension === '') return notFound;
  const type = Object.hasOwn(types, extension) ? types[extension] : undefined;
  if (type === undefined) return { status: 415 };
  try {
    const [trueRoot, trueFile] = await Promise.all([realpath(root), realpath(file)]);
    if (!trueFile.startsWith(trueRoot + sep)) return notFound;
    const body = await readFile(trueFile);
    return {
      status: 200,
      body,
      type,
      cache: hashed.test(name) ? 'private, max-age=31536000, immutable' : 'no-store',
    };
  } catch (error) {
    if (missing(error)) return notFound;
    throw error;
  }
}
