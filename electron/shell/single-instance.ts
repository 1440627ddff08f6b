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

/**
 * electron-updater starts a new AppImage once while it puts it in place as the old one quits, and waits until it has
 * ended: nothing else may happen in that run.
 */
export function startedToInstall(environment: Readonly<Record<string, string | undefined>>): boolean {
  return environment['APPIMAGE_EXIT_AFTER_INSTALL'] !== undefined;
}
