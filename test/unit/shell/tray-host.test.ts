import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hasTrayHost } from '../../../electron/shell/tray-host.ts';
import { posix } from '../../support/posix.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cachedeck-bus-'));
  vi.stubEnv('PATH', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A tool of the session bus that answers with `body`. */
function tool(name: string, body: string): void {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}

describe('a place for the tray', () => {
  it('is there on macOS and Windows', async () => {
    expect(await hasTrayHost('darwin')).toBe(true);
    expect(await hasTrayHost('win32')).toBe(true);
  });
});

// Its tools are scripts.
describe.runIf(posix)('a place for the tray on Linux', () => {
  it('is there when the session bus says so', async () => {
    tool('dbus-send', 'echo "   boolean true"');
    expect(await hasTrayHost('linux')).toBe(true);
  });

  it('is not when the bus says no, when there is no bus, or no tool to ask with', async () => {
    expect(await hasTrayHost('linux')).toBe(false);
    tool('dbus-send', 'exit 1');
    expect(await hasTrayHost('linux')).toBe(false);
    tool('gdbus', 'echo "(false,)"');
    expect(await hasTrayHost('linux')).toBe(false);
  });

  it('is asked for with the second tool where the first is missing', async () => {
    tool('gdbus', 'echo "(true,)"');
    expect(await hasTrayHost('linux')).toBe(true);
  });
});
