import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { productName } from './identity.ts';

export interface WindowNeeds {
  /** Under this name Electron remembers size and place; no two open windows share one. */
  readonly name: string;
  /** px on the screen, where nothing is remembered; left out: in its middle. */
  readonly place?: { readonly x: number; readonly y: number } | undefined;
  /** Absolute path of the preload bundle. */
  readonly preload: string;
  readonly icon: string;
  /** Whether the system asks for dark colours now. */
  readonly dark: boolean;
  readonly devTools: boolean;
}

/** px, on the first start and after "Reset window position". */
export const defaultSize = { width: 1280, height: 800 } as const;

/** The page's own background until it paints, so that a dark page does not flash white. */
export const backgrounds = { dark: '#0f1318', light: '#f3f5f7' } as const;

export function backgroundOf(dark: boolean): string {
  return dark ? backgrounds.dark : backgrounds.light;
}

/** Developer tools are for development; a packaged app has them only when it is started with the flag. */
export function devToolsAllowed(isPackaged: boolean, argv: readonly string[]): boolean {
  return !isPackaged || argv.includes('--devtools');
}

/** Options of a window. Security flags are written out, defaults too: a test holds each. */
export function windowOptions({
  name,
  place,
  preload,
  icon,
  dark,
  devTools,
}: WindowNeeds): BrowserWindowConstructorOptions {
  return {
    title: productName,
    name,
    windowStatePersistence: true,
    ...defaultSize,
    ...place,
    minWidth: 640, // 1280 at 200 % zoom: the page reflows down to here
    minHeight: 480,
    show: false,
    backgroundColor: backgroundOf(dark),
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
      devTools,
    },
  };
}

/** Shows a window at its first paint, or leaves it hidden then. `onReady` runs once, either way. */
export function showWhenPainted(
  window: Pick<BrowserWindow, 'once' | 'show'>,
  hidden: boolean,
  onReady: () => void,
): void {
  window.once('ready-to-show', () => {
    if (!hidden) window.show();
    onReady();
  });
}

/** Brings a window to the front from wherever it is. */
export function restoreWindow(
  window: Pick<BrowserWindow, 'isMinimized' | 'restore' | 'show' | 'focus'>,
): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
