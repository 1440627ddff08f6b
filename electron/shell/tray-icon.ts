import { join } from 'node:path';
import type { NativeImage } from 'electron';
import type { TrayModel } from '../../shared/contract/app.ts';

/**
 * File of the icon for a state: a check, a triangle, a cross, two bars. Colour is an extra on Windows and Linux;
 * macOS draws the monochrome template in the menu bar's own colour.
 */
export function trayIconPath(folder: string, state: TrayModel['state'], platform: NodeJS.Platform): string {
  return join(folder, platform === 'darwin' ? `tray-${state}-Template.png` : `tray-${state}.png`);
}

/** The image for a state, on macOS as a template whatever its file is called. */
export function trayImage<T extends Pick<NativeImage, 'setTemplateImage'>>(
  createFromPath: (path: string) => T,
  folder: string,
  state: TrayModel['state'],
  platform: NodeJS.Platform,
): T {
  const image = createFromPath(trayIconPath(folder, state, platform));
  if (platform === 'darwin') image.setTemplateImage(true);
  return image;
}
