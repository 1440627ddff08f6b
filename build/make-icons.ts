import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { findBrowser, installLine } from './find-browser.ts';
import { inProject } from './paths.ts';

// Draws every PNG from the SVGs beside it. Run after a change of one: node build/make-icons.ts

const states = ['ok', 'attention', 'bad', 'paused'] as const;
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

const executablePath = findBrowser();
if (executablePath === null) throw new Error(`No Chromium to draw with. Install one: ${installLine(false)}`);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  const app = readFileSync(`${icons}/app.svg`, 'utf8');
  writeFileSync(`${icons}/icon.png`, await render(page, app, 1024));
  writeFileSync(inProject('renderer/public/favicon.svg'), app);
  for (const state of states) {
    const svg = readFileSync(`${icons}/tray-${state}.svg`, 'utf8');
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
