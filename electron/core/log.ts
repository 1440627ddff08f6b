import { logLevels } from '../../shared/model/settings.ts';
import type { LogLevel } from '../../shared/model/settings.ts';

/** Where the core writes lines for a person. No value of a cache entry and no secret is ever passed to it. */
export interface Log {
  debug(line: string): void;
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
  /** Lets a caller skip building a line nobody reads. */
  readonly debugging: boolean;
}

function write(line: string): void {
  console.error(line);
}

/** Lines from `level` upwards to standard error; standard output stays free for what a user asked for. */
export function consoleLog(level: LogLevel): Log {
  const from = logLevels.indexOf(level);
  const at = (own: LogLevel) =>
    logLevels.indexOf(own) >= from ? (line: string) => write(`${own}: ${line}`) : () => {};
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    debugging: from === 0,
  };
}

export const silentLog: Log = consoleLog('silent');

/** Reads `CACHEDECK_LOG`; what is not a level counts as `warn`. */
export function logLevelFrom(text: string | undefined): LogLevel {
  return logLevels.find((level) => level === text) ?? 'warn';
}
