import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { Children } from '../../../build/children.ts';
import { inProject } from '../../../build/paths.ts';
import { posix } from '../../support/posix.ts';

const started: Children[] = [];
function children(): Children {
  const made = new Children();
  started.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.stop(0)));
});

/** Whether a process exists; a signal of 0 only asks. */
function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const stubborn = `process.on('SIGTERM', () => {}); process.on('SIGINT', () => {}); setInterval(() => {}, 1000); console.log('up');`;

describe('children of a command', () => {
  it.runIf(posix)('ends a willing one at once and kills a stubborn one within a second', async () => {
    const all = children();
    const willing = all.start(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("up")']);
    const deaf = all.start(process.execPath, ['-e', stubborn]);
    await Promise.all(
      [willing, deaf].map(async ({ process }) => process.stdout && once(process.stdout, 'data')),
    );
    const begun = performance.now();
    await all.stop();
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(await willing.ended).toMatchObject({ signal: 'SIGTERM' });
    expect(await deaf.ended).toMatchObject({ signal: 'SIGKILL' });
  });

  it('gives one on Windows the same time to end by the Ctrl-C that it got itself', async () => {
    const all = children();
    const ending = all.start(process.execPath, [
      '-e',
      'console.log("up"); setTimeout(() => process.exit(3), 50)',
    ]);
    const deaf = all.start(process.execPath, ['-e', stubborn]);
    await Promise.all(
      [ending, deaf].map(async ({ process }) => process.stdout && once(process.stdout, 'data')),
    );
    await Promise.all([all.end(ending, 5000, 'win32'), all.end(deaf, 100, 'win32')]);
    expect(await ending.ended).toMatchObject({ code: 3, signal: null });
    expect(await deaf.ended).toMatchObject({ signal: 'SIGKILL' });
  });

  it('reports one that cannot be started', async () => {
    const { ended } = children().start('/nonexistent/program', []);
    expect((await ended).error?.message).toMatch(/ENOENT/);
  });

  it('starts nothing once stopped', async () => {
    const all = children();
    await all.stop();
    expect(() => all.start(process.execPath, ['-v'])).toThrow(/Stopping/);
  });

  it.runIf(posix).each(['SIGINT', 'SIGTERM'] as const)(
    'leaves nothing behind after %s, within a second',
    async (signal) => {
      const module = inProject('build/children.ts');
      const parent = spawn(process.execPath, [
        '--input-type=module-typescript',
        '-e',
        `import { Children, stopOnSignal } from ${JSON.stringify(module)};
       const children = new Children();
       stopOnSignal(() => children.stop());
       const child = children.start(process.execPath, ['-e', ${JSON.stringify(stubborn)}], { stdio: ['ignore', 'pipe', 'inherit'] });
       child.process.stdout.once('data', () => console.log(child.process.pid));`,
      ]);
      const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
      const grandchild = Number(line);
      expect(alive(grandchild)).toBe(true);
      const begun = performance.now();
      parent.kill(signal);
      const [code] = (await once(parent, 'exit')) as [number | null];
      expect(performance.now() - begun).toBeLessThan(1000);
      expect(code).toBe(0);
      expect(alive(grandchild)).toBe(false);
    },
  );
});
