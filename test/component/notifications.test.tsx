import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AlertMessage } from '../../shared/contract/alerts.ts';
import type { Settings } from '../../shared/contract/settings.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { messageOf } from '../support/alert-world.ts';
import { BrowserNotifications, TabLocks, notificationsOf } from '../support/browser-notifications.ts';
import { desktopInfo, healthyClient, settingsOf, worldStart } from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';

let focused = true;
let browser: BrowserNotifications;
let locks: TabLocks;

beforeEach(() => {
  focused = true;
  vi.spyOn(document, 'hasFocus').mockImplementation(() => focused);
  browser = new BrowserNotifications();
  locks = new TabLocks();
});
afterEach(() => {
  closePage();
  vi.restoreAllMocks();
  window.location.hash = '';
});

const forSystem: AlertMessage = messageOf({ id: 7, at: worldStart + 1, way: 'system' });

/** The page in a browser whose user has decided so, and main taking every outcome. */
async function openIn(permission: NotificationPermission, client = healthyClient()) {
  browser.permission = permission;
  vi.stubGlobal('Notification', notificationsOf(browser));
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { locks }));
  client.answer('alerts.delivered', () => ({}));
  const page = await openPage(client);
  const come = async (...messages: AlertMessage[]): Promise<void> => {
    client.push('alerts.messages', messages);
    await page.pass(200);
  };
  return { ...page, client, come };
}

describe('a message for the system', () => {
  it('is shown once, silently unless sound is wanted, and reported', async () => {
    const { client, come } = await openIn('granted');
    await come(forSystem);
    expect(browser.shown.map(({ title, options }) => [title, options])).toEqual([
      [
        'VPN status is stale',
        { body: forSystem.body, tag: forSystem.tag, silent: true, icon: '/notification.png' },
      ],
    ]);
    expect(client.inputsOf('alerts.delivered')).toEqual([]);
    browser.shown[0]?.dispatchEvent(new Event('show'));
    expect(client.inputsOf('alerts.delivered')).toEqual([{ id: 7, outcome: 'shown' }]);
    await come({ ...forSystem, outcome: 'shown' });
    expect(browser.shown).toHaveLength(1);
    await come(forSystem, { ...forSystem, id: 8, tag: 'another', sound: true });
    expect(browser.shown[1]?.options.silent).toBe(false);
  });

  it('leads to its page on a click, and brings the window back', async () => {
    const { come } = await openIn('granted');
    const focus = vi.spyOn(window, 'focus').mockImplementation(() => {});
    await come({ ...forSystem, route: '#/sessions' });
    browser.shown[0]?.dispatchEvent(new Event('click'));
    expect(window.location.hash).toBe('#/sessions');
    expect(focus).toHaveBeenCalledOnce();
    expect(browser.shown[0]?.closed).toBe(true);
  });

  it('closes the older one of its alert first', async () => {
    const { come } = await openIn('granted');
    await come(forSystem);
    await come(forSystem, { ...forSystem, id: 8 }, { ...forSystem, id: 9, tag: 'another' });
    expect(browser.shown.map(({ closed }) => closed)).toEqual([true, false, false]);
  });

  it.each([
    ['the browser refuses', 'error', 'failed'],
    ['the browser shows', 'show', 'shown'],
  ] as const)('reports what %s', async (_, event, outcome) => {
    const { client, come } = await openIn('granted');
    await come(forSystem);
    browser.shown[0]?.dispatchEvent(new Event(event));
    expect(client.inputsOf('alerts.delivered')).toEqual([{ id: 7, outcome }]);
  });

  it('reports a browser that has the name but not the thing', async () => {
    browser.broken = true;
    const { client, come } = await openIn('granted');
    await come(forSystem);
    expect(client.inputsOf('alerts.delivered')).toEqual([{ id: 7, outcome: 'failed' }]);
  });

  it.each(['default', 'denied'] as const)('is not shown where the permission is %s', async (permission) => {
    const { client, come } = await openIn(permission);
    await come(forSystem);
    expect(browser.shown).toEqual([]);
    expect(client.inputsOf('alerts.delivered')).toEqual([{ id: 7, outcome: 'no-permission' }]);
  });

  it('is left to the shell in the desktop app', async () => {
    const { client, come } = await openIn(
      'granted',
      healthyClient().answer('app.info', () => desktopInfo),
    );
    await come(forSystem);
    expect(browser.shown).toEqual([]);
    expect(client.inputsOf('alerts.delivered')).toEqual([]);
  });

  it('is shown by one of several tabs, and by another once that one is closed', async () => {
    const leave = locks.takeFirst('cachedeck-notifications');
    const { client, come } = await openIn('granted');
    await come(forSystem);
    expect(browser.shown).toEqual([]);
    leave();
    await come(forSystem);
    expect(browser.shown).toEqual([]); // that one has shown it
    await come(forSystem, { ...forSystem, id: 8 });
    expect(browser.shown).toHaveLength(1);
    expect(client.inputsOf('alerts.delivered')).toEqual([]);
  });
});

