import type { AppLog } from './log-file.ts';

/** `process`, as far as this needs it. */
export interface CrashingProcess {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown;
  exit(code: number): unknown;
}

/** Causes of causes that are still told. */
const deepest = 5;

/** Has what nobody caught written to the log before the process ends as it would have ended: with code 1. */
export function logCrashes(source: CrashingProcess, log: AppLog): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    source.on(event, (error) => {
      logCrash(log, error);
      source.exit(1);
    });
  }
}

/** Writes a last line with the stack; it and all lines before it are in the file when this returns. */
export function logCrash(log: AppLog, error: unknown): void {
  log.writeThrough();
  log.error(`Cachedeck stopped because of an error: ${stackOf(error)}`);
}

/** Stacks of an error and its causes. What else an error carries may hold values and is left out. */
function stackOf(error: unknown): string {
  const stacks: string[] = [];
  let current = error;
  while (current instanceof Error && stacks.length < deepest) {
    stacks.push(current.stack ?? current.message);
    current = current.cause;
  }
  return stacks.length > 0 ? stacks.join('\ncaused by ') : 'something that is no error was thrown';
}
