import { mkdirSync, writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { findBrowser, installLine } from './find-browser.ts';
import { drawing, iconStates, linuxSizes } from './icon-source.ts';
import type { IconState } from './icon-source.ts';
import { inProject } from './paths.ts';

// Draws every icon from build/icons/cachedeck.svg. Run after a change of it: node build/make-icons.ts
// The .ico for Windows and the .icns for macOS are electron-builder's: it makes both from icon.png.

const icons = inProject('build/icons');

/** Renders an SVG as a transparent PNG of `size` × `size` pixels. */
async function render(page: Page, svg: string, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size });
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  await page.setContent(
    `<style>*{margin:0}img{display:block;width:${size}px;height:${size}px}</style><img src="${source}">`,
  );
  return page.screenshot({ omitBackground: true });
}

/** macOS colours a template itself: only its transparency counts. */
function monochrome(svg: string): string {
  return svg.replaceAll(/#[0-9a-f]{6}/g, '#000000');
}

/** Light enough to be read on the tile, each in the hue of its role (renderer/styles/tokens.css). */
const onTile = { ok: '#35dcc4', attention: '#f5c148', bad: '#f4694b', paused: '#c3ccd8' } as const;

/** The tray's shape on the app's tile: what a browser's tab shows. */
function favicon(svg: string, state: IconState): string {
  const shape = /<path[^]*<\/svg>/.exec(svg)?.[0].replace('</svg>', '').trim() ?? '';
  const coloured = shape.replaceAll(/#[0-9a-f]{6}/g, onTile[state]);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
  <rect width="24" height="24" rx="5" fill="#12324f" />
  <g transform="translate(3 3) scale(0.75)">${coloured}</g>
</svg>
`;
}

const executablePath = findBrowser();
if (executablePath === null) throw new Error(`No Chromium to draw with. Install one: ${installLine(false)}`);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  const app = drawing('app');
  writeFileSync(`${icons}/icon.png`, await render(page, app, 1024));
  writeFileSync(inProject('renderer/public/favicon.svg'), app);
  writeFileSync(inProject('renderer/public/notification.png'), await render(page, app, 192));
  mkdirSync(`${icons}/linux`, { recursive: true });
  for (const size of linuxSizes) {
    writeFileSync(`${icons}/linux/${size}x${size}.png`, await render(page, app, size));
  }
  for (const state of iconStates) {
    const svg = drawing(`tray-${state}`);
    writeFileSync(inProject(`renderer/public/favicon-${state}.svg`), favicon(svg, state));
    // Windows and Linux panels are 24 px high or less, the macOS menu bar takes 16.
    for (const [name, source, size] of [
      [`tray-${state}`, svg, 24],
      [`tray-${state}-Template`, monochrome(svg), 16],
    ] as const) {
      writeFileSync(`${icons}/${name}.png`, await render(page, source, size));
      writeFileSync(`${icons}/${name}@2x.png`, await render(page, source, size * 2));
    }
  }
} finally {
  await browser.close();
}
