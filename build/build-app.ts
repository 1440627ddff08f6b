import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Children } from './children.ts';
import { inProject, root } from './paths.ts';

/** What a build makes; all four are newer than every source when nothing changed since. */
export const products = [
  'out/main/index.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'out/serve/index.js',
].map(inProject);

const sources = ['electron', 'renderer', 'shared', 'vite.config.ts', 'package.json', 'package-lock.json'].map(
  inProject,
);

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** The latest change in a file or folder; folders count themselves, since a deleted file changes only them. */
function latestChange(path: string): number {
  const own = statSync(path, { throwIfNoEntry: false });
  if (!own?.isDirectory()) return own?.mtimeMs ?? 0;
  return Math.max(
    own.mtimeMs,
    ...readdirSync(path, { withFileTypes: true }).map((entry) =>
      entry.isDirectory() ? latestChange(join(path, entry.name)) : changedAt(join(path, entry.name)),
    ),
  );
}

/** Whether every product exists and is newer than all sources. */
export function isFresh(made: readonly string[] = products, from: readonly string[] = sources): boolean {
  const oldest = Math.min(...made.map(changedAt));
  return oldest > Math.max(...from.map(latestChange));
}

/**
 * Builds main, preload, page and browser host; says nothing when it works.
 * @throws Error with what the build said when it fails.
 */
export async function buildApp(children: Children): Promise<void> {
  const vite = inProject('node_modules/vite/bin/vite.js');
  // A process of its own, because Vite writes progress to any terminal it finds, and so that Ctrl-C can end it.
  const child = children.start(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.process.stdout, child.process.stderr]) {
    stream?.on('data', (chunk: Buffer) => (said += String(chunk)));
  }
  const { code } = await child.ended;
  if (code !== 0) throw new Error(`The build failed.\n${said}`);
}
