import type { App } from 'electron';

/**
 * Takes the lock of the one instance. false: another one runs, has been told to show itself, and this one must end.
 * `onSecond` runs when somebody starts the app again.
 */
export function takeSingleInstanceLock(
  app: Pick<App, 'requestSingleInstanceLock' | 'on'>,
  onSecond: () => void,
): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', onSecond);
  return true;
}
