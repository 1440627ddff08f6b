import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser, installLine } from '../../../build/find-browser.ts';
import { posix } from '../../support/posix.ts';

let folder = '';
function program(name: string, mode = 0o755): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '');
  chmodSync(path, mode);
  return path;
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cachedeck-browser-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the browser for tests', () => {
  it.runIf(posix)('is the first on PATH that can be run', () => {
    program('a/chromium', 0o644);
    const chrome = program('b/google-chrome');
    program('c/chromium');
    const PATH = ['a', 'b', 'c'].map((name) => join(folder, name)).join(delimiter);
    expect(findBrowser({ PATH }, 'linux', '')).toBe(chrome);
  });

  it('is one of those Windows installs outside PATH', () => {
    const edge = program('Microsoft/Edge/Application/msedge.exe');
    expect(findBrowser({ 'ProgramFiles(x86)': folder }, 'win32', '')).toBe(edge);
  });

  it("is Playwright's own last, and null without any", () => {
    const own = program('playwright/chrome');
    expect(findBrowser({ PATH: folder }, 'linux', own)).toBe(own);
    expect(findBrowser({ PATH: folder }, 'linux', join(folder, 'absent'))).toBeNull();
  });

  it('is installed by one line', () => {
    expect(installLine(true)).toMatch(/^apt-get install -y --no-install-recommends chromium /);
    expect(installLine(false)).toBe('npx playwright install chromium');
  });
});
