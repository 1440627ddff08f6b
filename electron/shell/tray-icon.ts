import { join } from 'node:path';
import type { TrayModel } from '../../shared/contract/app.ts';

/**
 * File of the icon for a state: a check, a triangle, a cross, two bars. Colour is an extra on Windows and Linux;
 * macOS draws the monochrome template in the menu bar's own colour.
 */
export function trayIconPath(folder: string, state: TrayModel['state'], platform: NodeJS.Platform): string {
  return join(folder, platform === 'darwin' ? `tray-${state}-Template.png` : `tray-${state}.png`);
}
