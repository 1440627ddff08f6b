import { startApp } from '../support/app.ts';
import { expect, test } from '../support/browser-test.ts';

test('a key signs a browser in without a script, with its role, until it is removed', async ({ browser }) => {
  const app = await startApp({ CACHEDECK_API_KEY: 'an-admins-own-key' });
  try {
    const link = await app.link();
    const address = new URL('/', link).href;
    const admin = await browser.newPage();
    await admin.goto(link);
    await admin.goto(`${address}#/settings`);
    await admin.getByRole('button', { name: 'New key' }).click();
    await admin.getByRole('textbox', { name: 'Name', exact: true }).fill('Wall');
    await admin.getByRole('button', { name: 'Make the key' }).click();
    const key = await admin.getByRole('textbox', { name: 'The key' }).inputValue();
    await admin.getByRole('button', { name: 'Done' }).click();

    const context = await browser.newContext({ javaScriptEnabled: false });
    const form = await context.newPage();
    await form.goto(address);
    await form.getByLabel('API key').fill('a-wrong-key');
    await form.getByRole('button', { name: 'Sign in' }).click();
    await expect(form.getByText('This key is not one of ours.')).toBeVisible();
    await context.close();

    const viewer = await browser.newPage();
    await viewer.goto(address);
    await viewer.getByLabel('API key').fill(key);
    await viewer.getByRole('button', { name: 'Sign in' }).click();
    await expect(viewer.getByRole('heading', { name: 'Overview' })).toBeVisible();
    await expect(viewer.getByRole('button', { name: 'Clear cache' })).toBeDisabled();
    await expect(admin.getByRole('button', { name: 'Clear cache' })).toBeEnabled();
    await viewer.keyboard.press('c');
    await expect(viewer.getByText('Needs the role admin.')).toBeVisible();

    await admin.getByRole('button', { name: 'Remove Wall' }).click();
    await admin.getByRole('button', { name: 'Remove key' }).click();
    await expect(viewer.getByText('This browser is not signed in.')).toBeVisible();
    await expect(admin.getByRole('cell', { name: 'admin' })).toBeVisible();
    expect(app.output()).not.toContain(key);
  } finally {
    await app.stop();
  }
});
