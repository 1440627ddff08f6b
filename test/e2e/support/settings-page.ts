import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { goByRail } from './page.ts';

/** What `start` is given so that nothing was ever chosen: the first-run page comes up. */
export const nothingChosen = { CACHEDECK_PROFILE: '' } as const;

/** Runs `work` with a data folder that several starts of the app share. */
export async function withDataFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cachedeck-e2e-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Goes to Settings by the rail. */
export async function openSettings(page: Page): Promise<void> {
  await goByRail(page, 'Settings');
}

export interface Typed {
  readonly name: string;
  readonly url: string;
  readonly key?: string;
}

/** Fills the dialog of a new profile; its orchestrator alone. */
export async function fillNewProfile(page: Page, { name, url, key }: Typed): Promise<Locator> {
  await page.getByRole('button', { name: 'New profile' }).click();
  const dialog = page.getByRole('dialog', { name: 'New profile' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('textbox', { name: 'Address' }).fill(url);
  if (key !== undefined) await dialog.getByRole('textbox', { name: 'API key' }).fill(key);
  return dialog;
}

/** Stores a new profile and waits until the list has it. */
export async function addProfile(page: Page, typed: Typed): Promise<void> {
  const dialog = await fillNewProfile(page, typed);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('listitem', { name: typed.name, exact: true })).toBeVisible();
}

/** The row of a setting by its label. */
export function settingRow(page: Page, label: string): Locator {
  return page.locator('.setting').filter({ has: page.getByText(label, { exact: true }) });
}
