import { appendFileSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { electronVersion } from '../../build/electron-binary.ts';

/** What the packer uses to make and read archives, in the release that it brings along. */
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
export const asar = createRequire(builder.resolve('app-builder-lib'))('@electron/asar') as {
  createPackage(from: string, to: string): Promise<void>;
  listPackage(archive: string, options: { isPack: boolean }): string[];
  extractAll(archive: string, to: string): void;
  getRawHeader(archive: string): { header: ArchiveFolder };
};

export interface ArchiveFile {
  readonly size: number;
  readonly unpacked?: true;
  readonly integrity?: { readonly algorithm: string; readonly hash: string };
}
export interface ArchiveFolder {
  readonly files: Readonly<Record<string, ArchiveFile | ArchiveFolder>>;
}

/** Electron's own states for the nine fuses of a fresh runtime, as digits. */
const freshFuses = '101100011';

/** Writes an executable that has fuses and does nothing else. */
export function writeFusedFile(path: string, fuses: string = freshFuses, version = 1): void {
  copyFileSync('/bin/true', path);
  const marker = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
  appendFileSync(path, Buffer.concat([Buffer.from(marker), Buffer.from([version, fuses.length])]));
  appendFileSync(path, fuses);
}

/**
 * Makes a folder that looks like Electron's runtime for Linux to the packer: an executable with fuses, a version, an
 * archive to replace, and what comes beside them. Nothing in it can be started as an app.
 */
export async function makeStandInRuntime(folder: string): Promise<void> {
  for (const name of ['resources', 'locales', 'empty']) mkdirSync(join(folder, name), { recursive: true });
  writeFusedFile(join(folder, 'electron'));
  writeFileSync(join(folder, 'version'), electronVersion());
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak', 'locales/de.pak']) {
    writeFileSync(join(folder, name), '');
  }
  writeFileSync(join(folder, 'empty/index.js'), '');
  await asar.createPackage(join(folder, 'empty'), join(folder, 'resources/default_app.asar'));
}
