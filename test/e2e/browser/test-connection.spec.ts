import { test as base, expect } from '../support/app-test.ts';
import { sendJson, startLoopback } from '../../support/loopback.ts';
import { startTlsLoopback } from '../../support/loopback-tls.ts';
import { startReplay } from '../../support/replay-orchestrator.ts';
import { selfSignedCertificate } from '../../support/test-certificates.ts';
import { fillNewProfile, openSettings } from '../support/settings-page.ts';

interface Server {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** ms that a test may take, beside what the page itself needs. */
const limit = 10_000;
const pageNeeds = 3000;
const key = 'K3y-that-must-not-show';

const test = base.extend<{ serve: (server: Promise<Server>) => Promise<string> }>({
  serve: async ({ page }, provide) => {
    const servers: Server[] = [];
    await provide(async (starting) => {
      const server = await starting;
      servers.push(server);
      return server.url;
    });
    await page.close(); // before its servers: it may still be asking
    await Promise.all(servers.map((server) => server.close()));
  },
});

/** An address at which nothing listens any more. */
async function closedPort(): Promise<Server> {
  const server = await startLoopback((_, response) => response.end());
  await server.close();
  return { url: server.url, close: () => Promise.resolve() };
}

const troubles: readonly (readonly [string, () => Promise<Server>, RegExp])[] = [
  ['a wrong port', closedPort, /Nothing listens at 127\.0\.0\.1:\d+ \(connection refused\)/],
  [
    'a wrong name',
    () => Promise.resolve({ url: 'https://no-such-host.invalid', close: () => Promise.resolve() }),
    /The name in no-such-host\.invalid (is not known|could not be looked up)/,
  ],
  ['a wrong key', () => startReplay('v1.7.3'), /answers, but the orchestrator does not accept this API key/],
  [
    'a self-signed certificate',
    () => startTlsLoopback(selfSignedCertificate, (_, response) => response.end()),
    /The certificate of 127\.0\.0\.1:\d+ is self-signed\. To trust it/,
  ],
  [
    'a server that hangs',
    () => startLoopback(() => {}),
    /The orchestrator did not answer within 10 s: it hangs/,
  ],
  [
    'HTML instead of JSON',
    () =>
      startLoopback((_, response) => {
        response.writeHead(200, { 'content-type': 'text/html' });
        response.end('<!doctype html><title>Router</title>');
      }),
    /HTML|web page/i,
  ],
  [
    'a redirect to another host',
    () =>
      startLoopback((_, response) => {
        response.writeHead(302, { location: 'https://login.example/sso' });
        response.end();
      }),
    /redirect/i,
  ],
  [
    'a server that is no orchestrator',
    () => startLoopback((_, response) => sendJson(response, 404, { detail: 'Not Found' })),
    /A server answers at 127\.0\.0\.1:\d+, but there is no orchestrator/,
  ],
];

for (const [trouble, start, words] of troubles) {
  test(`Test connection tells ${trouble} in its own words, within the limit`, async ({
    page,
    start: startApp,
    serve,
  }) => {
    const url = await serve(start());
    const app = await startApp();
    await page.goto(await app.link());
    await openSettings(page);
    const dialog = await fillNewProfile(page, { name: 'Try', url, key });
    const began = Date.now();
    await dialog.getByRole('button', { name: 'Test connection' }).click();
    const results = dialog.locator('.test-results li');
    await expect(results).toContainText('Orchestrator: failed', { timeout: limit + pageNeeds });
    expect(Date.now() - began).toBeLessThan(limit + pageNeeds);
    await expect(results).toHaveCount(1);
    await expect(results).toContainText(words);
    expect(await dialog.innerText()).not.toContain(key);
    expect(app.output()).not.toContain(key);
  });
}

test('a test that hangs can be cancelled, and saving does not wait for it', async ({
  page,
  start,
  serve,
}) => {
  const url = await serve(startLoopback(() => {}));
  const app = await start();
  await page.goto(await app.link());
  await openSettings(page);
  const dialog = await fillNewProfile(page, { name: 'Slow', url });
  await dialog.getByRole('button', { name: 'Test connection' }).click();
  await expect(dialog.getByText('Asking…')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel test' }).click();
  await expect(dialog.getByText('Asking…')).toBeHidden();
  await dialog.getByRole('button', { name: 'Test connection' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden(); // the test would take 10 s
  await expect(page.getByRole('listitem', { name: 'Slow' })).toBeVisible();
});
