import { defineConfig } from '@playwright/test';
import { findBrowser } from '../../build/find-browser.ts';
import { inProject } from '../../build/paths.ts';

const browser = findBrowser();

/** A headless Chromium that does nothing of its own accord. */
const chromium = {
  browserName: 'chromium' as const,
  launchOptions: {
    ...(browser === null ? {} : { executablePath: browser }),
    args: [
      '--no-sandbox', // pages come from this machine alone, and CI often runs as root
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
};
/** These wait for minutes and count no requests. */
const waiting = '**/alerts.spec.ts';

export default defineConfig({
  testDir: '.',
  outputDir: inProject('out/test-results/e2e'),
  workers: 4, // of which a project uses as many as it says
  // A machine shared with others may miss a moment once; the report names every test that needed its second try.
  retries: process.env['CI'] === 'true' ? 1 : 0,
  timeout: 30_000,
  forbidOnly: process.env['CI'] === 'true',
  reporter: [
    ['list'],
    ['json', { outputFile: inProject('out/test-results/e2e.json') }],
    ['./support/skip-reporter.ts'],
  ],
  projects: [
    {
      name: 'browser',
      testDir: './browser',
      testIgnore: waiting,
      workers: 1, // one at a time: several tests count requests over a minute, which a busy machine would blur
      use: chromium,
    },
    // After those, so that nothing runs beside them; one project alone: --no-deps --project=<name>.
    {
      name: 'watch',
      testDir: './browser',
      testMatch: waiting,
      dependencies: ['browser'],
      fullyParallel: true,
      workers: 4,
      use: chromium,
    },
    { name: 'desktop', testDir: './desktop', dependencies: ['browser'], workers: 1 },
    { name: 'notifications', testDir: './notifications', dependencies: ['browser'], workers: 1 },
  ],
});