describe('the permission', () => {
  async function openBell(permission: NotificationPermission, values: Partial<Settings> = {}) {
    const client = healthyClient().push('settings.state', settingsOf(values));
    const page = await openIn(permission, client);
    await page.user.click(screen.getByRole('button', { name: 'Notices' }));
    await page.pass(100);
    return { ...page, bell: screen.getByRole('dialog', { name: 'Notices' }) };
  }

  it('is asked for in the bell, only on a click', async () => {
    browser.answer = 'granted';
    const { bell, user, pass } = await openBell('default');
    expect(bell.textContent).toContain('This browser has not been allowed to show notifications yet.');
    expect(browser.asked).toBe(0);
    await user.click(within(bell).getByRole('button', { name: 'Allow notifications' }));
    await pass(100);
    expect(browser.asked).toBe(1);
    expect(within(bell).queryByRole('button', { name: 'Allow notifications' })).toBeNull();
    expect(bell.textContent).not.toContain('has not been asked');
  });

  it('that was denied is explained, with nothing to press', async () => {
    const { bell } = await openBell('denied');
    expect(bell.textContent).toContain('This browser blocks notifications of this address.');
    expect(within(bell).queryByRole('button')).toBeNull();
  });

  it('is no subject where notifications are switched off', async () => {
    const { bell } = await openBell('default', { systemNotifications: false });
    expect(bell.textContent).not.toContain('This browser');
  });
});

describe('presence', () => {
  function said(client: ReturnType<typeof healthyClient>): unknown[] {
    return client.inputsOf('app.presence').map((input) => (input as { attentive: boolean }).attentive);
  }

  it('is told at every change, and again while someone looks', async () => {
    const client = healthyClient().answer('app.presence', () => ({}));
    const { pass } = await openPage(client);
    expect(said(client)).toContain(true);
    const before = said(client).length;
    await pass(15_000);
    expect(said(client)).toHaveLength(before + 3);
    focused = false;
    window.dispatchEvent(new Event('blur'));
    await pass(20_000);
    expect(said(client).slice(before + 3)).toEqual([false]);
    focused = true;
    window.dispatchEvent(new Event('focus'));
    await pass(100);
    window.dispatchEvent(new Event('pagehide'));
    await pass(20_000);
    expect(said(client).slice(before + 4)).toEqual([true, false]);
    const pages = new Set(client.inputsOf('app.presence').map((input) => (input as { page: string }).page));
    expect([...pages].every((page) => /^[0-9a-f]{24}$/.test(page))).toBe(true);
  });

  it('makes no fuss while main is away, and is told anew afterwards', async () => {
    const client = healthyClient().answer('app.presence', () => {
      throw new RpcError('unavailable', 'Cachedeck cannot be reached.');
    });
    const { pass } = await openPage(client);
    client.setLink('lost');
    const before = said(client).length;
    await pass(20_000);
    expect(said(client)).toHaveLength(before);
    client.setLink('open');
    await pass(100);
    expect(said(client).slice(before)).toEqual([true]);
    expect(screen.queryByText(/cannot be reached/)).toBeNull();
  });
});

