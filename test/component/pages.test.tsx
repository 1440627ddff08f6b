import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Problem } from '../../shared/contract/settings.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import {
  demoProfile,
  healthyClient,
  profileOf,
  profilesOf,
  settingsOf,
  worldStart,
} from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';

beforeEach(() => {
  window.location.hash = '';
});
afterEach(() => {
  closePage();
  window.location.hash = '';
});

function heading(): string | null {
  return screen.getByRole('heading', { level: 1 }).textContent;
}

describe('the way from page to page', () => {
  it('opens each page by its address, names it in the title, and gives its heading the focus', async () => {
    const { pass } = await openPage(healthyClient());
    expect(heading()).toBe('Overview');
    expect(document.activeElement).toBe(document.body); // the first page takes nothing
    await goToHash('#/events', pass);
    expect(heading()).toBe('Events');
    expect(document.title).toBe('Events · Cachedeck');
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }));
    const pages = within(screen.getByRole('navigation', { name: 'Pages' }));
    expect(pages.getByRole('link', { name: 'Events' }).getAttribute('aria-current')).toBe('page');
    expect(pages.getByRole('link', { name: 'Overview' }).getAttribute('aria-current')).toBeNull();
  });

  it('takes an address that no page has for the Overview', async () => {
    window.location.hash = '#/nowhere';
    await openPage(healthyClient());
    expect(heading()).toBe('Overview');
  });

  it('goes by keys: 8, / to the search, 1, and Ctrl with a comma even from there', async () => {
    const { user, pass } = await openPage(healthyClient());
    await user.keyboard('8');
    await pass(50);
    await vi.dynamicImportSettled();
    await pass(200);
    expect(heading()).toBe('Events');
    await user.keyboard('/');
    expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Search events' }));
    await user.keyboard('1');
    await pass(300);
    expect(heading()).toBe('Events');
    await user.keyboard('{Control>},{/Control}');
    await pass(50);
    expect(window.location.hash).toBe('#/settings');
    await vi.dynamicImportSettled();
    await pass(200);
    await user.keyboard('1');
    await pass(200);
    expect(heading()).toBe('Overview');
  });

  it('leaves letters to a list of choices', async () => {
    const client = healthyClient().answer('settings.change', () => ({}));
    const { user, pass } = await openPage(client);
    await goToHash('#/settings', pass);
    screen.getByRole('combobox', { name: 'Density' }).focus();
    await user.keyboard('cp');
    await pass(200);
    expect(screen.queryByRole('alertdialog')).toBeNull();
    await user.keyboard('{Enter}');
    await pass(200);
    expect(screen.getByRole('listbox')).toBeTruthy();
    await user.keyboard('p');
    await pass(200);
    expect(client.inputsOf('polling.pause')).toEqual([]);
  });

  it('takes keys after a range of the events was chosen', async () => {
    const client = healthyClient().answer('events.list', () => ({ events: [], more: false }));
    const { user, pass } = await openPage(client);
    await goToHash('#/events', pass);
    await user.click(screen.getByRole('radio', { name: '24 h' }));
    await user.keyboard('1');
    await pass(200);
    expect(heading()).toBe('Overview');
  });

  it('takes an address that no profile can have for the settings alone', async () => {
    const { pass } = await openPage(healthyClient());
    await goToHash('#/settings/profile/%zz', pass);
    expect(heading()).toBe('Settings');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('skips to the content without leaving the page', async () => {
    const { user, pass } = await openPage(healthyClient());
    await goToHash('#/events', pass);
    await user.click(screen.getByRole('link', { name: 'Skip to content' }));
    await pass(100);
    expect(document.activeElement?.id).toBe('content');
    expect(window.location.hash).toBe('#/events');
    expect(heading()).toBe('Events');
  });

  it('remembers that the rail is collapsed', async () => {
    const { user } = await openPage(healthyClient());
    await user.click(screen.getByRole('button', { name: 'Collapse' }));
    expect(screen.getByRole('button', { name: 'Expand' }).getAttribute('aria-expanded')).toBe('false');
    expect(localStorage.getItem('cachedeck.rail')).toBe('closed');
  });

  it('keeps a page that breaks to itself', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const client = healthyClient().answer('events.list', () => ({ events: null as never, more: false }));
    const { pass } = await openPage(client);
    await goToHash('#/events', pass);
    const said = screen.getByRole('alert');
    expect(said.textContent).toContain('Events could not be drawn');
    expect(said.textContent).toMatch(/null/);
    expect(within(said).getByRole('button', { name: 'Copy details' })).toBeTruthy();
    expect(within(said).getByRole('button', { name: 'Reload' })).toBeTruthy();
    expect(screen.getByTestId('overall').textContent).toContain('All 3 sources live');
    await goToHash('#/', pass);
    expect(heading()).toBe('Overview');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(logged).toHaveBeenCalled();
    logged.mockRestore();
  });
});

