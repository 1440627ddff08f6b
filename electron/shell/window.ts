import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { productName } from './identity.ts';

export interface WindowNeeds {
  /** Absolute path of the preload bundle. */
  readonly preload: string;
  readonly icon: string;
  /** Whether the system asks for dark colours now. */
  readonly dark: boolean;
  readonly development: boolean;
}

/** The page's own background until it paints, so that a dark page does not flash white. */
export const backgrounds = { dark: '#0f1318', light: '#f3f5f7' } as const;

/** Options of the one window. Security flags are written out, defaults too: a test holds each. */
export function windowOptions({
  preload,
  icon,
  dark,
  development,
}: WindowNeeds): BrowserWindowConstructorOptions {
  return {
    title: productName,
    name: 'main', // under this name Electron remembers size and place
    windowStatePersistence: true,
    width: 1280,
    height: 800,
    minWidth: 640, // 1280 at 200 % zoom: the page reflows down to here
    minHeight: 480,
    show: false,
    backgroundColor: dark ? backgrounds.dark : backgrounds.light,
    icon,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false, // its dictionaries would be fetched from the network
      devTools: development,
    },
  };
}

/** Loads the page and shows the window at its first paint. `onShown` runs once. */
export function openWindow(
  window: Pick<BrowserWindow, 'once' | 'show' | 'loadURL'>,
  url: string,
  onShown: () => void,
  onFailed: (reason: string) => void,
): void {
  window.once('ready-to-show', () => {
    window.show();
    onShown();
  });
  window.loadURL(url).catch((error: unknown) => {
    onFailed(error instanceof Error ? error.message : 'the page could not be loaded');
  });
}

/** Brings the window to the front from wherever it is. */
export function restoreWindow(
  window: Pick<BrowserWindow, 'isMinimized' | 'restore' | 'show' | 'focus'>,
): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
