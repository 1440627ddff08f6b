import { existsSync, rmSync } from 'node:fs';
import { delimiter } from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import { Children, stopOnSignal } from './children.ts';
import { debianPackages, findBrowser } from './find-browser.ts';
import { inProject, root } from './paths.ts';
import { add, closingLine, none, readCounts } from './test-report.ts';

const results = inProject('out/test-results');
const children = new Children();

/** One link of the chain. `report`: where a step that runs tests leaves its counts. */
interface Step {
  readonly title: string;
  readonly command: string;
  readonly args?: readonly string[];
  readonly report?: string;
}

function vitest(title: string, command: string, file: string): Step {
  const report = `${results}/${file}`;
  const args = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return { title, command, args, report };
}

const { scripts } = manifest;
const chain: readonly Step[] = [
  { title: 'Types', command: scripts.typecheck },
  { title: 'Lint', command: scripts.lint },
  { title: 'Format', command: scripts['format:check'] },
  vitest('Unit, contract, component, seeds', scripts.unit, 'unit.json'),
  { title: 'Build', command: scripts.build },
  vitest('Built bundle', scripts.built, 'built.json'),
  { title: 'End to end', command: scripts.e2e, report: `${results}/e2e.json` },
];

/** Runs a command line without quotes, as written in package.json, with more arguments; returns its exit code. */
async function run(command: string, more: readonly string[] = []): Promise<number> {
  const shell = process.platform === 'win32'; // there the programs are .cmd files, and arguments are not quoted
  const [program = '', ...args] = command.split(' ');
  const { code, error } = await children.start(
    program,
    [...args, ...more.map((each) => (shell ? `"${each}"` : each))],
    {
      cwd: root,
      stdio: 'inherit',
      shell,
      env: {
        ...process.env,
        PATH: `${inProject('node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`,
      },
    },
  ).ended;
  if (error) console.error(error.message);
  return code ?? 1;
}

/** On a fresh Debian CI machine a browser is one package away; elsewhere nothing is installed unasked. */
async function installBrowserInCi(): Promise<void> {
  const wanted =
    process.env['CI'] === 'true' && existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (!wanted || findBrowser() !== null) return;
  console.log('\n== Browser: none found, installing one');
  const patience = '-qq -o Acquire::Retries=1 -o Acquire::http::Timeout=20';
  const failed =
    (await run(`apt-get ${patience} update`)) ||
    (await run(`apt-get ${patience} install -y --no-install-recommends ${debianPackages.join(' ')}`));
  if (failed) console.log('== Browser: could not be installed; its tests are skipped');
}

/** The chain up to its first failure. Returns that exit code, or 0. */
async function test(): Promise<number> {
  rmSync(results, { recursive: true, force: true });
  await installBrowserInCi();
  let counts = none;
  let code = 0;
  for (const step of chain) {
    console.log(`\n== ${step.title}`);
    const begun = performance.now();
    code = await run(step.command, step.args);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    console.log(
      `== ${step.title}: ${code === 0 ? 'passed' : `failed with exit code ${code}`} in ${seconds} s`,
    );
    const own = step.report === undefined ? none : readCounts(step.report);
    // A failed step without a failed test (a type error, a required browser missing) still is one failure.
    counts = add(counts, code !== 0 && own.failed === 0 ? { ...own, failed: 1 } : own);
    if (code !== 0) break;
  }
  console.log(`\n${closingLine(counts)}`);
  return code;
}

stopOnSignal(() => children.stop());
const code = await test();
if (!children.stopping) process.exit(code);
