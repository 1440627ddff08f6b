import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { drawing, iconStates as states, linuxSizes } from '../../../build/icon-source.ts';
import { inProject } from '../../../build/paths.ts';
import { nativeImage } from '../../support/electron-stub/index.ts';
import { trayIconPath, trayImage } from '../../../electron/shell/tray-icon.ts';

const file = (name: string): Buffer => readFileSync(inProject(`build/icons/${name}`));

/** Width and height from a PNG's header. */
function sizeOf(png: Buffer): [number, number] {
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

/** The image data of a PNG, from all its IDAT chunks. */
function pixels(png: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return inflateSync(Buffer.concat(parts));
}

/** The pixels of an 8-bit RGBA PNG as bytes: its rows with their filters undone. */
function decode(png: Buffer): [number, number, number, number][] {
  const [width, height] = sizeOf(png);
  const raw = pixels(png);
  const stride = width * 4;
  const out = new Uint8Array(stride * height);
  for (let row = 0; row < height; row += 1) {
    const filter = raw[row * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const at = row * stride + x;
      const left = x < 4 ? 0 : (out[at - 4] ?? 0);
      const up = row === 0 ? 0 : (out[at - stride] ?? 0);
      const corner = x < 4 || row === 0 ? 0 : (out[at - stride - 4] ?? 0);
      const paeth = [left, up, corner].toSorted(
        (a, b) => Math.abs(left + up - corner - a) - Math.abs(left + up - corner - b),
      )[0];
      const predicted = [0, left, up, Math.floor((left + up) / 2), paeth ?? 0][filter ?? 0] ?? 0;
      out[at] = (raw[row * (stride + 1) + 1 + x] ?? 0) + predicted; // modulo 256 by its type
    }
  }
  return Array.from({ length: width * height }, (_, index) => {
    const [r = 0, g = 0, b = 0, alpha = 0] = out.subarray(index * 4, index * 4 + 4);
    return [r, g, b, alpha];
  });
}

/** Colours a person sees on a panel: relative luminance after WCAG 2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

describe('tray icons', () => {
  it.each(states)('%s is seen on light and on dark panels', (state) => {
    const colours = new Set(drawing(`tray-${state}`).match(/#[0-9a-f]{6}/g));
    expect(colours.size).toBe(1);
    for (const colour of colours) {
      for (const panel of ['#ffffff', '#f0f0f0', '#2e2e2e', '#1b1b1b', '#000000']) {
        expect(contrast(colour, panel), `${colour} on ${panel}`).toBeGreaterThanOrEqual(3);
      }
    }
  });

  it.each(states)('%s comes in both densities, in colour and as a template', (state) => {
    expect(sizeOf(file(`tray-${state}.png`))).toEqual([24, 24]);
    expect(sizeOf(file(`tray-${state}@2x.png`))).toEqual([48, 48]);
    expect(sizeOf(file(`tray-${state}-Template.png`))).toEqual([16, 16]);
    expect(sizeOf(file(`tray-${state}-Template@2x.png`))).toEqual([32, 32]);
  });

  it('differ by shape, not by colour alone: no two templates are alike', () => {
    const pictures = states.map((state) => pixels(file(`tray-${state}-Template@2x.png`)).toString('hex'));
    expect(new Set(pictures).size).toBe(states.length);
  });

  it('are the template on macOS and the coloured one elsewhere', () => {
    expect(trayIconPath('/icons', 'bad', 'darwin')).toBe(join('/icons', 'tray-bad-Template.png'));
    expect(trayIconPath('/icons', 'bad', 'linux')).toBe(join('/icons', 'tray-bad.png'));
    expect(trayIconPath('/icons', 'paused', 'win32')).toBe(join('/icons', 'tray-paused.png'));
  });
});

describe('a tray image', () => {
  it('is a template on macOS alone, which draws it in its own colour', () => {
    const isTemplate = (platform: NodeJS.Platform): boolean =>
      trayImage((path) => nativeImage.createFromPath(path), '/icons', 'ok', platform).isTemplate;
    expect((['darwin', 'win32', 'linux'] as const).map(isTemplate)).toEqual([true, false, false]);
  });

  it.each(states)('%s holds nothing but black and transparency as a template', (state) => {
    const image = decode(file(`tray-${state}-Template@2x.png`));
    expect(image.some(([, , , alpha]) => alpha > 0)).toBe(true);
    expect(image.filter(([r, g, b, alpha]) => alpha > 0 && r + g + b > 0)).toEqual([]);
  });
});

describe('the app icon', () => {
  it('is large enough for every system, and the page shows the same drawing', () => {
    expect(sizeOf(file('icon.png'))).toEqual([1024, 1024]);
    expect(readFileSync(inProject('renderer/public/favicon.svg'), 'utf8')).toBe(drawing('app'));
  });

  it.each(linuxSizes)('comes in %d px for Linux, where desktops look for sizes', (size) => {
    expect(sizeOf(file(`linux/${size}x${size}.png`))).toEqual([size, size]);
  });

  it('is drawn from the one source, which names each drawing once', () => {
    expect(() => drawing('tray-none' as 'tray-ok')).toThrow('no drawing tray-none');
    const ids = [
      ...file('cachedeck.svg')
        .toString()
        .matchAll(/ id="([^"]+)"/g),
    ].map(([, id]) => id);
    expect(ids).toEqual(['app', ...states.map((state) => `tray-${state}`)]);
  });
});
