import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RpcError } from '../../shared/rpc/wire.ts';
import { settle } from '../support/export-page.ts';
import { desktopInfo, healthyClient, profileOf, profilesOf } from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';
import type { Page } from '../support/render-page.tsx';
import type { ScriptedClient } from '../support/scripted-client.ts';

let page: Page;
afterEach(async () => {
  if (screen.queryByRole('dialog', { name: 'Commands' })) await page.user.keyboard('{Escape}');
  await page.pass(500);
  closePage();
  window.location.hash = '';
});

async function openPalette(client: ScriptedClient = healthyClient(), hash = '#/'): Promise<HTMLElement> {
  page = await openPage(client);
  if (hash !== '#/') await goToHash(hash, page.pass);
  await page.pass(1000);
  await page.user.keyboard('{Control>}k{/Control}');
  // The first time, its chunk comes between.
  for (let times = 0; times < 5; times += 1) await settle(page.pass);
  return screen.getByRole('combobox', { name: 'Find a page, an action or a name' });
}

const options = (): string[] => screen.queryAllByRole('option').map(({ textContent }) => textContent);

async function type(text: string): Promise<void> {
  await page.user.keyboard(text);
  await page.pass(100);
}

/** Presses Enter on what is highlighted. */
async function enter(): Promise<void> {
  await page.user.keyboard('{Enter}');
  await settle(page.pass);
}

