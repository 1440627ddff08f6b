import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { routeNames, routes } from '../../renderer/frame/routes.ts';
import { cacheEntryOf, entryPageOf } from '../support/explorer-world.ts';
import { settle } from '../support/export-page.ts';
import { healthyClient } from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';
import type { Page } from '../support/render-page.tsx';

afterEach(() => {
  closePage();
  window.location.hash = '';
});

describe('the help sheet', () => {
  it('lists every key by what it is for', async () => {
    const { user, pass } = await openPage(healthyClient());
    await user.keyboard('?');
    await pass(100);
    const sheet = within(screen.getByRole('dialog', { name: 'Keyboard shortcuts' }));
    const keysOf = (name: string): string[] =>
      within(sheet.getByRole('region', { name }))
        .getAllByRole('term')
        .map(({ textContent }) => textContent);
    expect(keysOf('Pages')).toEqual(routeNames.map((name) => routes[name].key));
    expect(keysOf('What can be done')).toEqual(['R', 'Shift R', 'P', 'C', 'E']);
    expect(keysOf('Finding')).toEqual(['Ctrl or Cmd K', '/', '?', 'Esc']);
    expect(keysOf('In tables')).toEqual(['J, K', 'Home, End', 'Space', 'Enter', 'Del']);
  });
});

describe('keys', () => {
  it('lead to each page', async () => {
    const { user, pass } = await openPage(healthyClient());
    for (const name of routeNames.filter((name) => name !== 'overview')) {
      const { key, hash } = routes[name];
      await user.keyboard(key.length === 1 ? key : '{Meta>},{/Meta}');
      expect(window.location.hash).toBe(hash);
      await settle(pass);
    }
  });

  it('open the menu of the table with the focus, or of the first of the page', async () => {
    const { user, pass } = await openPage(healthyClient());
    await goToHash('#/engines', pass);
    await settle(pass);
    await user.keyboard('e');
    await pass(300);
    const menu = screen.getByRole('menu');
    expect(menu.getAttribute('aria-labelledby')).toBe(
      screen.getByRole('button', { name: 'Export Engines', hidden: true }).id,
    );
    await user.keyboard('{Escape}');
    await pass(300);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Export Engines');
  });

  it('take the table that the focus is in', async () => {
    const { user, pass } = await openPage(healthyClient());
    await goToHash('#/portal', pass);
    screen.getByRole('region', { name: 'Zones, table' }).focus();
    await user.keyboard('e');
    await pass(300);
    expect(screen.getByRole('menu', { name: 'Export Zones' })).toBeTruthy();
  });

  it('go from row to row, into the first table where none has the focus', async () => {
    const keys = ['a', 'b', 'c'];
    const client = healthyClient().answer('cache.entries', () =>
      entryPageOf(
        keys.map((key) => cacheEntryOf({ key })),
        Date.now(),
      ),
    );
    const { user, pass } = await openPage(client);
    await goToHash('#/cache', pass);
    const at = (): string | undefined => document.activeElement?.querySelector('th')?.textContent;
    await user.keyboard('j');
    expect(at()).toBe('a');
    await user.keyboard('j');
    expect(at()).toBe('b');
    await user.keyboard('jjj');
    expect(at()).toBe('c');
    await user.keyboard('k');
    expect(at()).toBe('b');
  });

  it('go from button to button where rows themselves take no focus', async () => {
    const { user, pass } = await openPage(healthyClient());
    await goToHash('#/sessions', pass);
    await user.keyboard('j');
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Select|^Inspect|earlier run/);
  });

  it('search where a page can be searched', async () => {
    const { user, pass } = await openPage(healthyClient());
    await goToHash('#/events', pass);
    await user.keyboard('/');
    expect(document.activeElement?.getAttribute('type')).toBe('search');
  });
});

/** Presses every key that would act, and tells what was done. */
async function pressAll({ user }: Pick<Page, 'user'>): Promise<void> {
  await user.keyboard('1368rRpcejk?');
}

describe('no key acts', () => {
  it('while something is typed', async () => {
    const client = healthyClient();
    const { user, pass } = await openPage(client);
    await goToHash('#/events', pass);
    await user.keyboard('/');
    await pressAll({ user });
    await pass(300);
    expect(window.location.hash).toBe('#/events');
    expect(client.inputsOf('refresh.force')).toEqual([]);
    expect(client.inputsOf('polling.pause')).toEqual([]);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe('1368rRpcejk?');
  });

  it('beside a dialog, wherever the focus is', async () => {
    const client = healthyClient().answer('cache.clearPreview', () => ({
      entries: 6,
      bytes: 18_739,
      extraCalls: 3,
      nextMinuteCalls: 40,
    }));
    const { user, pass } = await openPage(client);
    await user.keyboard('c');
    await pass(300);
    expect(screen.getByRole('alertdialog')).toBeTruthy();
    await pressAll({ user });
    for (const key of ['p', 'r', '3', '?']) fireEvent.keyDown(document.body, { key });
    fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
    await pass(300);
    expect(window.location.hash).toBe('');
    expect(client.inputsOf('refresh.force')).toEqual([]);
    expect(client.inputsOf('polling.pause')).toEqual([]);
    expect(screen.queryByRole('dialog', { name: 'Keyboard shortcuts' })).toBeNull();
    expect(screen.queryByRole('dialog', { name: 'Commands' })).toBeNull();
  });

  it('with Alt, which is the window manager’s', async () => {
    const client = healthyClient();
    const { user } = await openPage(client);
    await user.keyboard('{Alt>}p3{/Alt}');
    expect(window.location.hash).toBe('');
    expect(client.inputsOf('polling.pause')).toEqual([]);
  });
});
