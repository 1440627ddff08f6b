import type { BrowserWindow, Rectangle, Screen } from 'electron';
import { defaultSize } from './window.ts';

/** Of a window at least this much (px) has to be on a display, or nobody can take hold of it. */
const grip = { width: 100, height: 40 } as const;

/** Where a window goes whose place is on no display any more; null: it can stay. All in screen px. */
export function rescuedBounds(
  bounds: Rectangle,
  areas: readonly Rectangle[],
  primary: Rectangle,
): Rectangle | null {
  return areas.some((area) => canBeReached(bounds, area)) ? null : centred(bounds, primary);
}

/** A window of this size in the middle of `area`, and no larger than it. */
export function centred(
  size: { readonly width: number; readonly height: number },
  area: Rectangle,
): Rectangle {
  const width = Math.min(size.width, area.width);
  const height = Math.min(size.height, area.height);
  return {
    x: area.x + Math.floor((area.width - width) / 2),
    y: area.y + Math.floor((area.height - height) / 2),
    width,
    height,
  };
}

/** Its title bar is at the top: that edge has to be on the display, not just some corner of the page. */
function canBeReached(bounds: Rectangle, area: Rectangle): boolean {
  const across = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const belowTop = area.y + area.height - bounds.y;
  return across >= grip.width && belowTop >= grip.height && bounds.y >= area.y - grip.height;
}

type Placed = Pick<
  BrowserWindow,
  'getBounds' | 'setBounds' | 'isMaximized' | 'isFullScreen' | 'unmaximize' | 'setFullScreen'
>;
type Displays = Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>;

/** Moves a window that lies on no display (a screen was unplugged since) to the primary one. Wayland places by itself. */
export function keepOnScreen(window: Placed, screen: Displays): void {
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
  const rescued = rescuedBounds(window.getBounds(), areas, screen.getPrimaryDisplay().workArea);
  if (rescued) window.setBounds(rescued);
}

/** Forgets where the window was and puts it where it is on the first start. */
export function resetPlacement(window: Placed, screen: Displays, forget: () => void): void {
  if (window.isFullScreen()) window.setFullScreen(false);
  if (window.isMaximized()) window.unmaximize();
  window.setBounds(centred(defaultSize, screen.getPrimaryDisplay().workArea));
  forget();
}
