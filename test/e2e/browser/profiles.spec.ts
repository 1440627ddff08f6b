import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { replayKey, startReplay } from '../../support/replay-orchestrator.ts';
import { expect, test } from '../support/app-test.ts';
import { chip, complaints, region } from '../support/page.ts';
import { addProfile, fillNewProfile, nothingChosen, openSettings } from '../support/settings-page.ts';

/** The exit address on the VPN card: no two backends of these tests share one. */
async function exitIp(page: Page): Promise<string> {
  await expect(chip(page, 'VPN')).toContainText('Live');
  const text = await region(page, 'VPN').innerText();
  const found = /\b\d+\.\d+\.\d+\.\d+\b/.exec(text)?.[0];
  if (found === undefined) throw new Error(`no exit address in: ${text}`);
  return found;
}

/** From now on notes at each frame which profile the top bar names and what the VPN card shows. */
async function watchFrames(page: Page): Promise<() => Promise<{ profile: string; vpn: string }[]>> {
  await page.evaluate(() => {
    const frames: { profile: string; vpn: string }[] = [];
    const note = (): void => {
      const text = (selector: string): string => document.querySelector(selector)?.textContent ?? '';
      const frame = { profile: text('.top-bar .profile-name'), vpn: text('.cards') };
      const last = frames.at(-1);
      if (last?.profile !== frame.profile || last.vpn !== frame.vpn) frames.push(frame);
      requestAnimationFrame(note);
    };
    Object.assign(window, { frames });
    note();
  });
  return () =>
    page.evaluate(() => (window as unknown as { frames: { profile: string; vpn: string }[] }).frames);
}

async function switchTo(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: /^Profile: / }).click();
  await page.getByRole('menuitemradio', { name }).click();
}

test('first run: connect, live, to the demo and back; nothing of the one shows under the other', async ({
  page,
  start,
}) => {
  const said = complaints(page);
  const server = await startReplay('single-vpn');
  const app = await start(nothingChosen);
  await page.goto(await app.link());
  await expect(page.getByRole('heading', { name: 'Welcome to Cachedeck' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Address' }).fill(server.url);
  await page.getByRole('textbox', { name: 'API key' }).fill(replayKey);
  await page.getByRole('textbox', { name: 'Name' }).fill('Lab');
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.locator('.test-results')).toContainText('Orchestrator: works');
  await page.getByRole('button', { name: 'Save and connect' }).click();
  await expect(page.getByRole('button', { name: 'Profile: Lab' })).toBeVisible();
  const labIp = await exitIp(page);

  const frames = await watchFrames(page);
  await switchTo(page, /^Demo/);
  await expect(page.getByRole('button', { name: 'Profile: Demo data' })).toBeVisible();
  const demoIp = await exitIp(page);
  expect(demoIp).not.toBe(labIp);
  await switchTo(page, /^Lab/);
  await expect(page.getByRole('button', { name: 'Profile: Lab' })).toBeVisible();
  expect(await exitIp(page)).toBe(labIp);
  const seen = await frames();
  expect(seen.some(({ profile }) => profile === 'Demo data')).toBe(true);
  expect(seen.filter(({ profile, vpn }) => profile === 'Demo data' && vpn.includes(labIp))).toEqual([]);
  expect(seen.filter(({ profile, vpn }) => profile === 'Lab' && vpn.includes(demoIp))).toEqual([]);

  await openSettings(page);
  await page.getByRole('button', { name: 'Edit Lab' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit Lab' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Lab 2');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Profile: Lab 2' })).toBeVisible();
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await expect(page.getByTestId('overall')).toHaveText(/All 3 sources live/);

  // What was asked of the connection before was cancelled, which the browser notes.
  expect(said.filter((line) => !line.includes('status of 499'))).toEqual([]);
  expect(app.output()).not.toContain(replayKey);
  expect(await page.content()).not.toContain(replayKey);
  await server.close();
});

test('first run: the demo by keyboard alone', async ({ page, start }) => {
  const app = await start(nothingChosen);
  await page.goto(await app.link());
  await expect(page.getByRole('heading', { name: 'Welcome to Cachedeck' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Use the demo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Profile: Demo data' })).toBeVisible();
  await expect(chip(page, 'VPN')).toContainText('Live');
});

test('a name that is taken, reserved or missing is refused in words, and nothing typed is lost', async ({
  page,
  start,
}) => {
  const app = await start();
  await page.goto(await app.link());
  await openSettings(page);
  await addProfile(page, { name: 'Lab', url: 'https://lab.example:8000' });
  const dialog = await fillNewProfile(page, { name: 'lab', url: 'ftp://lab.example', key: 'k-1' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toContainText('must be an http or https address');
  await expect(dialog.getByRole('textbox', { name: 'Address' })).toBeFocused();
  await dialog.getByRole('textbox', { name: 'Address' }).fill('https://lab.example');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toContainText('Another profile has this name.');
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Demo');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toContainText('is reserved');
  await dialog.getByRole('textbox', { name: 'Name' }).fill(' ');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toContainText('Give the profile a name.');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Other lab');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('listitem', { name: 'Other lab' })).toContainText('API key stored');
});

test('Back, Escape and a reload do not lose what was typed without a question', async ({ page, start }) => {
  const app = await start();
  await page.goto(await app.link());
  await openSettings(page);
  const dialog = await fillNewProfile(page, { name: 'Lab', url: 'https://lab.example' });
  await page.goBack();
  const question = page.getByRole('alertdialog', { name: 'Leave without saving?' });
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: 'Keep editing' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('Lab');
  const asked = page.waitForEvent('dialog');
  await page.evaluate(() => void setTimeout(() => window.location.reload(), 0));
  const browserAsks = await asked;
  expect(browserAsks.type()).toBe('beforeunload');
  await browserAsks.dismiss();
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('Lab');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
});

test('profiles go out to a file and come back from it, without their keys', async ({ page, start }, info) => {
  const app = await start();
  await page.goto(await app.link());
  await openSettings(page);
  await addProfile(page, { name: 'Lab', url: 'https://lab.example:8000', key: 'k-that-stays-here' });
  const lab = page.getByRole('listitem', { name: 'Lab', exact: true });
  await expect(lab).toContainText('API key stored');

  const handed = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const path = info.outputPath('profiles.json');
  await (await handed).saveAs(path);
  await expect(page.getByText(/Handed to the browser/)).toBeVisible();
  const text = await readFile(path, 'utf8');
  expect(text).toContain('https://lab.example:8000');
  expect(text).not.toContain('k-that-stays-here');

  await lab.getByRole('button', { name: 'Remove Lab' }).click();
  await page.getByRole('button', { name: 'Remove profile' }).click();
  await expect(lab).toBeHidden();
  await page.locator('input[type=file]').setInputFiles(path);
  await expect(page.getByText(/Added Lab\./)).toBeVisible();
  await expect(lab).toContainText('https://lab.example:8000 (no API key)');

  await page.locator('input[type=file]').setInputFiles(path);
  await expect(page.getByRole('listitem', { name: 'Lab (2)' })).toBeVisible();
  await page.locator('input[type=file]').setInputFiles({
    name: 'other.json',
    mimeType: 'application/json',
    buffer: Buffer.from('<html>'),
  });
  await expect(page.getByText('This is not a file of exported Cachedeck profiles.')).toBeVisible();
});