describe('the palette', () => {
  it('opens by Ctrl K or the rail, lists pages and actions with their keys, and closes by Esc', async () => {
    const input = await openPalette();
    expect(document.activeElement).toBe(input);
    const pages = within(screen.getByRole('group', { name: 'Go to' }));
    expect(pages.getByRole('option', { name: 'Overview' }).getAttribute('aria-keyshortcuts')).toBe('1');
    expect(pages.getByRole('option', { name: 'Settings' }).getAttribute('aria-keyshortcuts')).toBe(
      'Control+, Meta+,',
    );
    expect(pages.getByRole('option', { name: 'Cache: History' })).toBeTruthy();
    expect(pages.getByRole('option', { name: 'Alerts: Silences' })).toBeTruthy();
    const refresh = screen.getByRole('option', { name: 'Force refresh everything' });
    expect(refresh.getAttribute('aria-keyshortcuts')).toBe('Shift+R');
    expect(within(refresh).getByText('Shift R')).toBeTruthy();
    await page.user.keyboard('{Escape}');
    await page.pass(500);
    expect(screen.queryByRole('dialog', { name: 'Commands' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Find…' }));
    await settle(page.pass);
    expect(screen.getByRole('dialog', { name: 'Commands' })).toBeTruthy();
    await page.user.keyboard('{Control>}k{/Control}');
    await page.pass(500);
    expect(screen.queryByRole('dialog', { name: 'Commands' })).toBeNull();
  });

  it('goes to a tab by a few letters, and has it first the next time', async () => {
    await openPalette();
    await type('hist');
    expect(options()[0]).toBe('Cache: History');
    await enter();
    expect(window.location.hash).toBe('#/cache/history');
    await page.user.keyboard('{Control>}k{/Control}');
    await settle(page.pass);
    expect(within(screen.getByRole('group', { name: 'Recently used' })).getAllByRole('option')).toHaveLength(
      1,
    );
    expect(options()[0]).toBe('Cache: History');
  });

  it('does at once what can be undone or repeated', async () => {
    const client = healthyClient()
      .answer('polling.pause', () => ({}))
      .answer('settings.change', () => ({}))
      .answer('polling.setRefreshAhead', () => ({}));
    await openPalette(client);
    await type('pause 15');
    await enter();
    expect(client.inputsOf('polling.pause')).toEqual([{ minutes: 15 }]);
    for (const [letters, name, input] of [
      ['theme dark', 'settings.change', { theme: 'dark' }],
      ['refresh ahead', 'polling.setRefreshAhead', { on: false }],
    ] as const) {
      await page.user.keyboard('{Control>}k{/Control}');
      await settle(page.pass);
      await type(letters);
      await enter();
      expect(client.inputsOf(name)).toEqual([input]);
    }
  });

  it('asks first where something is lost', async () => {
    const client = healthyClient().answer('cache.clearPreview', () => ({
      entries: 6,
      bytes: 18_739,
      extraCalls: 3,
      nextMinuteCalls: 40,
    }));
    await openPalette(client);
    await type('clear');
    await enter();
    expect(screen.getByRole('alertdialog').textContent).toContain('Clear 6 entries');
    expect(client.inputsOf('cache.clear')).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Keep' }));
    await page.pass(500);
    await page.user.keyboard('{Control>}k{/Control}');
    await settle(page.pass);
    await type('invalidate');
    await enter();
    expect(screen.getByRole('dialog', { name: 'Invalidate by pattern' })).toBeTruthy();
    expect(client.inputsOf('cache.invalidate')).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Keep all' }));
    await page.pass(500);
  });

  it('finds engines, keys and users among what pages hold, without a call', async () => {
    const client = healthyClient();
    await openPalette(client);
    const before = client.asked.length;
    await type('engine-1');
    expect(options()[0]).toContain('engine-1');
    await page.user.keyboard('{Control>}a{/Control}');
    await type('stats:');
    expect(screen.getByRole('group', { name: 'Cache keys' }).textContent).toContain('stats:total');
    await page.user.keyboard('{Control>}a{/Control}');
    await type('•••');
    expect(screen.getByRole('group', { name: 'Users' }).textContent).toContain('•••');
    expect(client.asked).toHaveLength(before);
    await page.user.keyboard('{Control>}a{/Control}');
    await type('stats:total');
    await enter();
    expect(window.location.hash).toBe('#/cache');
    await settle(page.pass);
    await settle(page.pass);
    expect(screen.getByRole<HTMLInputElement>('searchbox', { name: 'Filter keys' }).value).toBe(
      'stats:total',
    );
    expect(localStorage.getItem('cachedeck.palette') ?? '').not.toContain('stats:total');
  });

  it('switches profile, and marks one of production', async () => {
    const client = healthyClient()
      .push(
        'profiles.state',
        profilesOf({
          profiles: [
            profileOf({ id: 'demo', name: 'Demo' }),
            profileOf({ id: 'x', name: 'Home', production: true }),
          ],
        }),
      )
      .answer('profiles.activate', () => ({}));
    await openPalette(client);
    await type('home');
    expect(options()).toEqual(['Switch to profile HomeProduction']);
    await enter();
    expect(client.inputsOf('profiles.activate')).toEqual([{ id: 'x' }]);
  });

  it('leads to the Export menu of what the page shows', async () => {
    await openPalette(healthyClient(), '#/engines');
    await type('export engine');
    await enter();
    expect(screen.getByRole('menu', { name: /Export Engines/ })).toBeTruthy();
    expect(screen.getByRole('menuitem', { name: /^CSV/ })).toBeTruthy();
  });

  it('opens the wallboard and this page beside it: in a window where the app has them, else in a tab', async () => {
    const opened = vi.spyOn(window, 'open').mockReturnValue(null);
    await openPalette(healthyClient(), '#/cache');
    await type('new tab');
    await enter();
    expect(opened.mock.calls).toEqual([['#/cache', '_blank', 'noopener']]);
    opened.mockRestore();
    closePage();

    const client = healthyClient()
      .answer('app.info', () => desktopInfo)
      .answer('windows.open', () => ({}));
    await openPalette(client, '#/cache');
    expect(screen.queryByRole('option', { name: 'Full screen' })).toBeNull(); // its own menu has it
    for (const letters of ['new window', 'wallboard']) {
      await type(letters);
      await enter();
      await page.user.keyboard('{Control>}k{/Control}');
      await settle(page.pass);
    }
    expect(client.inputsOf('windows.open')).toEqual([{ route: '#/cache' }, { route: '#/wallboard' }]);
  });

  it('has the full screen where the browser can, and the way back', async () => {
    const asked = vi.fn<() => Promise<void>>(() => Promise.reject(new Error('Not allowed here.')));
    const left = vi.fn<() => Promise<void>>(() => Promise.resolve());
    Object.assign(document, { fullscreenEnabled: true, exitFullscreen: left });
    Object.assign(document.documentElement, { requestFullscreen: asked });
    await openPalette();
    await type('full screen');
    await enter();
    expect(asked).toHaveBeenCalledOnce();
    expect(screen.getByText('Not allowed here.')).toBeTruthy();
    Object.assign(document, { fullscreenElement: document.documentElement });
    await page.user.keyboard('{Control>}k{/Control}');
    await settle(page.pass);
    await type('leave full');
    await enter();
    expect(left).toHaveBeenCalledOnce();
    Object.assign(document, { fullscreenEnabled: false, fullscreenElement: null });
  });

  it('that breaks closes with a word, leaves the page as it is, and opens again', async () => {
    const silenced = vi.spyOn(console, 'error').mockImplementation(() => {}); // React repeats what is caught
    page = await openPage(healthyClient());
    const broken = vi.spyOn(Storage.prototype, 'getItem').mockReturnValue({} as string); // what it used last
    await page.user.keyboard('{Control>}k{/Control}');
    for (let times = 0; times < 5; times += 1) await settle(page.pass);
    broken.mockRestore();
    expect(screen.queryByRole('dialog', { name: 'Commands' })).toBeNull();
    expect(screen.getByText('The palette could not be drawn')).toBeTruthy();
    expect(screen.getByRole('heading', { level: 1, name: 'Overview' })).toBeTruthy();
    silenced.mockRestore();
    await page.user.keyboard('{Control>}k{/Control}');
    await settle(page.pass);
    expect(screen.getByRole('dialog', { name: 'Commands' })).toBeTruthy();
  });

  it('says when nothing fits, and when something did not work', async () => {
    const client = healthyClient().answer('alerts.test', () => {
      throw new RpcError('unavailable', 'No notifications here.');
    });
    await openPalette(client);
    await type('qqqq');
    expect(screen.getByText('Nothing fits “qqqq”.')).toBeTruthy();
    await page.user.keyboard('{Control>}a{/Control}');
    await type('test notification');
    await enter();
    expect(screen.getByText('No notifications here.')).toBeTruthy();
  });
});
