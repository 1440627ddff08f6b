import type { BrowserWindow, PowerMonitor } from 'electron';

/** Tells the core when the machine sleeps and wakes. Only after the app is ready. */
export function followPower(
  powerMonitor: Pick<PowerMonitor, 'on'>,
  core: { suspend(): void; resume(): void },
): void {
  powerMonitor.on('suspend', () => core.suspend());
  powerMonitor.on('resume', () => core.resume());
}

/** Stops cleanly when the system is about to end: Linux and macOS tell the app, Windows tells its windows. */
export function followShutdown(
  powerMonitor: Pick<PowerMonitor, 'on'>,
  window: Pick<BrowserWindow, 'on'>,
  quit: () => void,
): void {
  powerMonitor.on('shutdown', quit);
  window.on('session-end', quit);
}
