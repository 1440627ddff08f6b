import type { BrowserWindow, PowerMonitor } from 'electron';
import type { Cancel, Clock } from '../core/clock.ts';
import type { AppCore } from '../core/ports.ts';

/** ms between two looks at the battery: not every system tells of a change. */
const lookEvery = 60_000;

/**
 * Tells the core when the machine sleeps and wakes, and whether it runs on battery. Only after the app is ready.
 * @returns the way to stop looking
 */
export function followPower(
  powerMonitor: Pick<PowerMonitor, 'on' | 'isOnBatteryPower'>,
  core: Pick<AppCore, 'suspend' | 'resume' | 'setOnBattery'>,
  clock: Clock,
): Cancel {
  const look = (): void => core.setOnBattery(powerMonitor.isOnBatteryPower());
  powerMonitor.on('suspend', () => core.suspend());
  powerMonitor.on('resume', () => {
    look();
    core.resume();
  });
  powerMonitor.on('on-battery', () => core.setOnBattery(true));
  powerMonitor.on('on-ac', () => core.setOnBattery(false));
  let cancel: Cancel = () => {};
  const lookAgain = (): void => {
    look();
    cancel = clock.after(lookEvery, lookAgain);
  };
  lookAgain();
  return () => cancel();
}

/** Stops cleanly when the system is about to end, as Linux and macOS tell the app. */
export function followShutdown(powerMonitor: Pick<PowerMonitor, 'on'>, quit: () => void): void {
  powerMonitor.on('shutdown', quit);
}

/** The same as Windows tells it: to each window. */
export function followSessionEnd(window: Pick<BrowserWindow, 'on'>, quit: () => void): void {
  window.on('session-end', quit);
}
