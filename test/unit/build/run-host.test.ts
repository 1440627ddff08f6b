import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Children } from '../../../build/children.ts';
import { runDesktop } from '../../../build/run-host.ts';
import { posix } from '../../support/posix.ts';

let folder = '';
let children = new Children();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cachedeck-run-'));
  children = new Children();
});
afterEach(async () => {
  await children.stop(0);
  rmSync(folder, { recursive: true });
});

/** A program in place of Electron. */
function runtime(body: string): string {
  const path = join(folder, 'electron');
  writeFileSync(path, `#!${process.execPath}\n${body}`);
  chmodSync(path, 0o755);
  return path;
}

describe.runIf(posix)('the desktop app as a child', () => {
  it('counts as started once it prints that it is ready, and hands its exit code on', async () => {
    const binary = runtime(
      `console.log('Cachedeck is ready'); setTimeout(() => process.exit(process.env.CACHEDECK_PROFILE === 'demo' ? 7 : 8), 50);`,
    );
    expect(await runDesktop(children, binary, 'demo')).toEqual({ started: true, exitCode: 7 });
  });

  it('did not start when it fails before it is ready: the code and its first line are the reason', async () => {
    const binary = runtime(`console.error('\\nMissing X server or $DISPLAY.\\nmore'); process.exit(1);`);
    expect(await runDesktop(children, binary, null)).toEqual({
      started: false,
      why: 'exit code 1: Missing X server or $DISPLAY',
    });
  });

  it('did not start when it says nothing within the limit, and is ended', async () => {
    const binary = runtime(`setInterval(() => {}, 1000);`);
    const result = await runDesktop(children, binary, null, 150);
    expect(result).toEqual({ started: false, why: 'it was not ready after 0 s' });
  });

  it('did not start when there is nothing that runs', async () => {
    const result = await runDesktop(children, join(folder, 'absent'), null);
    expect(result).toMatchObject({ started: false, why: expect.stringMatching(/ENOENT/) as string });
  });

  it('is content when it ends by itself without an error: another instance took over', async () => {
    expect(await runDesktop(children, runtime(''), null)).toEqual({ started: true, exitCode: 0 });
  });
});
