import type { MenuItemConstructorOptions, Notification as SystemNotification } from 'electron';
import { askMain, expect, missing, shownUrl, test } from './desktop-test.ts';

// Notifications, tray and power of the running app. Needs a machine with Electron.
test.skip(missing !== null, missing ?? '');

test('a notification says what the test says, and a click opens its page in the restored window', async ({
  app,
  page,
}) => {
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await app.evaluate(({ Notification }) => {
    const shown: SystemNotification[] = [];
    Object.assign(globalThis, { shown });
    const show = Reflect.get(Notification.prototype, 'show');
    Notification.prototype.show = function (this: SystemNotification) {
      shown.push(this);
      show.call(this);
    };
  });
  expect(await askMain(page, 'alerts.test')).toMatchObject({ ok: true });
  const texts = () =>
    app.evaluate(() =>
      (globalThis as unknown as { shown: SystemNotification[] }).shown.map(({ title, body }) => ({
        title,
        body,
      })),
    );
  await expect.poll(texts).toHaveLength(1);
  const [text] = await texts();
  expect(text?.title).toMatch(/test/i);
  expect(text?.body).not.toBe('');
  const minimized = await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    window?.minimize();
    (globalThis as unknown as { shown: SystemNotification[] }).shown[0]?.emit('click', {});
    return window?.isMinimized();
  });
  expect(minimized).toBe(false);
  await expect.poll(() => shownUrl(app)).toBe('app://cachedeck/#/alerts');
  await expect(page.getByRole('heading', { name: 'Alerts', level: 1 })).toBeVisible();
});

test('the tray lets one choose for how long it pauses and mutes', async ({ app, page }) => {
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await app.evaluate(({ Menu }) => {
    const built: MenuItemConstructorOptions[][] = [];
    Object.assign(globalThis, { built });
    const build = Menu.buildFromTemplate.bind(Menu);
    Menu.buildFromTemplate = (template) => {
      built.push(template as MenuItemConstructorOptions[]);
      return build(template);
    };
  });
  const submenus = () =>
    app.evaluate(() => {
      const { built } = globalThis as unknown as { built: MenuItemConstructorOptions[][] };
      const tray = built.findLast((template) => template.some(({ id }) => id === 'open'));
      return (tray ?? []).flatMap(({ id, submenu }) =>
        Array.isArray(submenu) ? [[id, ...submenu.map(({ label }) => label)]] : [],
      );
    });
  await askMain(page, 'polling.pause', { minutes: 15 });
  await expect.poll(submenus).toEqual([['snooze', '15 min', '1 h', 'Until 09:00']]);
  await askMain(page, 'polling.resume');
  await expect.poll(submenus).toEqual([
    ['pause', '15 min', '1 h', 'Until resumed'],
    ['snooze', '15 min', '1 h', 'Until 09:00'],
  ]);
});

test('on battery polls come every third time, for who wants to save it', async ({ app, page }) => {
  const bar = page.locator('.status-bar');
  await expect(bar).toContainText('5 s (');
  await askMain(page, 'settings.change', { saveBattery: true });
  await app.evaluate(({ powerMonitor }) => powerMonitor.emit('on-battery'));
  await expect(bar).toContainText('15 s (');
  await app.evaluate(({ powerMonitor }) => powerMonitor.emit('on-ac'));
  await expect(bar).not.toContainText('15 s (');
});

test('a sleep is told once, however often the system says that it woke', async ({ app, page }) => {
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await app.evaluate(({ powerMonitor }) => {
    powerMonitor.emit('suspend');
    powerMonitor.emit('resume');
    powerMonitor.emit('resume');
  });
  const sleeps = await askMain(page, 'events.list', {
    kinds: ['sleep'],
    severities: null,
    search: '',
    from: null,
    to: null,
    before: null,
    limit: 10,
  });
  expect(sleeps).toMatchObject({ value: { events: [{ title: 'Computer was asleep' }] } });
});