describe('Settings, Notifications', () => {
  async function openSection(permission: NotificationPermission, client = healthyClient()) {
    client.answer('settings.change', () => ({}));
    const page = await openIn(permission, client);
    await goToHash('#/settings', page.pass);
    return { ...page, section: screen.getByRole('region', { name: 'Notifications' }) };
  }

  async function commit(label: string, text: string): Promise<void> {
    const input = screen.getByRole<HTMLInputElement>('textbox', { name: label });
    fireEvent.change(input, { target: { value: text } });
    fireEvent.blur(input);
  }

  it('changes what main keeps', async () => {
    const { client, section, user, pass } = await openSection('granted');
    await user.click(within(section).getByRole('switch', { name: 'Sound' }));
    await user.click(within(section).getByRole('switch', { name: 'System notifications' }));
    await pass(50);
    expect(client.inputsOf('settings.change')).toEqual([
      { notificationSound: true },
      { systemNotifications: false },
    ]);
    expect(within(section).getByRole('link', { name: 'Rules of alerts' }).getAttribute('href')).toBe(
      '#/alerts/rules',
    );
  });

  it('takes times of day in plain forms, the second change on top of the first', async () => {
    const { client, section, pass } = await openSection('granted');
    await commit('From', '2130');
    await commit('To', '6:05');
    await pass(50);
    const { on } = settingsOf().values.quietHours;
    expect(client.inputsOf('settings.change')).toEqual([
      { quietHours: { on, from: '21:30', to: '07:00' } },
      { quietHours: { on, from: '21:30', to: '06:05' } },
    ]);
    expect(section.textContent).toContain('Times in UTC, as on every page.');
  });

  it.each(['25:00', '7', 'noon', '12:60'])('does not take %s for a time', async (text) => {
    const { client, pass } = await openSection('granted');
    await commit('From', text);
    await pass(50);
    expect(client.inputsOf('settings.change')).toEqual([]);
    expect(screen.getByRole('alert').textContent).toContain('Not a time such as 22:00');
    await commit('From', '23:00');
    await pass(50);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(client.inputsOf('settings.change')).toHaveLength(1);
  });

  it('names the zone honestly, and hours that never begin', async () => {
    const quietHours = { on: true, from: '22:00', to: '22:00' };
    const client = healthyClient().push('settings.state', settingsOf({ quietHours, timeZone: 'system' }));
    const { section } = await openSection('granted', client);
    expect(section.textContent).toContain('Times of the computer that runs Cachedeck.');
    expect(section.textContent).toContain('From and to are the same: they never begin.');
  });

  it('offers in the browser what belongs there', async () => {
    browser.answer = 'denied';
    const { section, user, pass } = await openSection('default');
    const saving = within(section).getByRole('switch', { name: 'Save battery' });
    expect(saving.getAttribute('aria-disabled') ?? saving.getAttribute('data-disabled')).not.toBeNull();
    expect(section.textContent).toContain('Only in the desktop app');
    await user.click(within(section).getByRole('button', { name: 'Allow notifications' }));
    await pass(100);
    expect(section.textContent).toContain('Blocked');
    expect(section.textContent).toContain('This browser blocks notifications of this address.');
  });

  it('leaves the browser’s permission out in the desktop app', async () => {
    const { section } = await openSection(
      'default',
      healthyClient().answer('app.info', () => desktopInfo),
    );
    expect(section.textContent).not.toContain('Permission of this browser');
    expect(section.textContent).not.toContain('Only in the desktop app');
  });

  it('says so where the system offers none', async () => {
    const capabilities = { ...desktopInfo.capabilities, notifications: false };
    const client = healthyClient().answer('app.info', () => ({ ...desktopInfo, capabilities }));
    const { section } = await openSection('default', client);
    expect(section.textContent).toContain('This system offers no notifications');
  });
});

describe('a test notification', () => {
  const sent = messageOf({
    id: 9,
    at: worldStart + 5000,
    kind: 'test',
    severity: 'info',
    title: 'Test notification',
    keys: [],
    tag: 'test',
    way: 'system',
  });
  const earlier = { ...sent, id: 8, at: worldStart - 5000, outcome: 'shown' } as const;

  async function openTest(permission: NotificationPermission) {
    const client = healthyClient()
      .answer('alerts.test', () => ({}))
      .push('alerts.messages', [earlier]);
    const page = await openIn(permission, client);
    await goToHash('#/settings', page.pass);
    await page.user.click(screen.getByRole('button', { name: 'Send test notification' }));
    await page.pass(100);
    const row = screen.getByRole('button', { name: 'Send test notification' }).closest('.setting');
    return { ...page, row: row as HTMLElement };
  }

  it('was shown once whoever showed it says so', async () => {
    const { row, come } = await openTest('granted');
    expect(row.textContent).toContain('Sending…');
    await come(earlier, sent);
    expect(browser.shown).toHaveLength(1);
    expect(row.textContent).toContain('Sending…');
    await come(earlier, { ...sent, outcome: 'shown' });
    expect(row.textContent).toContain('Shown: the system took it. If you saw nothing');
  });

  it.each([
    ['failed', 'Not shown: the system did not take it.'],
    ['no-permission', 'Not shown: this browser is not allowed to show notifications.'],
  ] as const)('says why it was not shown: %s', async (outcome, words) => {
    const { row, come } = await openTest('default');
    await come(earlier, { ...sent, outcome });
    expect(row.textContent).toContain(words);
  });

  it('says so where nobody tells', async () => {
    const { row, come, pass } = await openTest('granted');
    await come(earlier, sent);
    await pass(9000);
    expect(row.textContent).toContain('Sent, but nobody has said whether it was shown.');
    await come(earlier, { ...sent, outcome: 'shown' });
    expect(row.textContent).toContain('Shown: the system took it.');
  });

  it('says why it was told another way, or not at all', async () => {
    const { client, row, come, user, pass } = await openTest('granted');
    await come(earlier, { ...sent, way: 'none', why: 'Quiet hours are on.' });
    expect(row.textContent).toContain('Not shown: Quiet hours are on.');
    client.answer('alerts.test', () => {
      throw new RpcError('unavailable', 'The alert service is not there.');
    });
    await user.click(within(row).getByRole('button', { name: 'Send test notification' }));
    await pass(100);
    expect(row.textContent).toContain('Not sent: The alert service is not there.');
  });
});
