import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  MessageBoxOptions,
  MessageBoxReturnValue,
  NativeTheme,
  Screen,
} from 'electron';
import type { PageRoute } from '../../shared/model/pages.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { recoverPage } from './crash.ts';
import type { Recovery } from './crash.ts';
import { createNavigator } from './navigate.ts';
import { keepOnScreen } from './placement.ts';
import { paintBackground } from './theme.ts';
import { watchUnresponsive } from './unresponsive.ts';
import { createWallboard } from './wallboard.ts';
import { windowOptions } from './window.ts';
import type { WindowNeeds } from './window.ts';

/** What all windows have in common. */
export interface WindowParts extends Pick<WindowNeeds, 'preload' | 'icon' | 'devTools'> {
  readonly make: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly nativeTheme: Pick<NativeTheme, 'on' | 'off' | 'shouldUseDarkColors'>;
  readonly screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>;
  /** Address of the page. */
  readonly entry: string;
  readonly clock: Clock;
  readonly log: Log;
  /** A native question on a window. */
  readonly askOn: (window: BrowserWindow, options: MessageBoxOptions) => Promise<MessageBoxReturnValue>;
}

/** One window and what looks after it: whatever the first has, each has. */
export interface AppWindow {
  readonly name: string;
  /** Of its webContents: by this the sender of a message is known. */
  readonly id: number;
  readonly window: BrowserWindow;
  readonly recovery: Recovery;
  readonly navigate: (route?: PageRoute) => void;
  readonly toggleWallboard: () => void;
}

/** Makes a window that is hidden and shows nothing yet. */
export function makeWindow(
  { name, place }: Pick<WindowNeeds, 'name' | 'place'>,
  { make, preload, icon, devTools, nativeTheme, screen, entry, clock, log, askOn }: WindowParts,
): AppWindow {
  const dark = nativeTheme.shouldUseDarkColors;
  const window = make(windowOptions({ name, place, preload, icon, dark, devTools }));
  const { webContents: contents } = window;
  paintBackground(window, nativeTheme);
  keepOnScreen(window, screen);
  window.on('persisted-state-restored', () => keepOnScreen(window, screen));
  const ask = (options: MessageBoxOptions): Promise<MessageBoxReturnValue> => askOn(window, options);
  const tell = (title: string, text: string): void => {
    ask({ type: 'error', message: title, detail: text }).catch((error: unknown) => {
      log.error(`dialog: ${error instanceof Error ? error.message : 'not shown'}`);
    });
  };
  const recovery = recoverPage({ contents, clock, log, tell });
  watchUnresponsive({ contents, clock, log, ask, restart: () => recovery.restart() });
  const navigate = createNavigator(contents, entry, recovery);
  const toggleWallboard = createWallboard(window, navigate);
  return { name, id: contents.id, window, recovery, navigate, toggleWallboard };
}
