import { readFileSync } from 'node:fs';
import { inProject } from './paths.ts';

/** States that have an icon of their own in the tray and the browser's tab. */
export const iconStates = ['ok', 'attention', 'bad', 'paused'] as const;
export type IconState = (typeof iconStates)[number];
export type Drawing = 'app' | `tray-${IconState}`;

/** Edges of the app's icon on Linux, px: what desktops look for. */
export const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512] as const;

/**
 * One drawing of build/icons/cachedeck.svg, the source of every icon, as an SVG file of its own.
 * @throws Error when there is no such drawing
 */
export function drawing(name: Drawing): string {
  const source = readFileSync(inProject('build/icons/cachedeck.svg'), 'utf8');
  const found = new RegExp(`<symbol id="${name}" viewBox="([^"]+)">\\n([^]*?)\\n *</symbol>`).exec(source);
  if (!found) throw new Error(`build/icons/cachedeck.svg has no drawing ${name}.`);
  const [, viewBox = '', shapes = ''] = found;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}">\n${shapes.replaceAll(/^ {4}/gm, '')}\n</svg>\n`;
}
