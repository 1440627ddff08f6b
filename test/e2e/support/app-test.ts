import type { Page } from '@playwright/test';
import { startDemo } from '../../../electron/core/demo/demo-server.ts';
import type { DemoBackend } from '../../../electron/core/demo/demo-server.ts';
import { systemClock } from '../../../electron/core/clock.ts';
import { replayKey, startReplay } from '../../support/replay-orchestrator.ts';
import type { ReplayServer } from '../../support/replay-orchestrator.ts';
import type { ScenarioName } from '../../support/replay-scenarios.ts';
import { startApp } from './app.ts';
import type { RunningApp } from './app.ts';
import { test as browserTest } from './browser-test.ts';

interface AppFixtures {
  /** Starts the browser host; every one started is stopped with the test. */
  start: (environment?: Readonly<Record<string, string>>) => Promise<RunningApp>;
  /** The app on a replayed orchestrator, its page opened. */
  replay: (scenario: ScenarioName) => Promise<{ app: RunningApp; server: ReplayServer }>;
  /** The app on a demo backend that the test holds, its page opened. */
  onDemo: () => Promise<{ app: RunningApp; demo: DemoBackend }>;
}

export const test = browserTest.extend<AppFixtures>({
  start: async ({ page }, provide) => {
    const apps: RunningApp[] = [];
    await provide(async (environment) => {
      const app = await startApp(environment);
      apps.push(app);
      return app;
    });
    await page.close(); // else it logs the loss of its host
    await Promise.all(apps.map((app) => app.stop()));
  },
  replay: async ({ page, start }, provide) => {
    const servers: ReplayServer[] = [];
    await provide(async (scenario) => {
      const server = await startReplay(scenario);
      servers.push(server);
      const app = await open(page, start, server.url, replayKey);
      return { app, server };
    });
    await Promise.all(servers.map((server) => server.close()));
  },
  onDemo: async ({ page, start }, provide) => {
    const demos: DemoBackend[] = [];
    await provide(async () => {
      const demo = await startDemo({ clock: systemClock, random: Math.random });
      demos.push(demo);
      const app = await open(page, start, demo.url, demo.apiKey);
      return { app, demo };
    });
    await Promise.all(demos.map((demo) => demo.close()));
  },
});

async function open(page: Page, start: AppFixtures['start'], url: string, key: string): Promise<RunningApp> {
  const app = await start({ CACHEDECK_ORCHESTRATOR_URL: url, CACHEDECK_ORCHESTRATOR_KEY: key });
  await page.goto(await app.link());
  return app;
}

export { expect } from '@playwright/test';
