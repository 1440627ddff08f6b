import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawing, iconStates as states } from '../../../build/icon-source.ts';
import { inProject } from '../../../build/paths.ts';

function read(path: string): string {
  return readFileSync(inProject(path), 'utf8');
}

/** What an SVG's paths draw, whatever their colours. */
function shapeOf(svg: string): string[] {
  return [...svg.matchAll(/ d="([^"]+)"/g)].map(([, shape = '']) => shape);
}

describe('the icons of the browser’s tab', () => {
  it.each(states)('%s has the shape of the tray', (state) => {
    const shape = shapeOf(drawing(`tray-${state}`));
    expect(shape).toHaveLength(1);
    expect(shapeOf(read(`renderer/public/favicon-${state}.svg`))).toEqual(shape);
  });

  it('differ by shape, and stand on the tile of the app', () => {
    const icons = states.map((state) => read(`renderer/public/favicon-${state}.svg`));
    expect(new Set(icons.flatMap(shapeOf)).size).toBe(states.length);
    const [tile] = /fill="(#[0-9a-f]{6})"/.exec(drawing('app')) ?? [];
    expect(tile).toBeDefined();
    for (const icon of icons) expect(icon).toContain(tile);
  });
});
