import type { PowerMonitor } from 'electron';

/** Tells the core when the machine sleeps and wakes. Only after the app is ready. */
export function followPower(
  powerMonitor: Pick<PowerMonitor, 'on'>,
  core: { suspend(): void; resume(): void },
): void {
  powerMonitor.on('suspend', () => core.suspend());
  powerMonitor.on('resume', () => core.resume());
}
