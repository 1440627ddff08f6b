import type { BrowserWindow } from 'electron';
import { wallboardRoute } from '../../shared/model/pages.ts';
import type { PageRoute } from '../../shared/model/pages.ts';
import { makeWindow } from './app-window.ts';
import type { AppWindow, WindowParts } from './app-window.ts';
import type { Fault } from './error-page.ts';
import { keepOnScreen } from './placement.ts';
import { restoreWindow, showWhenPainted } from './window.ts';

/** So many windows can be open: each is a process of its own, and polls. */
export const mostWindows = 8;
/** px that a further window lies beside the one in use, so that it does not hide it. */
const step = 32;

export interface Windows {
  /** Opens a window on a page; the Overview unless told. Returns why it did not, or null. */
  open(route?: PageRoute, options?: OpenOptions): string | null;
  /** Whether a webContents is that of an open window of ours. */
  has(webContentsId: number): boolean;
  readonly count: number;
  /** The one in front, or that was last; null: none is open. */
  readonly lastUsed: AppWindow | null;
  /** Brings the last used one to the front, wherever it is, and takes it to a page if one is named. */
  show(route?: PageRoute): void;
  /** What is wrong with the page of a window; null: nothing. */
  faultOf(webContentsId: number): Fault | null;
}

interface OpenOptions {
  /** Stays in the tray. */
  readonly hidden?: boolean;
  /** At its first paint. */
  readonly onReady?: () => void;
}

/**
 * The windows of the app, each made and guarded as the first. `onMade` adds what belongs to the app's life: what
 * closing one means.
 */
export function createWindows(parts: WindowParts, onMade: (made: AppWindow) => void): Windows {
  /** By use: the last one is in front or was. */
  let open: readonly AppWindow[] = [];
  const lastUsed = (): AppWindow | null => open.at(-1) ?? null;

  /** Electron remembers a place by name: dashboards and wallboards have places of their own, in the order they open. */
  function freeName(kind: 'main' | 'wallboard'): string {
    const taken = new Set(open.map(({ name }) => name));
    for (let n = 1; ; n += 1) {
      const name = n === 1 ? kind : `${kind}-${n}`;
      if (!taken.has(name)) return name;
    }
  }

  return {
    open(route, { hidden = false, onReady = () => {} } = {}) {
      if (open.length >= mostWindows) {
        return `${mostWindows} windows are open, which is as many as there can be. Close one first.`;
      }
      const name = freeName(route === wallboardRoute ? 'wallboard' : 'main');
      const made = makeWindow({ name, place: beside(lastUsed()?.window) }, parts);
      open = [...open, made];
      made.window.on('focus', () => (open = [...open.filter((one) => one !== made), made]));
      made.window.on('closed', () => (open = open.filter((one) => one !== made)));
      onMade(made);
      showWhenPainted(made.window, hidden, onReady);
      made.navigate(route);
      return null;
    },
    has: (id) => open.some((one) => one.id === id),
    get count() {
      return open.length;
    },
    get lastUsed() {
      return lastUsed();
    },
    show(route) {
      const shown = lastUsed();
      if (!shown) return;
      keepOnScreen(shown.window, parts.screen);
      restoreWindow(shown.window);
      if (route !== undefined) shown.navigate(route);
    },
    faultOf: (id) => open.find((one) => one.id === id)?.recovery.fault ?? null,
  };
}

function beside(window: BrowserWindow | undefined): { x: number; y: number } | undefined {
  if (!window) return undefined;
  const { x, y } = window.getBounds();
  return { x: x + step, y: y + step };
}
