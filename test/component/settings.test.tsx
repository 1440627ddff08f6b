import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RpcError } from '../../shared/rpc/wire.ts';
import type { AppInfo } from '../../shared/contract/app.ts';
import { desktopInfo, healthyClient, settingsOf } from '../support/page-world.ts';
import { closePage, openPage } from '../support/render-page.tsx';

beforeEach(() => {
  window.location.hash = '#/settings';
});
afterEach(() => {
  closePage();
  window.location.hash = '';
});

const desktop: AppInfo = { ...desktopInfo, dataFolder: '/home/operator/.config/cachedeck' };

async function openSettings(client = healthyClient()) {
  const page = await openPage(client);
  await vi.dynamicImportSettled(); // the page is a chunk of its own
  await page.pass(300);
  return { ...page, client };
}

function row(label: string): HTMLElement {
  const rows = document.querySelectorAll<HTMLElement>('.setting');
  const found = [...rows].find((one) => one.querySelector('.field-label')?.textContent === label);
  if (!found) throw new Error(`no row ${label}`);
  return found;
}

describe('a setting', () => {
  it('shows what main says, not what was clicked, and that it was kept', async () => {
    const { client, user, pass } = await openSettings();
    client.answer('settings.change', () => ({}));
    const refreshAhead = screen.getByRole('switch', { name: 'Refresh ahead' });
    expect(refreshAhead.getAttribute('aria-checked')).toBe('true');
    await user.click(refreshAhead);
    await pass(50);
    expect(client.inputsOf('settings.change')).toEqual([{ refreshAhead: false }]);
    expect(refreshAhead.getAttribute('aria-checked')).toBe('true');
    expect(row('Refresh ahead').textContent).toContain('Saved');
    client.push('settings.state', settingsOf({ refreshAhead: false }));
    await pass(150);
    expect(refreshAhead.getAttribute('aria-checked')).toBe('false');
    await pass(4000);
    expect(row('Refresh ahead').textContent).not.toContain('Saved');
  });

  it('says why it could not be kept until the next try', async () => {
    const { client, user, pass } = await openSettings();
    client.answer('settings.change', () => {
      throw new RpcError('unavailable', 'The disk is full.');
    });
    await user.click(screen.getByRole('switch', { name: 'Refresh ahead' }));
    await pass(60_000);
    expect(row('Refresh ahead').textContent).toContain('The disk is full.');
    client.answer('settings.change', () => ({}));
    await user.click(screen.getByRole('switch', { name: 'Refresh ahead' }));
    await pass(50);
    expect(row('Refresh ahead').textContent).not.toContain('The disk is full.');
  });

  it('is chosen from a list by keyboard', async () => {
    const { client, user, pass } = await openSettings();
    client.answer('settings.change', () => ({}));
    screen.getByRole('combobox', { name: 'Theme' }).focus();
    await user.keyboard('{Enter}');
    await pass(100);
    await user.click(screen.getByRole('option', { name: 'Dark' }));
    await pass(50);
    expect(client.inputsOf('settings.change')).toEqual([{ theme: 'dark' }]);
    expect(screen.getByRole('combobox', { name: 'Theme' }).textContent).toContain('As the system');
  });

  it('finds a time zone by a part of its name', async () => {
    const { client, user, pass } = await openSettings();
    client.answer('settings.change', () => ({}));
    const input = screen.getByRole('combobox', { name: 'Time zone' });
    expect((input as HTMLInputElement).value).toBe('UTC');
    await user.click(input);
    await user.clear(input);
    await user.type(input, 'berl');
    client.push('settings.state', settingsOf({ density: 'compact' })); // from another window
    await pass(5000);
    expect((input as HTMLInputElement).value).toBe('berl');
    await user.click(screen.getByRole('option', { name: 'Europe/Berlin' }));
    await pass(50);
    expect(client.inputsOf('settings.change')).toEqual([{ timeZone: 'Europe/Berlin' }]);
  });

  it('is a number that is kept when the field is left, within its limits', async () => {
    const { client, user, pass } = await openSettings();
    client.answer('settings.change', () => ({}));
    const days = screen.getByRole('textbox', { name: 'Keep history' });
    await user.clear(days);
    await user.type(days, '700');
    expect(client.inputsOf('settings.change')).toEqual([]);
    await user.tab();
    await pass(50);
    expect(client.inputsOf('settings.change')).toEqual([{ historyDays: 90 }]);
    await user.clear(days);
    await user.type(days, '7{Enter}');
    await pass(50);
    expect(client.inputsOf('settings.change')).toEqual([{ historyDays: 90 }, { historyDays: 7 }]);
    expect((days as HTMLInputElement).value).toBe('7'); // not 30 again until main's answer is drawn
    client.push('settings.state', settingsOf({ historyDays: 7 }));
    await pass(5000);
    expect((days as HTMLInputElement).value).toBe('7');
    client.answer('settings.change', () => {
      throw new RpcError('unavailable', 'The disk is full.');
    });
    await user.clear(days);
    await user.type(days, '8{Enter}');
    await pass(50);
    expect((days as HTMLInputElement).value).toBe('7');
  });

  it('that the environment decides is shown, named and cannot be changed', async () => {
    const client = healthyClient().push(
      'settings.state',
      settingsOf({ logLevel: 'debug' }, { overridden: [{ name: 'logLevel', variable: 'CACHEDECK_LOG' }] }),
    );
    await openSettings(client);
    const level = screen.getByRole('combobox', { name: 'Log level' });
    expect(level.textContent).toContain('Debug');
    expect(level.hasAttribute('data-disabled')).toBe(true);
    expect(row('Log level').textContent).toContain('Set by CACHEDECK_LOG');
  });

  it('warns of what the times cannot do', async () => {
    const warning = 'TTL 5 s of Health checks is not above the poll of 5 s.';
    await openSettings(healthyClient().push('settings.state', settingsOf({}, { warnings: [warning] })));
    expect(screen.getByRole('list', { name: 'What these settings cannot do' }).textContent).toContain(
      warning,
    );
  });
});

