import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** ms from 0 to `longest`, the same in each run: a linear congruential generator. */
export function* delays(seed: number, longest: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    yield (state / 2 ** 32) * longest;
  }
}

/**
 * Lets a script write in `folder` and kills it (SIGKILL) `delay` ms after its first line.
 * @param writer path of a script that prints a number once what belongs to it was written
 * @returns the last number it printed
 */
export async function writeAndDie(
  writer: string,
  folder: string,
  delay: number,
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const child = spawn(process.execPath, [writer, folder], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let errors = '';
  child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), delay));
  child.stdout.on('data', (chunk: Buffer) => (said += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (errors += String(chunk)));
  await once(child, 'close');
  if (child.signalCode !== 'SIGKILL') throw new Error(`The writer ended by itself: ${errors}`);
  // A line that the kill cut off says nothing.
  return Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
}
