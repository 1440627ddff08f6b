import type { Log } from '../../electron/core/log.ts';
import type { AppLog } from '../../electron/core/logs/log-file.ts';

/** A log that keeps its lines. */
export function recordingLog(): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  const at = (level: string) => (line: string) => void lines.push(`${level}: ${line}`);
  return {
    lines,
    log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), debugging: true },
  };
}

/** The app's log in memory. */
export function recordingAppLog(): { readonly log: AppLog; readonly lines: string[] } {
  const { log, lines } = recordingLog();
  return {
    lines,
    log: {
      ...log,
      path: null,
      setLevel: () => {},
      tail: (count) => Promise.resolve(lines.slice(-count)),
      flush: () => Promise.resolve(),
      writeThrough: () => {},
      close: () => Promise.resolve(),
    },
  };
}
