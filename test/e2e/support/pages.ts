import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { routeNames, routes } from '../../../renderer/frame/routes.ts';
import { wallboardRoute } from '../../../shared/model/pages.ts';

/** Every page there is, by its title: a new one is among them as soon as the rail has it. */
export const everyPage: readonly { readonly title: string; readonly hash: string }[] = [
  ...routeNames.map((name) => routes[name]),
  { title: 'Wallboard', hash: wallboardRoute },
];

/** Goes to a page by its address and waits until it shows what it has. */
export async function showPage(page: Page, { title, hash }: (typeof everyPage)[number]): Promise<void> {
  await page.evaluate((to) => void (window.location.hash = to), hash);
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeAttached();
  await expect(page.locator('.skeleton')).toHaveCount(0, { timeout: 15_000 });
  await page.waitForTimeout(1500); // lists and charts that ask once more
}
