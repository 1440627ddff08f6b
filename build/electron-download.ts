import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Children } from './children.ts';
import { inProject } from './paths.ts';

/** Node's own fetch goes through a proxy only when told to. */
function withProxy(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const proxied = environment['HTTPS_PROXY'] ?? environment['https_proxy'];
  return proxied ? { ...environment, NODE_USE_ENV_PROXY: '1' } : environment;
}

/**
 * Whether `url` answers within `limitMs`. A process of its own asks: a name look-up that hangs in a
 * black-holed network cannot be cancelled from inside.
 */
export async function answers(children: Children, url: string, limitMs = 3000): Promise<boolean> {
  const child = children.start(process.execPath, [inProject('build/probe-url.ts'), url], {
    stdio: 'ignore',
    env: withProxy(process.env),
  });
  const limit = setTimeout(() => child.process.kill('SIGKILL'), limitMs);
  const { code } = await child.ended;
  clearTimeout(limit);
  return code === 0;
}

/** Bytes in a folder and below it. */
function sizeOf(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    bytes += statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}

/** One line that is written over on a terminal, and a line now and then elsewhere. */
export class ProgressLine {
  readonly #out: NodeJS.WriteStream;
  readonly #everyMs: number;
  #last = Number.NEGATIVE_INFINITY;

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
    this.#everyMs = out.isTTY ? 500 : 15_000;
  }

  show(text: string, nowMs: number): void {
    if (nowMs - this.#last < this.#everyMs) return;
    this.#last = nowMs;
    this.#out.write(this.#out.isTTY ? `\r${text}\u001B[K` : `${text}\n`);
  }

  end(): void {
    if (this.#out.isTTY) this.#out.write('\r\u001B[K');
  }
}

export interface DownloadOptions {
  readonly version: string;
  readonly limitMs: number;
  readonly out: NodeJS.WriteStream;
  /** The script that downloads and unpacks. */
  readonly installer?: string;
}

/** Runs Electron's own installer once, showing progress. null: done; otherwise why not. */
export async function downloadElectron(children: Children, options: DownloadOptions): Promise<string | null> {
  const { version, limitMs, out, installer = inProject('node_modules/electron/install.js') } = options;
  // The installer says nothing while it downloads; in a folder of its own the growing archive can be seen.
  const folder = mkdtempSync(join(tmpdir(), 'cachedeck-electron-'));
  const line = new ProgressLine(out);
  const begun = performance.now();
  const child = children.start(process.execPath, [installer], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...withProxy(process.env), TMPDIR: folder, TEMP: folder, TMP: folder },
  });
  let complaint = '';
  child.process.stderr?.on(
    'data',
    (chunk: Buffer) => (complaint = (complaint + String(chunk)).slice(0, 4000)),
  );
  const show = (): void => {
    const elapsed = performance.now() - begun;
    const megabytes = (sizeOf(folder) / 1e6).toFixed(0);
    line.show(`Downloading Electron ${version}: ${megabytes} MB, ${(elapsed / 1000).toFixed(0)} s`, elapsed);
  };
  show();
  const ticker = setInterval(show, 500);
  let timedOut = false;
  const limit = setTimeout(() => {
    timedOut = true;
    child.process.kill('SIGKILL');
  }, limitMs);
  const { code } = await child.ended;
  clearInterval(ticker);
  clearTimeout(limit);
  line.end();
  rmSync(folder, { recursive: true, force: true });
  if (timedOut) return `it took longer than ${Math.round(limitMs / 1000)} s`;
  if (code === 0) return null;
  return firstLine(complaint) ?? 'the installer failed';
}

/** The first line that says something, without "Error:" and its final stop, of bounded length. */
export function firstLine(text: string): string | null {
  const line = text
    .split('\n')
    .map((each) => each.trim())
    .find((each) => each !== '');
  return line === undefined
    ? null
    : line
        .replace(/^Error: /, '')
        .replace(/\.$/, '')
        .slice(0, 160);
}
