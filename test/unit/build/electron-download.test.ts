import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WriteStream } from 'node:tty';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Children } from '../../../build/children.ts';
import { archiveCached, downloadUrl, findElectron } from '../../../build/electron-binary.ts';
import { answers, downloadElectron } from '../../../build/electron-download.ts';

let folder = '';
let children = new Children();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cachedeck-download-'));
  children = new Children();
});
afterEach(async () => {
  await children.stop(0);
  rmSync(folder, { recursive: true });
});

/** Something to write progress to that is no terminal. */
function sink(): { out: WriteStream; text: () => string } {
  let text = '';
  const out = Object.create(WriteStream.prototype, {
    isTTY: { value: false },
    write: { value: (chunk: string) => ((text += chunk), true) },
  }) as WriteStream;
  return { out, text: () => text };
}

async function serving(status: number | null): Promise<{ url: string; close: () => void }> {
  const server = createServer((_request, response) => {
    if (status !== null) response.writeHead(status).end(); // null: never answers, like a black-holed network
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/electron.zip`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A script in place of Electron's installer. */
function installer(body: string): string {
  const path = join(folder, 'install.cjs');
  writeFileSync(path, body);
  return path;
}

function executable(path: string): void {
  writeFileSync(path, '');
  chmodSync(path, 0o755);
}

describe('the probe', () => {
  it.each([
    [200, true],
    [404, false],
  ])('with status %i answers %s', async (status, reached) => {
    const server = await serving(status);
    expect(await answers(children, server.url)).toBe(reached);
    server.close();
  });

  it('gives up at its limit on a server that never answers', async () => {
    const server = await serving(null);
    const begun = performance.now();
    expect(await answers(children, server.url, 400)).toBe(false);
    expect(performance.now() - begun).toBeLessThan(1200);
    server.close();
  });
});

describe('the download', () => {
  it('says what is downloaded and cleans up after itself', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('cachedeck-electron-'));
    const { out, text } = sink();
    const script = installer(
      `require('fs').writeFileSync(require('os').tmpdir() + '/part', Buffer.alloc(3e6));`,
    );
    expect(
      await downloadElectron(children, { version: '45.4.1', limitMs: 5000, out, installer: script }),
    ).toBeNull();
    expect(text()).toBe('Downloading Electron 45.4.1: 0 MB, 0 s\n');
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('cachedeck-electron-'))).toEqual(before);
  });

  it('reports the first line of what went wrong', async () => {
    const script = installer(`console.error('Error: Not found.\\n at x'); process.exit(1)`);
    const { out } = sink();
    expect(
      await downloadElectron(children, { version: '1.0.0', limitMs: 5000, out, installer: script }),
    ).toBe('Not found');
  });

  it('is ended at its time limit', async () => {
    const script = installer(`process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`);
    const { out } = sink();
    expect(await downloadElectron(children, { version: '1.0.0', limitMs: 300, out, installer: script })).toBe(
      'it took longer than 0 s',
    );
  });
});

describe("Electron's runtime", () => {
  it('is found where the installer put it, once the installer finished', () => {
    mkdirSync(join(folder, 'dist'));
    executable(join(folder, 'dist', 'electron'));
    expect(findElectron({}, folder, 'linux')).toBeNull();
    writeFileSync(join(folder, 'path.txt'), 'electron');
    expect(findElectron({}, folder, 'linux')).toBe(join(folder, 'dist', 'electron'));
  });

  it('is taken from the override alone when there is one', () => {
    expect(findElectron({ ELECTRON_OVERRIDE_DIST_PATH: folder }, folder, 'linux')).toBeNull();
    executable(join(folder, 'electron'));
    expect(findElectron({ ELECTRON_OVERRIDE_DIST_PATH: folder }, '/nowhere', 'linux')).toBe(
      join(folder, 'electron'),
    );
  });

  it('has an address on the release server or on a mirror', () => {
    expect(downloadUrl({}, '45.4.1', 'linux', 'x64')).toBe(
      'https://github.com/electron/electron/releases/download/v45.4.1/electron-v45.4.1-linux-x64.zip',
    );
    expect(downloadUrl({ ELECTRON_MIRROR: 'https://mirror.test/' }, '45.4.1', 'darwin', 'arm64')).toBe(
      'https://mirror.test/v45.4.1/electron-v45.4.1-darwin-arm64.zip',
    );
    expect(
      downloadUrl(
        { npm_config_electron_mirror: 'https://own.test/', ELECTRON_CUSTOM_DIR: '{{ version }}' },
        '45.4.1',
        'win32',
        'x64',
      ),
    ).toBe('https://own.test/45.4.1/electron-v45.4.1-win32-x64.zip');
  });

  it('needs no network when its archive is in the cache', () => {
    const environment = { electron_config_cache: folder };
    expect(archiveCached(environment, '45.4.1', 'linux', 'x64')).toBe(false);
    mkdirSync(join(folder, 'abc'));
    writeFileSync(join(folder, 'abc', 'electron-v45.4.1-linux-x64.zip'), '');
    expect(archiveCached(environment, '45.4.1', 'linux', 'x64')).toBe(true);
  });
});