const lab = profileOf({
  production: true,
  orchestrator: { url: 'https://lab.test:8443/', allowHttp: false },
});

describe('the profile switch', () => {
  it('lists every profile with its kind and host, the active one checked, and leads to the settings', async () => {
    const client = healthyClient().push('profiles.state', profilesOf({ profiles: [demoProfile, lab] }));
    const { user, pass } = await openPage(client);
    await user.click(screen.getByRole('button', { name: 'Profile: Demo data' }));
    await pass(100);
    const demo = screen.getByRole('menuitemradio', { name: /^Demo/ });
    expect(demo.getAttribute('aria-checked')).toBe('true');
    const other = screen.getByRole('menuitemradio', { name: /^Lab/ });
    expect(other.textContent).toContain('Production');
    expect(other.textContent).toContain('Stored · lab.test:8443');
    await user.click(screen.getByRole('menuitem', { name: 'Manage profiles…' }));
    await pass(100);
    expect(window.location.hash).toBe('#/settings');
  });

  it('says Connecting, then drops all it knew of the profile before', async () => {
    let connected: () => void = () => {};
    const client = healthyClient()
      .push('profiles.state', profilesOf({ profiles: [demoProfile, lab] }))
      .answer('profiles.activate', () => new Promise((resolve) => (connected = () => resolve({}))));
    const { user, pass } = await openPage(client);
    await user.click(screen.getByRole('button', { name: 'Profile: Demo data' }));
    await pass(100);
    await user.click(screen.getByRole('menuitemradio', { name: /^Lab/ }));
    await pass(100);
    expect(client.inputsOf('profiles.activate')).toEqual([{ id: 'lab' }]);
    expect(screen.getByRole('button', { name: 'Profile: connecting' }).textContent).toBe('Connecting…');
    const vpn = (): string | null => screen.getByRole('region', { name: 'VPN' }).textContent;
    expect(vpn()).toContain('203.0.113.24');
    client.answer('vpn.status', () => new Promise<never>(() => {}));
    client.push('profiles.state', profilesOf({ profiles: [demoProfile, lab], active: 'lab', generation: 2 }));
    connected();
    await pass(150);
    expect(vpn()).not.toContain('203.0.113.24');
    expect(vpn()).toContain('Not loaded yet');
    expect(screen.getByRole('button', { name: 'Profile: Lab' })).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }));
  });

  it('says why a profile could not be changed to, and stays', async () => {
    const client = healthyClient()
      .push('profiles.state', profilesOf({ profiles: [demoProfile, lab] }))
      .answer('profiles.activate', () => {
        throw new RpcError('not-found', 'There is no such profile.');
      });
    const { user, pass } = await openPage(client);
    await user.click(screen.getByRole('button', { name: 'Profile: Demo data' }));
    await pass(100);
    await user.click(screen.getByRole('menuitemradio', { name: /^Lab/ }));
    await pass(100);
    expect(screen.getAllByText('There is no such profile.').length).toBeGreaterThan(0);
    expect(screen.getByRole('button', { name: 'Profile: Demo data' })).toBeTruthy();
  });

  it('names a fault and leads to the profile', async () => {
    const client = healthyClient().push(
      'profiles.state',
      profilesOf({ profiles: [demoProfile, lab], active: 'lab', fault: 'The address is not a URL.' }),
    );
    await openPage(client);
    const banner = screen.getByText('Lab could not be connected:').closest('.banner');
    expect(banner?.textContent).toContain('The address is not a URL.');
    expect(screen.getByRole('link', { name: 'Open profile' }).getAttribute('href')).toBe(
      '#/settings/profile/lab',
    );
  });

  it('says once that a profile has no orchestrator, instead of cards full of dashes', async () => {
    const portal = profileOf({ orchestrator: null });
    const client = healthyClient().push(
      'profiles.state',
      profilesOf({ profiles: [demoProfile, portal], active: 'lab', url: null }),
    );
    await openPage(client);
    expect(screen.getByText(/This profile has no orchestrator/)).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'VPN' })).toBeNull();
    expect(screen.getByTestId('overall').textContent).toContain('No orchestrator');
  });

  it('draws neither page nor first run before main has told which', async () => {
    const client = healthyClient();
    const state = profilesOf({ firstRun: true });
    client.forget('profiles.state');
    const { pass } = await openPage(client);
    expect(screen.queryByRole('navigation')).toBeNull();
    expect(screen.queryByRole('heading', { level: 1 })).toBeNull();
    client.setLink('lost');
    await pass(150);
    expect(screen.getByText(/main process is not answering/)).toBeTruthy();
    client.setLink('open').push('profiles.state', state);
    await pass(150);
    await vi.dynamicImportSettled();
    await pass(200);
    expect(heading()).toBe('Welcome to Cachedeck');
    expect(document.title).toBe('Cachedeck');
  });

  it('shows the first-run page alone until a choice is made', async () => {
    const client = healthyClient().push('profiles.state', profilesOf({ firstRun: true }));
    const { pass } = await openPage(client);
    await vi.dynamicImportSettled();
    await pass(200);
    expect(screen.queryByRole('navigation')).toBeNull();
    expect(heading()).not.toBe('Overview');
    client.push('profiles.state', profilesOf());
    await pass(200);
    expect(heading()).toBe('Overview');
  });
});

