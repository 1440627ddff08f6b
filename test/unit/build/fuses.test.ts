import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseV1Options } from '@electron/fuses';
import type { AfterPackContext } from 'electron-builder';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import afterPack, { packedApp } from '../../../build/after-pack.ts';
import { fuseDecisions, readFuses, setFuses, undecided } from '../../../build/fuses.ts';
import { writeFusedFile } from '../../support/stand-in-runtime.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'cachedeck-fuses-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** What the packer tells its hook. */
function context(electronPlatformName: string, packager: object, arch = 1): AfterPackContext {
  return { appOutDir: folder, electronPlatformName, arch, packager } as unknown as AfterPackContext;
}
const named = { appInfo: { productFilename: 'Cachedeck' } };

describe('the fuses', () => {
  it('are all decided, each with a reason, in the order of Electron’s own list', () => {
    const known = Object.keys(FuseV1Options).filter((key) => !/^\d+$/.test(key));
    expect(Object.keys(fuseDecisions)).toEqual(known);
    expect(known).toHaveLength(9);
    expect(Object.values(fuseDecisions).filter(({ why }) => why.length < 20)).toEqual([]);
  });

  it('are off where they would run foreign code, and on where they check ours', () => {
    const on = Object.entries(fuseDecisions).flatMap(([name, decision]) => (decision.on ? [name] : []));
    expect(on).toEqual([
      'EnableCookieEncryption',
      'EnableEmbeddedAsarIntegrityValidation',
      'OnlyLoadAppFromAsar',
      'WasmTrapHandlers',
    ]);
  });

  it('names what is not as decided', () => {
    const read = new Map(Object.entries(fuseDecisions).map(([name, { on }]) => [name, on ? 'on' : 'off']));
    expect(undecided(read as never)).toEqual([]);
    const wrong = new Map([...read, ['RunAsNode', 'on'], ['WasmTrapHandlers', 'missing'], ['fuse 9', 'off']]);
    expect(undecided(wrong as never)).toEqual([
      'RunAsNode is on and should be off',
      'WasmTrapHandlers is missing and should be on',
      'fuse 9 is off, and nobody decided what it should be',
    ]);
  });
});

describe.runIf(process.platform === 'linux')('a packed executable', () => {
  const file = (): string => join(folder, 'cachedeck');

  it('is given its fuses after packing, read back by the same hook', async () => {
    writeFusedFile(file());
    await afterPack(context('linux', { ...named, executableName: 'cachedeck' }));
    expect(Object.fromEntries(await readFuses(file()))).toEqual(
      Object.fromEntries(Object.entries(fuseDecisions).map(([name, { on }]) => [name, on ? 'on' : 'off'])),
    );
  });

  it.each([
    ['fewer', '10110001', /not long enough/],
    ['more', '1011000110', /has 10 fuses but you only provided a config for 9/],
  ])('of an Electron with %s fuses than are decided fails the build', async (_what, fuses, says) => {
    writeFusedFile(file(), fuses);
    await expect(setFuses(file(), false)).rejects.toThrow(says);
  });

  it('that heeds a fuse no longer fails the build, since the decision would have no effect', async () => {
    writeFusedFile(file(), '1011r0011');
    await expect(setFuses(file(), false)).rejects.toThrow(
      'EnableEmbeddedAsarIntegrityValidation: decide anew',
    );
    expect((await readFuses(file())).get('EnableEmbeddedAsarIntegrityValidation')).toBe('removed');
  });

  it('without fuses, or with those of another version, is refused', async () => {
    writeFusedFile(file(), '101100011', 2);
    await expect(readFuses(file())).rejects.toThrow('version 2');
    await expect(setFuses(file(), false)).rejects.toThrow('version');
    await expect(readFuses('/bin/true')).rejects.toThrow('sentinel');
  });
});

describe('the executable of a packed app', () => {
  it('is called after the system’s habit', () => {
    mkdirSync(join(folder, 'Cachedeck.app'));
    expect(packedApp(context('darwin', named))).toBe(join(folder, 'Cachedeck.app'));
    expect(packedApp(context('win32', named))).toBe(join(folder, 'Cachedeck.exe'));
    expect(packedApp(context('linux', { ...named, executableName: 'cachedeck' }))).toBe(
      join(folder, 'cachedeck'),
    );
  });
});
