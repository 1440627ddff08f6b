import { execFile } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { electronVersion } from '../../build/electron-binary.ts';
import { inProject, root } from '../../build/paths.ts';

// Packs for Linux around something that looks like Electron to the packer: any program with the fuses' marker in it.

const fromBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const run = promisify(execFile);
const marker = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseNames = [
  'RunAsNode',
  'EnableCookieEncryption',
  'EnableNodeOptionsEnvironmentVariable',
  'EnableNodeCliInspectArguments',
  'EnableEmbeddedAsarIntegrityValidation',
  'OnlyLoadAppFromAsar',
  'LoadBrowserProcessSpecificV8Snapshot',
  'GrantFileProtocolExtraPrivileges',
];

let folder = '';
const at = (...parts: string[]): string => join(folder, ...parts);

async function asar() {
  const packer = createRequire(fromBuilder.resolve('app-builder-lib'));
  return (await import(packer.resolve('@electron/asar'))) as {
    createPackage: (from: string, to: string) => Promise<void>;
    listPackage: (archive: string, options: object) => string[];
  };
}

describe.runIf(process.platform === 'linux')('the packed app', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cachedeck-packing-'));
    for (const name of ['dist/resources', 'dist/locales', 'empty']) mkdirSync(at(name), { recursive: true });
    copyFileSync('/bin/true', at('dist/electron'));
    const wire = Buffer.from([1, fuseNames.length]); // version, then one digit for each fuse
    appendFileSync(at('dist/electron'), Buffer.concat([Buffer.from(marker), wire, Buffer.from('10101010')]));
    writeFileSync(at('dist/version'), electronVersion());
    for (const name of ['LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak']) {
      writeFileSync(at('dist', name), '');
    }
    writeFileSync(at('empty/index.js'), '');
    await (await asar()).createPackage(at('empty'), at('dist/resources/default_app.asar'));
    const builder = inProject('node_modules/electron-builder/cli.js');
    const options = [`-c.electronDist=${at('dist')}`, `-c.directories.output=${at('packed')}`];
    await run(process.execPath, [builder, '--linux', 'dir', '--publish', 'never', ...options], { cwd: root });
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('carries bundles, page and icons, no package and no source map', async () => {
    const files = (await asar()).listPackage(at('packed/linux-unpacked/resources/app.asar'), {
      isPack: false,
    });
    expect(files).toEqual(
      expect.arrayContaining([
        '/out/main/index.js',
        '/out/preload/index.cjs',
        '/out/renderer/index.html',
        '/build/icons/tray-ok.png',
        '/package.json',
      ]),
    );
    expect(
      files.filter((file) => /node_modules|\.map$|\.ts$|^\/out\/(serve|test-results)/.test(file)),
    ).toEqual([]);
  });

  it('has its fuses set, read back from the binary', async () => {
    const reader = inProject('node_modules/@electron/fuses/dist/bin.js');
    const { stdout } = await run(process.execPath, [
      reader,
      'read',
      '--app',
      at('packed/linux-unpacked/cachedeck'),
    ]);
    const read = Object.fromEntries(
      [...stdout.matchAll(/(\w+) is (\w+)/g)].map(([, name, state]) => [name, state]),
    );
    expect(read).toEqual({
      RunAsNode: 'Disabled',
      EnableCookieEncryption: 'Enabled',
      EnableNodeOptionsEnvironmentVariable: 'Disabled',
      EnableNodeCliInspectArguments: 'Disabled',
      EnableEmbeddedAsarIntegrityValidation: 'Enabled',
      OnlyLoadAppFromAsar: 'Enabled',
      LoadBrowserProcessSpecificV8Snapshot: 'Disabled',
      GrantFileProtocolExtraPrivileges: 'Disabled',
    });
  });
});
