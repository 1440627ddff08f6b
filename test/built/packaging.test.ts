import { execFile, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuseDecisions, readFuses, undecided } from '../../build/fuses.ts';
import { inProject, root } from '../../build/paths.ts';
import manifest from '../../package.json' with { type: 'json' };
import { asar, makeStandInRuntime } from '../support/stand-in-runtime.ts';
import type { ArchiveFile, ArchiveFolder } from '../support/stand-in-runtime.ts';
import type { PackedReport } from './packed-scenario.ts';

// Packs for Linux, as `npm run pack` does, around a stand-in for Electron's runtime.

const run = promisify(execFile);
let folder = '';
let said = '';
const at = (...parts: string[]): string => join(folder, ...parts);
const packed = (...parts: string[]): string => at('packed/linux-unpacked', ...parts);

/** Files below a folder of the project, as an archive names them. */
function filesIn(path: string): string[] {
  return readdirSync(inProject(path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `/${relative(root, join(entry.parentPath, entry.name))}`);
}

/** Files of an archive's header, each with its path. */
function filesOf(folder: ArchiveFolder, path = ''): [string, ArchiveFile][] {
  return Object.entries(folder.files).flatMap(([name, each]): [string, ArchiveFile][] =>
    'files' in each ? filesOf(each, `${path}/${name}`) : [[`${path}/${name}`, each]],
  );
}
const archived = (): [string, ArchiveFile][] =>
  filesOf(asar.getRawHeader(packed('resources/app.asar')).header);

describe.runIf(process.platform === 'linux')('the packed app', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cachedeck-packing-'));
    await makeStandInRuntime(at('runtime'));
    const [program, ...flags] = manifest.scripts.pack.split('&&').at(-1)?.trim().split(' ') ?? [];
    if (program !== 'electron-builder') throw new Error('npm run pack does not end with electron-builder.');
    const options = [
      '--linux',
      `-c.electronDist=${at('runtime')}`,
      `-c.directories.output=${at('packed')}`,
      '-c.publish.provider=generic',
      '-c.publish.url=https://updates.example/',
    ];
    const cli = inProject('node_modules/electron-builder/cli.js');
    // A missing piece would be downloaded, in vain and for 43 s.
    const { stdout, stderr } = await run(process.execPath, [cli, ...flags, ...options], {
      cwd: root,
      timeout: 25_000,
    });
    said = stdout + stderr;
    asar.extractAll(packed('resources/app.asar'), at('unpacked'));
  }, 30_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('carries the bundles, the page, the icons it shows, and nothing else', () => {
    const icons = readdirSync(inProject('build/icons')).filter((name) => name.endsWith('.png'));
    const expected = [
      ...['out/main', 'out/preload', 'out/renderer'].flatMap(filesIn),
      ...icons.map((name) => `/build/icons/${name}`),
      '/package.json',
    ];
    const names = archived().map(([name]) => name);
    expect(names.toSorted()).toEqual(expected.toSorted());
    expect(names).toEqual(
      expect.arrayContaining(['/out/main/index.js', '/out/preload/index.cjs', '/out/renderer/index.html']),
    );
    expect(names.filter((name) => /node_modules|\.map$|\.tsx?$|test|\.env|serve|\.svg$/.test(name))).toEqual(
      names.filter((name) => /^\/out\/renderer\/favicon[a-z-]*\.svg$/.test(name)),
    );
  });

  it('has no other place that code could come from', () => {
    // Electron's own app comes after ours; the packer takes it out of a runtime that it downloaded itself.
    const ours = readdirSync(packed('resources')).filter((name) => name !== 'default_app.asar');
    expect(ours.toSorted()).toEqual(['app-update.yml', 'app.asar']);
    expect(archived().filter(([, { unpacked }]) => unpacked)).toEqual([]);
  });

  it('carries of package.json what the app is called', () => {
    const { author, description, license, productName, version } = manifest;
    expect(JSON.parse(readFileSync(at('unpacked/package.json'), 'utf8'))).toEqual({
      name: 'cachedeck',
      productName,
      version,
      description,
      license,
      private: true,
      author,
      type: 'module',
      main: 'out/main/index.js',
      desktopName: 'cachedeck.desktop',
      // The packer can empty a key, not remove it.
      allowScripts: null,
      engines: null,
      optionalDependencies: null,
    });
  });

  it('carries no secret and no path of the machine it was built on', () => {
    const secret = /-----BEGIN [A-Z ]*PRIVATE KEY|\bgh[pousr]_\w{20}|\bAKIA[A-Z0-9]{16}\b|\bxox[bp]-\d/;
    const texts = archived()
      .map(([name]) => name)
      .filter((name) => !name.endsWith('.png'));
    for (const name of texts) {
      const text = readFileSync(at('unpacked', name), 'utf8');
      expect([name, secret.exec(text)?.[0]]).toEqual([name, undefined]);
      expect([name, text.includes(root)]).toEqual([name, false]);
    }
    expect(texts.length).toBeGreaterThan(3);
  });

  it('has a checksum of each file in the header, which is what Electron checks', () => {
    for (const [name, { integrity, size }] of archived()) {
      const content = readFileSync(at('unpacked', name));
      const hash = createHash('sha256').update(content).digest('hex');
      expect([name, content.length, integrity]).toMatchObject([name, size, { algorithm: 'SHA256', hash }]);
    }
  });

  it('has its nine fuses set as decided, read back from the executable', async () => {
    const read = await readFuses(packed('cachedeck'));
    expect([...read.keys()]).toEqual(Object.keys(fuseDecisions));
    expect(read.size).toBe(9);
    expect(undecided(read)).toEqual([]);
    expect(undecided(await readFuses(at('runtime/electron')))).not.toEqual([]);
  });

  it('tells a person its fuses, and by its exit code whether they are as decided', async () => {
    const [node, ...args] = manifest.scripts.fuses.split(' ');
    expect(node).toBe('node');
    const { stdout } = await run(process.execPath, [...args, packed('cachedeck')], { cwd: root });
    expect(stdout.trimEnd().split('\n')).toHaveLength(9);
    expect(stdout).toMatch(/^RunAsNode +off +ELECTRON_RUN_AS_NODE/m);
    const fresh = run(process.execPath, [...args, at('runtime/electron')], { cwd: root });
    await expect(fresh).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('NOT AS DECIDED: RunAsNode is on and should be off') as string,
    });
  });

  it('keeps Chromium’s languages, which decide how dates are written, and names the server of its updates', () => {
    expect(readdirSync(packed('locales')).toSorted()).toEqual(['de.pak', 'en-US.pak']);
    expect(readFileSync(packed('resources/app-update.yml'), 'utf8').trim().split('\n').toSorted()).toEqual([
      'provider: generic',
      'updaterCacheDirName: cachedeck-updater',
      'url: https://updates.example/',
    ]);
  });

  it('was packed without a warning', () => {
    expect(said.split('\n').filter((line) => /⨯|\bwarn(ing)?\b/i.test(line))).toEqual([]);
  });

  it('comes up from its own archive and finds preload, page and icons in it', async () => {
    writeFileSync(at('dbus-send'), '#!/bin/sh\necho "   boolean true"\n'); // a desktop that has a tray
    chmodSync(at('dbus-send'), 0o755);
    const child = fork(inProject('test/built/packed-scenario.ts'), [at('unpacked'), packed('resources')], {
      cwd: folder,
      silent: true,
      timeout: 20_000,
      env: {
        PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
        HOME: folder,
        XDG_CONFIG_HOME: at('config'),
        CACHEDECK_PROFILE: 'demo',
        CACHEDECK_LOG: 'error',
      },
    });
    const written = { out: '', error: '' };
    child.stdout?.on('data', (chunk: Buffer) => (written.out += String(chunk)));
    child.stderr?.on('data', (chunk: Buffer) => (written.error += String(chunk)));
    const reports: PackedReport[] = [];
    child.on('message', (report) => reports.push(report as PackedReport));
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ ...written, code }).toEqual({ out: 'Cachedeck is ready\n', error: '', code: 0 });
    expect(reports).toMatchObject([
      {
        preload: at('unpacked/out/preload/index.cjs'),
        preloadExists: true,
        icon: at('unpacked/build/icons/icon.png'),
        iconExists: true,
        trayIconExists: true,
        pageStatus: 200,
        page: readFileSync(inProject('out/renderer/index.html'), 'utf8'),
        script: 200,
        devTools: false,
      },
    ]);
    expect(reports[0]?.trayIcon).toContain(at('unpacked/build/icons/tray-'));
    expect(reports[0]?.channels).toBeGreaterThan(50);
    expect(existsSync(at('unpacked/node_modules'))).toBe(false);
  }, 25_000);
});
