import { spawnSync } from 'node:child_process';

/** Whether there is another program to read files with. */
export const hasPython = spawnSync('python3', ['--version']).status === 0;

/** Runs a script that reads JSON from its input and prints JSON. @throws what Python says */
export function askPython(script: string, input: unknown): unknown {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', script], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    env: { ...process.env, PYTHONUTF8: '1' }, // else Windows reads and writes in its old code page
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** The lines of each CSV, as Python's own module reads them. */
export function readCsvs(csvs: readonly string[]): string[][][] {
  const script = [
    'import csv, io, json, sys',
    "read = lambda text: list(csv.reader(io.StringIO(text, newline=''), strict=True))",
    'print(json.dumps([read(text) for text in json.load(sys.stdin)]))',
  ].join('\n');
  return askPython(script, csvs) as string[][][];
}
