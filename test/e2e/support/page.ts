import type { Locator, Page } from '@playwright/test';

/** A card or panel by its heading. */
export function region(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

/** The chip of a card: "Live", "Stale" … */
export function chip(page: Page, card: string): Locator {
  return region(page, card).locator('.chip').first();
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
