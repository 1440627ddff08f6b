import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inProject } from '../../build/paths.ts';
import { posix } from '../support/posix.ts';

const folder = mkdtempSync(join(tmpdir(), 'cachedeck-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the start command and resolves once it printed a link. */
async function started(args: readonly string[], environment: NodeJS.ProcessEnv = process.env) {
  const child = spawn(process.execPath, [inProject('build/start.ts'), '--no-open', ...args], {
    env: { ...environment, CACHEDECK_DATA: folder, CACHEDECK_PROFILE: 'demo' },
  });
  let output = '';
  const linked = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += String(chunk);
      const link = /http:\S+\/login\?code=\S+/.exec(output)?.[0];
      if (link !== undefined) resolve(link);
    });
    child.stderr.on('data', (chunk: Buffer) => (output += String(chunk)));
    child.once('exit', () => reject(new Error(`It ended without a link:\n${output}`)));
  });
  return { child, link: await linked, output: () => output };
}

/** Interrupts and measures, in ms, until the command is gone. */
async function interrupted(child: Awaited<ReturnType<typeof started>>['child'], signal: NodeJS.Signals) {
  const begun = performance.now();
  child.kill(signal);
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, ms: performance.now() - begun };
}

async function reachable(url: string): Promise<boolean> {
  return fetch(url, { redirect: 'manual' }).then(
    () => true,
    () => false,
  );
}

describe.runIf(posix)('the start command', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'runs the browser host until %s, within a second',
    async (signal) => {
      const { child, link } = await started(['--browser']);
      expect(await reachable(link)).toBe(true);
      const { code, ms } = await interrupted(child, signal);
      expect(code).toBe(0);
      expect(ms).toBeLessThan(1000);
      expect(await reachable(link)).toBe(false);
    },
  );

  it('passes the port on', async () => {
    const first = await started(['--browser', '--port', '0']);
    const { port } = new URL(first.link);
    await interrupted(first.child, 'SIGINT');
    const second = await started(['--browser', '--port', port]);
    expect(new URL(second.link).port).toBe(port);
    await interrupted(second.child, 'SIGINT');
  });

  it.runIf(process.platform === 'linux')(
    'says in one sentence that there is no display, and goes on in the browser',
    async () => {
      const { DISPLAY: _x11, WAYLAND_DISPLAY: _wayland, ...headless } = process.env;
      const { child, output } = await started([], headless);
      expect(output().split('\n')[0]).toBe(
        'There is no display here, so Cachedeck opens in the browser instead.',
      );
      await interrupted(child, 'SIGINT');
    },
  );
});
