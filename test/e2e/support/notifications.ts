import type { BrowserContext, Page } from '@playwright/test';

/** What a page has handed to the browser to show. */
export interface Handed {
  readonly title: string;
  readonly body: string;
}

declare global {
  interface Window {
    handed: Handed[];
  }
}

/** Lets pages of this context show notifications, and lets the test read what they hand to the browser. */
export async function permitNotifications(context: BrowserContext): Promise<void> {
  await context.grantPermissions(['notifications']);
  await context.addInitScript(() => {
    window.handed = [];
    window.Notification = new Proxy(window.Notification, {
      construct(target, [title, options]: [string, NotificationOptions]) {
        window.handed.push({ title, body: options.body ?? '' });
        return new target(title, options);
      },
    });
  });
}

export async function handedBy(page: Page): Promise<readonly Handed[]> {
  return page.evaluate(() => window.handed);
}

/**
 * Brings another page to the front, so that nobody looks at these. Playwright pretends that every page has the focus:
 * that is switched off first.
 */
export async function lookAway(context: BrowserContext, pages: readonly Page[]): Promise<void> {
  const elsewhere = await context.newPage();
  for (const page of [...pages, elsewhere]) {
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setFocusEmulationEnabled', { enabled: false });
    await page.bringToFront(); // only what had the focus loses it
  }
}
