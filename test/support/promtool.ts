import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { runnable } from '../../build/find-browser.ts';

/** Prometheus's own checker on the PATH; null: it is not installed. */
export function findPromtool(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'promtool')).find(runnable) ?? null;
}

/** What it says of a text in Prometheus's format, lint included; empty when it finds nothing. */
export function checkMetrics(promtool: string, text: string): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], {
    input: text,
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, said: stdout + stderr };
}
