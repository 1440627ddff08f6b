import { describe, expect, it } from 'vitest';
import { centred, keepOnScreen, rescuedBounds, resetPlacement } from '../../../electron/shell/placement.ts';
import { defaultSize } from '../../../electron/shell/window.ts';
import { BrowserWindow, screen } from '../../support/electron-stub/index.ts';

const primary = { x: 0, y: 25, width: 1920, height: 1055 };
const left = { x: -1280, y: 0, width: 1280, height: 1024 };
const size = { width: 1000, height: 700 };

describe('a window with a remembered place', () => {
  it.each([
    { name: 'is on the primary display', at: { x: 100, y: 100 } },
    { name: 'is on another one', at: { x: -1200, y: 10 } },
    { name: 'hangs over the right edge with enough to grip', at: { x: 1820, y: 100 } },
    { name: 'hangs over the bottom with its title bar in sight', at: { x: 100, y: 1040 } },
    { name: 'spans two displays', at: { x: -500, y: 100 } },
  ])('stays when it $name', ({ at }) => {
    expect(rescuedBounds({ ...at, ...size }, [primary, left], primary)).toBeNull();
  });

  it.each([
    { name: 'its display is gone', at: { x: -1200, y: 10 }, areas: [primary] },
    { name: 'too little of it is left', at: { x: 1900, y: 100 }, areas: [primary, left] },
    { name: 'its title bar is below the display', at: { x: 100, y: 1079 }, areas: [primary, left] },
    { name: 'its title bar is above the display', at: { x: 100, y: -600 }, areas: [primary] },
    { name: 'no display is known', at: { x: 0, y: 0 }, areas: [] },
  ])('comes to the middle of the primary display when $name', ({ at, areas }) => {
    expect(rescuedBounds({ ...at, ...size }, areas, primary)).toEqual({ x: 460, y: 202, ...size });
  });

  it('is made no larger than the display it comes to', () => {
    const small = { x: 10, y: 20, width: 800, height: 600 };
    expect(rescuedBounds({ x: 5000, y: 0, ...size }, [small], small)).toEqual(small);
    expect(centred({ width: 400, height: 300 }, small)).toEqual({ x: 210, y: 170, width: 400, height: 300 });
  });

  it('is moved only when it has to be', () => {
    const window = new BrowserWindow({});
    const near = { x: 10, y: 10, ...size };
    window.bounds = near;
    keepOnScreen(window, screen as never);
    expect(window.bounds).toEqual(near);
    window.bounds = { x: 9000, y: 10, ...size };
    keepOnScreen(window, screen as never);
    expect(window.bounds).toEqual({ x: 460, y: 170, ...size });
  });

  it('can be put back where it was on the first start, and the place forgotten', () => {
    const window = new BrowserWindow({});
    Object.assign(window, {
      bounds: { x: 3, y: 4, width: 640, height: 480 },
      maximized: true,
      fullScreen: true,
    });
    let forgotten = 0;
    resetPlacement(window, screen as never, () => (forgotten += 1));
    expect(window.bounds).toEqual({ x: 320, y: 120, ...defaultSize });
    expect([window.maximized, window.fullScreen, forgotten]).toEqual([false, false, 1]);
  });
});