describe('problems of the app', () => {
  const older: Problem = {
    id: 'history',
    area: 'history',
    at: worldStart - 1000,
    title: 'History is not written',
    text: 'The disk is full.',
  };
  const newer: Problem = { ...older, id: 'settings', at: worldStart, title: 'Settings were unreadable' };

  it('tells the newest, the rest on demand, each to be dismissed; and is spoken once', async () => {
    const client = healthyClient().answer('problems.dismiss', () => ({}));
    const { user, pass } = await openPage(client);
    expect(screen.queryByRole('region', { name: 'Problems of the app' })).toBeNull();
    client.push('problems.list', [older, newer]);
    await pass(150);
    const banner = screen.getByRole('region', { name: 'Problems of the app' });
    expect(banner.textContent).toContain('Settings were unreadable.');
    expect(banner.textContent).not.toContain('History is not written.');
    expect(within(banner).getByRole('link', { name: 'Settings' })).toBeTruthy();
    const voice = screen.getByRole('status');
    expect(voice.textContent).toBe('Problem: History is not written. Problem: Settings were unreadable.');
    await user.click(within(banner).getByRole('button', { name: '1 more' }));
    expect(banner.textContent).toContain('History is not written.');
    await user.click(within(banner).getByRole('button', { name: 'Dismiss: Settings were unreadable' }));
    expect(client.inputsOf('problems.dismiss')).toEqual([{ id: 'settings' }]);
    client.push('problems.list', [older]);
    await pass(150);
    expect(document.activeElement?.id).toBe('content');
    expect(banner.textContent).not.toContain('Settings were unreadable.');
    expect(voice.textContent).toContain('Problem: Settings were unreadable.'); // nothing new was said
  });
});

describe('theme, density and zone', () => {
  it('follow the settings on the whole page and are remembered for the next start', async () => {
    const client = healthyClient().push('settings.state', settingsOf({ theme: 'dark', density: 'compact' }));
    const { pass } = await openPage(client);
    const { dataset } = document.documentElement;
    expect(dataset['theme']).toBe('dark');
    expect(dataset['density']).toBe('compact');
    expect(localStorage.getItem('cachedeck.theme')).toBe('dark');
    client.push('settings.state', settingsOf({ theme: 'system', timeZone: 'Asia/Kathmandu' }));
    await pass(200);
    expect(dataset['theme']).toBe('system');
    expect(localStorage.getItem('cachedeck.timeZone')).toBe('Asia/Kathmandu');
    expect(screen.getByText('GMT+5:45').textContent).toBe('Times GMT+5:45');
    // Checked at 13:03:05 UTC; drawn again although no poll has come since.
    expect(screen.getByRole('region', { name: 'VPN' }).textContent).toContain('18:48:05');
  });
});
