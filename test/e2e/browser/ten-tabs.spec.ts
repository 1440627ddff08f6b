import { expect, test } from '../support/app-test.ts';
import { chip } from '../support/page.ts';

const paths = ['/engines/stats/total', '/orchestrator/status', '/vpn/status', '/engines', '/cache/stats'];

test('ten tabs of one browser: every one live, the backend asked as by one', async ({ page, onDemo }) => {
  test.setTimeout(150_000);
  const { demo } = await onDemo();
  const tabs = [page];
  for (let tab = 1; tab < 10; tab += 1) {
    const next = await page.context().newPage();
    await next.goto(new URL('/', page.url()).href);
    tabs.push(next);
  }
  for (const tab of tabs) await expect(chip(tab, 'VPN')).toContainText('Live');
  demo.resetCounts();
  await page.waitForTimeout(60_000);
  for (const path of paths) expect(demo.requestCount(path), path).toBeLessThanOrEqual(13);
  for (const path of paths.slice(0, 3)) expect(demo.requestCount(path), path).toBeGreaterThanOrEqual(11);
  for (const tab of tabs) {
    for (const card of ['Engines', 'Orchestrator', 'VPN'])
      await expect(chip(tab, card)).toContainText('Live');
  }
});
