import { defineConfig } from '@playwright/test';
import { findBrowser } from '../../build/find-browser.ts';
import { inProject } from '../../build/paths.ts';

const browser = findBrowser();

export default defineConfig({
  testDir: '.',
  outputDir: inProject('out/test-results/e2e'),
  // One at a time: several tests count requests over a minute, which a busy machine would blur.
  workers: 1,
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
      use: {
        browserName: 'chromium',
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
      },
    },
    { name: 'desktop', testDir: './desktop' },
    { name: 'notifications', testDir: './notifications' },
  ],
});