describe('what the host can do', () => {
  it('says in the browser host what only the desktop app does', async () => {
    await openSettings();
    expect(row('Start at login').textContent).toContain('Only in the desktop app');
    expect(row('Closing the window').textContent).toContain('Only in the desktop app');
    expect(screen.queryByRole('button', { name: 'Open logs' })).toBeNull();
    expect(screen.getByText('None: nothing is kept after the end')).toBeTruthy();
  });

  it('offers it in the desktop app, with the data folder', async () => {
    const client = healthyClient()
      .answer('app.info', () => desktop)
      .answer('settings.change', () => ({}))
      .answer('logs.open', () => {
        throw new RpcError('conflict', 'There is no log folder yet.');
      });
    const { user, pass } = await openSettings(client);
    expect(screen.getByText('/home/operator/.config/cachedeck')).toBeTruthy();
    await user.click(screen.getByRole('switch', { name: 'Start at login' }));
    await user.click(screen.getByRole('button', { name: 'Open logs' }));
    await pass(50);
    expect(client.inputsOf('settings.change')).toEqual([{ startAtLogin: true }]);
    expect(row('Log file').textContent).toContain('There is no log folder yet.');
  });
});

describe('logs and diagnostics', () => {
  it('shows the last lines, and the path', async () => {
    const client = healthyClient().answer('logs.tail', () => ({
      lines: ['13:03:07 info Cachedeck started', '13:03:08 warn VPN status stale'],
      path: '/var/log/cachedeck.log',
    }));
    const { user, pass } = await openSettings(client);
    await user.click(screen.getByRole('button', { name: 'Show last lines' }));
    await pass(150);
    const lines = screen.getByRole('textbox', { name: 'Last 2 lines of the log' });
    expect((lines as HTMLTextAreaElement).value).toContain('Cachedeck started\n13:03:08');
    expect(screen.getByText('/var/log/cachedeck.log')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Hide last lines' }));
    expect(screen.queryByRole('textbox', { name: 'Last 2 lines of the log' })).toBeNull();
  });

  it('says what is in the bundle before, and hands it to the browser as a file', async () => {
    const client = healthyClient().answer('diagnostics.bundle', () => ({
      name: 'cachedeck-diagnostics.json',
      text: '{}',
      savedTo: null,
    }));
    const { user, pass } = await openSettings(client);
    expect(row('Diagnostic bundle').textContent).toContain('addresses of their backends');
    const made: Blob[] = [];
    Object.assign(URL, {
      createObjectURL: (blob: Blob) => `blob:${made.push(blob)}`,
      revokeObjectURL: () => {},
    });
    const downloads: string[] = [];
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      downloads.push(`${this.download} ${this.href}`);
    });
    await user.click(screen.getByRole('button', { name: 'Save diagnostic bundle' }));
    await pass(50);
    click.mockRestore();
    expect(downloads).toEqual(['cachedeck-diagnostics.json blob:1']);
    expect(await made[0]?.text()).toBe('{}');
    expect(row('Diagnostic bundle').textContent).toContain('cachedeck-diagnostics.json');
  });

  it.each([
    ['/home/operator/bundle.json', 'Saved to /home/operator/bundle.json.'],
    [null, 'Nothing was saved.'],
  ])('says where main put it: %s', async (savedTo, words) => {
    const client = healthyClient().answer('diagnostics.bundle', () => ({
      name: 'b.json',
      text: null,
      savedTo,
    }));
    const { user, pass } = await openSettings(client);
    await user.click(screen.getByRole('button', { name: 'Save diagnostic bundle' }));
    await pass(50);
    expect(within(row('Diagnostic bundle')).getByText(new RegExp(words)).textContent).toContain(words);
  });
});

it('leads to a section and puts the focus on its heading', async () => {
  await openSettings();
  const scrolled = vi.fn<() => void>();
  Element.prototype.scrollIntoView = scrolled;
  fireEvent.click(screen.getByRole('button', { name: 'History and logs' }));
  expect(document.activeElement?.textContent).toBe('History and logs');
  expect(scrolled).toHaveBeenCalledOnce();
});
