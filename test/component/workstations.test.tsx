import { screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { RpcError } from '../../shared/rpc/wire.ts';
import {
  accountPanel,
  listOf,
  listPanel,
  managerClient,
  openManager,
  shownNames,
  stationOf,
  threeStations,
} from '../support/manager-page.tsx';
import { failureOf, pollingOf } from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';
import type { Page } from '../support/render-page.tsx';

afterEach(() => {
  closePage();
  window.location.hash = '';
});

describe('the way to the page', () => {
  it('is the rail and its key, with a title of its own', async () => {
    const { user, pass } = await openPage(managerClient());
    const pages = within(screen.getByRole('navigation', { name: 'Pages' }));
    expect(pages.getAllByRole('link').map(({ textContent }) => textContent)).toEqual([
      'Overview',
      'Engines & VPN',
      'Cache',
      'Sessions',
      'Portal',
      'Workstations',
      'Alerts',
      'Events',
      'Settings',
    ]);
    await user.keyboard('6');
    await goToHash('#/workstations', pass);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Workstations');
    expect(document.title).toBe('Workstations · Cachedeck');
    await user.keyboard('?');
    expect(screen.getByRole('dialog').textContent).toContain('4Sessions5Portal6Workstations7Alerts8Events');
  });

  it('leads to Settings where the profile has no manager, and asks it nothing', async () => {
    const client = managerClient({ connected: false, url: null, user: null, role: null });
    await openManager(client);
    expect(screen.getByText(/has no workstation manager/).textContent).toContain('Add one in Settings.');
    expect(client.inputsOf('workstations.list')).toHaveLength(0);
    expect(screen.queryByRole('region', { name: 'Account' })).toBeNull();
  });
});

describe('the list', () => {
  it('shows status in a word, loads as bars with words, and when each was seen', async () => {
    await openManager(managerClient());
    expect(shownNames()).toEqual(['Station 1', 'Station 2', 'Station 10']);
    expect(listPanel().textContent).toContain(
      '1 of 3 online · 1 error, 1 offline · 9 of 24 emulators active',
    );
    const [first, second, third] = within(listPanel()).getAllByRole('row').slice(1);
    expect(first?.textContent).toMatch(/Online3 of 8.*20 s ago/);
    expect(second?.textContent).toContain('— not reported');
    expect(third?.textContent).toContain('Error3 of 8— not reported');
    const meter = screen.getByRole('meter', { name: 'Station 1: memory' });
    expect(meter.getAttribute('aria-valuetext')).toBe('62');
  });

  it('is asked every 30 s, and its chip counts in its own 300 s', async () => {
    const client = managerClient();
    client.answer('workstations.list', () => listOf(threeStations));
    const { pass } = await openManager(client);
    const asked = client.inputsOf('workstations.list').length;
    await pass(29_000);
    expect(client.inputsOf('workstations.list')).toHaveLength(asked);
    await pass(2000);
    expect(client.inputsOf('workstations.list')).toHaveLength(asked + 1);
    client.answer('workstations.list', () => listOf(threeStations, { age: 250_000 }));
    await pass(30_000);
    expect(listPanel().textContent).toMatch(/Live · 4 min \d+ s old/);
    client.answer('workstations.list', () => listOf(threeStations, { age: 700_000 }));
    await pass(30_000);
    expect(listPanel().textContent).toContain('Late · 11 min old');
  });

  it('does not slow the polls of everything else down', async () => {
    const client = managerClient();
    client.answer('workstations.list', () => listOf(threeStations));
    const { pass } = await openManager(client);
    const before = client.inputsOf('cache.statistics').length;
    await pass(20_000);
    expect(client.inputsOf('cache.statistics').length).toBeGreaterThanOrEqual(before + 3);
  });

  it('is filtered by name, address or status, and says how many fit', async () => {
    const { user, pass } = await openManager(managerClient());
    const search = screen.getByRole('searchbox', { name: 'Filter workstations' });
    await user.type(search, 'offl');
    await pass(100);
    expect(shownNames()).toEqual(['Station 2']);
    expect(listPanel().textContent).toContain('1 fits');
    await user.clear(search);
    await user.type(search, '192.0.2.2');
    expect(shownNames()).toEqual(['Station 10']);
    await user.type(search, 'zz');
    expect(listPanel().textContent).toContain('No workstation fits “192.0.2.2zz”.');
  });

  it('is sorted by a column; what is not reported comes last both ways', async () => {
    const { user } = await openManager(managerClient());
    const cpu = screen.getByRole('button', { name: 'CPU, %' });
    await user.click(cpu);
    expect(shownNames()).toEqual(['Station 1', 'Station 2', 'Station 10']);
    expect(cpu.closest('th')?.getAttribute('aria-sort')).toBe('descending');
    await user.click(cpu);
    expect(shownNames()).toEqual(['Station 2', 'Station 1', 'Station 10']);
    await user.click(screen.getByRole('button', { name: 'Status' }));
    expect(shownNames()).toEqual(['Station 10', 'Station 2', 'Station 1']);
    await user.click(screen.getByRole('button', { name: 'Address' }));
    expect(shownNames()[0]).toBe('Station 10');
  });

  it('draws 200 rows, and more when asked', async () => {
    const many = Array.from({ length: 250 }, (_, n) => stationOf({ id: `ws-${n}`, name: `Station ${n}` }));
    const { user } = await openManager(managerClient().answer('workstations.list', () => listOf(many)));
    expect(shownNames()).toHaveLength(200);
    await user.click(screen.getByRole('button', { name: 'Show 50 more' }));
    expect(shownNames()).toHaveLength(250);
  });

  it('says that there is none, apart from not loaded', async () => {
    await openManager(managerClient().answer('workstations.list', () => listOf([])));
    expect(listPanel().textContent).toContain('The manager knows no workstation yet.');
  });

  it('keeps the last list when a read fails, with the reason', async () => {
    const failure = failureOf({ code: 'timeout', message: 'No reply within 10 s.', count: 1 });
    await openManager(managerClient().answer('workstations.list', () => listOf(threeStations, { failure })));
    expect(shownNames()).toHaveLength(3);
    expect(listPanel().textContent).toContain(
      'Not read again: No reply within 10 s. The last list is shown.',
    );
  });

  it('says why there is none yet', async () => {
    const failure = failureOf({ code: 'unreachable', message: 'Nothing listens at 127.0.0.1:9.' });
    const client = managerClient({ role: null, signedOut: 'Not signed in yet.' });
    client.answer('workstations.list', () => listOf(null, { failure }));
    await openManager(client);
    expect(listPanel().textContent).toContain(
      'No list yet: cannot be reached. Nothing listens at 127.0.0.1:9.',
    );
    expect(accountPanel().textContent).toContain('Not signed in to 127.0.0.1:8000. Nothing listens');
    expect(screen.queryByRole('form')).toBeNull();
  });

  it('says that polling is paused', async () => {
    const client = managerClient().push('polling.state', pollingOf({ paused: true }));
    await openManager(client);
    expect(listPanel().textContent).toContain('Polling is paused. The last list is shown.');
  });

  it('is read past the cache by Refresh, and by the page’s own R', async () => {
    const client = managerClient().answer('refresh.force', () => ({
      running: false,
      startedAt: null,
      finishedAt: null,
      items: [],
      changes: [],
    }));
    const { user, pass } = await openManager(client);
    const asked = client.inputsOf('workstations.list').length;
    await user.click(within(listPanel()).getByRole('button', { name: 'Refresh' }));
    await pass(200);
    expect(client.inputsOf('workstations.refresh')).toHaveLength(1);
    expect(client.inputsOf('workstations.list')).toHaveLength(asked + 1);
    await user.keyboard('r');
    await pass(200);
    expect(client.inputsOf('workstations.refresh')).toHaveLength(2);
  });

  it('tests a connection and shows the answer: that it cannot be reached is one too', async () => {
    const client = managerClient().answer('workstations.testConnection', ({ id }) => {
      if (id === 'ws-10') throw new RpcError('timeout', 'No reply within 30 s.');
      return { ok: id === 'ws-1', message: 'Server’s words' };
    });
    const { user, pass } = await openManager(client);
    for (const name of ['Station 1', 'Station 2', 'Station 10']) {
      await user.click(screen.getByRole('button', { name: `Test the connection of ${name}` }));
      await pass(100);
    }
    expect(client.inputsOf('workstations.testConnection')).toEqual([
      { id: 'ws-1' },
      { id: 'ws-2' },
      { id: 'ws-10' },
    ]);
    const text = listPanel().textContent;
    expect(text).toContain('The manager reached Station 1: Server’s words');
    expect(text).toContain('The manager could not reach Station 2: Server’s words');
    expect(text).toContain('Station 10 was not tested: No reply within 30 s.');
  });
});

describe('adding a workstation', () => {
  async function fill(page: Page): Promise<HTMLElement> {
    await page.user.click(screen.getByRole('button', { name: 'Add a workstation…' }));
    const dialog = screen.getByRole('dialog', { name: 'Add a workstation' });
    const field = (name: string): HTMLElement => within(dialog).getByLabelText(name);
    await page.user.type(field('Name'), ' Station 4 ');
    await page.user.type(field('Address'), '192.0.2.14');
    await page.user.type(field('Account'), 'operator');
    await page.user.type(field('Password'), 'secret word');
    return dialog;
  }

  it('sends the form, tells the server’s answer and reads the list again', async () => {
    const client = managerClient().answer('workstations.create', () => ({ id: 'ws-4', message: 'Created' }));
    const page = await openManager(client);
    const asked = client.inputsOf('workstations.list').length;
    await fill(page);
    await page.user.keyboard('{Enter}');
    await page.pass(200);
    expect(client.inputsOf('workstations.create')).toEqual([
      { name: 'Station 4', address: '192.0.2.14', user: 'operator', password: 'secret word' },
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(listPanel().textContent).toContain('Station 4 was added as ws-4: Created');
    expect(client.inputsOf('workstations.list')).toHaveLength(asked + 1);
  });

  it.each([
    ['bad-request', 'The workstation manager refused it (422: name is required and cannot be empty).'],
    ['bad-request', "The workstation manager refused it (400: 'password')."],
    ['forbidden', 'Insufficient permissions. Required role: operator'],
  ] as const)('keeps the form and says the server’s words at it (%s: %s)', async (code, words) => {
    const client = managerClient().answer('workstations.create', () => {
      throw new RpcError(code, words);
    });
    const page = await openManager(client);
    const asked = client.inputsOf('workstations.list').length;
    const dialog = await fill(page);
    await page.user.click(within(dialog).getByRole('button', { name: 'Add' }));
    await page.pass(200);
    expect(within(dialog).getByRole('alert').textContent).toContain(words);
    expect(within(dialog).getByLabelText<HTMLInputElement>('Name').value).toBe(' Station 4 ');
    expect(client.inputsOf('workstations.create')).toHaveLength(1);
    expect(client.inputsOf('workstations.list')).toHaveLength(asked + 1);
  });

  it('marks what is missing before the server is asked', async () => {
    const client = managerClient();
    const { user } = await openManager(client);
    await user.click(screen.getByRole('button', { name: 'Add a workstation…' }));
    await user.click(screen.getByRole('button', { name: 'Add' }));
    expect(screen.getByRole('dialog').textContent).toContain('Enter a name.');
    expect(document.activeElement).toBe(screen.getByLabelText('Name'));
    expect(client.inputsOf('workstations.create')).toHaveLength(0);
  });
});
