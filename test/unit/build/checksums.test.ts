import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import writeChecksums from '../../../build/checksums.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'cachedeck-sums-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('the checksums of installers', () => {
  it('lie beside them, by name, and belong to the release', async () => {
    const artifactPaths = ['b.deb', 'a.AppImage'].map((name) => join(folder, name));
    for (const path of artifactPaths) writeFileSync(path, 'abc');
    const made = await writeChecksums({ outDir: folder, artifactPaths }, 'linux');
    expect(made).toEqual([join(folder, 'SHA256SUMS-linux.txt')]);
    // Of "abc", from FIPS 180-2, appendix B.1.
    const sum = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(readFileSync(made[0] ?? '', 'utf8')).toBe(`${sum}  a.AppImage\n${sum}  b.deb\n`);
  });

  it.runIf(process.platform === 'linux')('are what sha256sum checks', async () => {
    const path = join(folder, 'a.AppImage');
    writeFileSync(path, 'installer');
    await writeChecksums({ outDir: folder, artifactPaths: [path] }, 'linux');
    const check = (): string =>
      execFileSync('sha256sum', ['--check', 'SHA256SUMS-linux.txt'], {
        cwd: folder,
        stdio: 'pipe',
      }).toString();
    expect(check()).toBe('a.AppImage: OK\n');
    writeFileSync(path, 'tampered');
    expect(check).toThrow('did NOT match');
  });

  it('are not written where nothing was made', async () => {
    expect(await writeChecksums({ outDir: folder, artifactPaths: [] }, 'win32')).toEqual([]);
  });
});
