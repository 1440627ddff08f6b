import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** A card or panel by its heading. */
export function region(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

/** The chip of a card: "Live", "Stale" … */
export function chip(page: Page, card: string): Locator {
  return region(page, card).locator('.chip').first();
}

/** A page by the rail: other links to it come and go. */
export async function goByRail(page: Page, title: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: title }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeFocused();
}

/** What the page complained about: a clean page has nothing here. */
export function complaints(page: Page): string[] {
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(error.message));
  return said;
}
