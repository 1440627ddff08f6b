import { existsSync } from 'node:fs';
import { test as base } from '@playwright/test';
import { findBrowser, installLine } from '../../../build/find-browser.ts';

const browser = findBrowser();
const howToGetIt = `install one: ${installLine(existsSync('/etc/debian_version'))}`;

/** Playwright's `test` for pages in Chromium: skips with the line that installs a browser where there is none. */
export const test = base.extend<{ browserPresent: undefined }>({
  browserPresent: [
    async ({ browserName }, provide, testInfo) => {
      testInfo.skip(browser === null, `no ${browserName} found (${howToGetIt})`);
      await provide(undefined);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
