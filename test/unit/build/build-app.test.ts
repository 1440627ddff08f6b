import { mkdirSync, mkdtempSync, rmSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFresh } from '../../../build/build-app.ts';

let folder = '';
const path = (name: string): string => join(folder, name);

/** Sets the time of change, in seconds. */
function touch(name: string, at: number): void {
  utimesSync(path(name), at, at);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cachedeck-fresh-'));
  mkdirSync(path('electron/core'), { recursive: true });
  writeFileSync(path('electron/core/a.ts'), '');
  writeFileSync(path('main.js'), '');
  writeFileSync(path('serve.js'), '');
  for (const name of ['electron/core/a.ts', 'electron/core', 'electron']) touch(name, 1000);
  touch('main.js', 2000);
  touch('serve.js', 2001);
});
afterEach(() => rmSync(folder, { recursive: true }));

const fresh = (): boolean => isFresh([path('main.js'), path('serve.js')], [path('electron'), path('absent')]);

describe('a build', () => {
  it('is fresh while every product is newer than all sources', () => {
    expect(fresh()).toBe(true);
  });

  it('is not once a source changed after the oldest product', () => {
    touch('electron/core/a.ts', 2000.5);
    expect(fresh()).toBe(false);
  });

  it('is not when a source was removed', () => {
    unlinkSync(path('electron/core/a.ts'));
    expect(fresh()).toBe(false);
  });

  it('is not when a product is missing', () => {
    unlinkSync(path('serve.js'));
    expect(fresh()).toBe(false);
  });
});
