import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { RpcError } from '../../shared/rpc/wire.ts';
import { cacheEntryOf, comparisonOf, entryPageOf } from '../support/explorer-world.ts';
import { healthyClient, pollingOf, statisticsOf, worldStart } from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';
import type { ScriptedClient } from '../support/scripted-client.ts';

afterEach(() => {
  closePage();
  window.location.hash = '';
});

const undo = { id: 'undo-1', until: worldStart + 30_000 };

async function openTab(client: ScriptedClient, tab = '') {
  const page = await openPage(client);
  await goToHash(`#/cache${tab}`, page.pass);
  return page;
}

const three = ['stats:total', 'user:a', 'user:b'].map((key) => cacheEntryOf({ key }));
const grid = (): HTMLElement => screen.getByRole('grid');

describe('the entries', () => {
  it('of another filter are shown only once they are there, and told with the filter they fit', async () => {
    let held = Promise.resolve();
    const client = healthyClient().answer('cache.entries', async ({ filter }) => {
      await held;
      const entries = three.filter(({ key }) => key.includes(filter));
      return { ...entryPageOf(entries, Date.now()), total: 3 };
    });
    const { user, pass } = await openTab(client);
    expect(screen.getByText(/^3 entries, about/)).toBeTruthy();
    const slow = Promise.withResolvers<undefined>();
    held = slow.promise;
    await user.type(screen.getByRole('searchbox', { name: 'Filter keys' }), 'user');
    await pass(500);
    expect(screen.getByText(/^3 entries, about/)).toBeTruthy();
    expect(within(grid()).getAllByRole('rowheader')).toHaveLength(3);
    slow.resolve(undefined);
    await pass(200);
    expect(screen.getByText(/^2 of 3 entries, about/)).toBeTruthy();
    expect(within(grid()).getAllByRole('rowheader')).toHaveLength(2);
  });

  it('are asked for once the typing stops', async () => {
    const client = healthyClient();
    const { user, pass } = await openTab(client);
    const before = client.inputsOf('cache.entries').length;
    await user.type(screen.getByRole('searchbox', { name: 'Filter keys' }), 'vpn');
    await pass(160);
    expect(client.inputsOf('cache.entries').slice(before)).toMatchObject([{ filter: 'vpn', offset: 0 }]);
  });

  it('that nobody looks at are not asked for', async () => {
    const client = healthyClient();
    const { pass } = await openTab(client);
    const hidden = (value: boolean): void => {
      Object.defineProperty(document, 'hidden', { value, configurable: true });
      fireEvent(document, new Event('visibilitychange'));
    };
    hidden(true);
    await pass(100);
    const before = client.inputsOf('cache.entries').length;
    await pass(20_000);
    expect(client.inputsOf('cache.entries')).toHaveLength(before);
    hidden(false);
    await pass(200);
    expect(client.inputsOf('cache.entries').length).toBeGreaterThan(before);
  });

  it('say what a pattern has to fit only where one was typed', async () => {
    const client = healthyClient().answer('cache.entries', ({ filter }) => {
      return { ...entryPageOf(filter === '' ? three : [], Date.now()), total: 3 };
    });
    const { user, pass } = await openTab(client);
    const search = screen.getByRole('searchbox', { name: 'Filter keys' });
    await user.type(search, 'nope');
    await pass(150);
    await pass(500);
    expect(screen.getByText('No key has nope in it.')).toBeTruthy();
    await user.type(search, '*');
    await pass(150);
    await pass(500);
    expect(screen.getByText(/A pattern has to fit the whole key/)).toBeTruthy();
  });

  it('that are gone are not among those chosen, and a new filter chooses nothing', async () => {
    let entries = three;
    const client = healthyClient().answer('cache.entries', () => entryPageOf(entries, Date.now()));
    const { user, pass } = await openTab(client);
    await user.click(screen.getByRole('checkbox', { name: 'Select all' }));
    expect(screen.getByRole('button', { name: 'Delete 3 entries' })).toBeTruthy();
    entries = three.slice(0, 2);
    await pass(6000);
    expect(screen.getByRole('button', { name: 'Delete 2 entries' })).toBeTruthy();
    await user.type(screen.getByRole('searchbox', { name: 'Filter keys' }), 'u');
    expect(screen.getByRole('button', { name: 'Delete selected' }).hasAttribute('disabled')).toBe(true);
  });

  it('are deleted and put back, with what could not be told', async () => {
    const client = healthyClient()
      .answer('cache.entries', () => entryPageOf(three, Date.now()))
      .answer('cache.delete', ({ keys }) => ({ removed: keys.length, reloading: 1, undo }))
      .answer('cache.undo', () => ({ restored: 1, newer: 1, expired: 1 }));
    const { user, pass } = await openTab(client);
    await user.click(screen.getByRole('checkbox', { name: 'Select user:a' }));
    await user.click(screen.getByRole('button', { name: 'Delete 1 entry' }));
    await pass(200);
    expect(client.inputsOf('cache.delete')).toEqual([{ keys: ['user:a'] }]);
    expect(screen.getByText('Removed 1 entry')).toBeTruthy();
    expect(screen.getByText('1 resource is loaded again now. Counters stay.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Undo (30 s)' }));
    await pass(200);
    expect(client.inputsOf('cache.undo')).toEqual([{ id: 'undo-1' }]);
    expect(screen.getByText('1 loaded again meanwhile, kept as it is; 1 too old by now.')).toBeTruthy();
  });

  it('that could not be deleted are told', async () => {
    const client = healthyClient().answer('cache.delete', () => {
      throw new RpcError('unavailable', 'The main process is not answering.');
    });
    const { user, pass } = await openTab(client);
    await user.click(screen.getByRole('checkbox', { name: 'Select stats:total' }));
    await user.click(screen.getByRole('button', { name: 'Delete 1 entry' }));
    await pass(200);
    expect(screen.getByText('Not everything was removed')).toBeTruthy();
  });
});

describe('invalidating by pattern', () => {
  it('removes only what was counted for the pattern that stands there', async () => {
    let held = Promise.resolve();
    const client = healthyClient()
      .answer('cache.match', async ({ pattern }) => {
        await held;
        return { keys: [pattern], matching: pattern === 'vpn:*' ? 1 : 3, total: 6 };
      })
      .answer('cache.invalidate', () => ({ removed: 3, reloading: 0, undo: null }));
    const { user, pass } = await openTab(client);
    await user.click(screen.getByRole('button', { name: 'Invalidate by pattern…' }));
    await pass(100);
    const pattern = screen.getByRole('textbox', { name: 'Pattern' });
    await user.type(pattern, 'vpn:*');
    await pass(150);
    await pass(500);
    expect(screen.getByText('Matches 1 of 6 keys.')).toBeTruthy();
    const slow = Promise.withResolvers<undefined>();
    held = slow.promise;
    await user.clear(pattern);
    await user.type(pattern, '*:*{Enter}');
    await pass(150);
    await pass(500);
    expect(screen.getByText('Looking…')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Remove' }).hasAttribute('disabled')).toBe(true);
    expect(client.inputsOf('cache.invalidate')).toEqual([]);
    slow.resolve(undefined);
    await pass(200);
    await user.click(screen.getByRole('button', { name: 'Remove 3 entries' }));
    await pass(200);
    expect(client.inputsOf('cache.invalidate')).toEqual([{ pattern: '*:*' }]);
    expect(screen.getByText('Removed 3 entries')).toBeTruthy();
  });
});

describe('the resources', () => {
  it('have titles, times from the cache beside those of loads, and counters that are reset after asking', async () => {
    const [key] = statisticsOf().keys;
    if (!key) throw new Error('the world has a key');
    const client = healthyClient()
      .answer('cache.statistics', () =>
        statisticsOf({
          keys: [
            {
              ...key,
              key: 'workstations_list',
              hitRate: { percent: 75, n: 4 },
              hit: { n: 2, p50: 0.1, p95: 0.3 },
              load: { n: 3, p50: 100, p95: 182 },
            },
          ],
        }),
      )
      .answer('cache.resetStatistics', () => ({}));
    const { user, pass } = await openTab(client, '/resources');
    const row = screen.getByRole('row', { name: /^Workstation list/ });
    expect(row.textContent).toContain('75 % (4)');
    expect(row.textContent).toContain('0.1 ms / 0.3 ms');
    expect(row.textContent).toContain('100 ms / 182 ms');
    await user.click(screen.getByRole('button', { name: 'Reset statistics…' }));
    await pass(100);
    expect(screen.getByRole('alertdialog').textContent).toContain('Entries with their ages stay');
    expect(client.inputsOf('cache.resetStatistics')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Reset' }));
    await pass(200);
    expect(client.inputsOf('cache.resetStatistics')).toEqual([{}]);
    expect(screen.getByText('Statistics were reset')).toBeTruthy();
  });
});

describe('with and without', () => {
  it('shows the last minute that is written down, and any other that is chosen', async () => {
    const client = healthyClient();
    const { user, pass } = await openTab(client, '/comparison');
    const minute = Math.floor((worldStart - 10_000) / 60_000) * 60_000 - 60_000;
    expect(client.inputsOf('cache.compareMinute')).toEqual([{ minute }]);
    expect(screen.getByText(/24 requests cost/).textContent).toBe(
      '24 requests cost 12 backend calls, 1.2 s; each loaded by itself they would have cost 24, 2.4 s.',
    );
    expect(screen.getByRole('row', { name: /^Engine totals/ })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'The minute before' }));
    await pass(200);
    expect(client.inputsOf('cache.compareMinute').at(-1)).toEqual({ minute: minute - 60_000 });
    client.answer('cache.compareMinute', () => {
      throw new RpcError('not-found', 'The log of requests reaches back 24 h.');
    });
    const field = screen.getByLabelText(/^Minute \(UTC\)/);
    fireEvent.change(field, { target: { value: '' } });
    fireEvent.change(field, { target: { value: '2020-01-01T10:00' } });
    await pass(200);
    expect(screen.getByRole('alert').textContent).toContain('The log of requests reaches back 24 h.');
  });

  it('says for how long the cache was off, and turns it off and on', async () => {
    const client = healthyClient()
      .answer('cache.compareMinute', ({ minute }) => ({ ...comparisonOf(minute), offFor: 20_000 }))
      .answer('cache.switch', () => ({}));
    const { user, pass } = await openTab(client, '/comparison');
    expect(screen.getByText(/The cache was off for 20 s of it/)).toBeTruthy();
    await user.click(screen.getByRole('switch', { name: 'Keep values in the app cache' }));
    expect(client.inputsOf('cache.switch')).toEqual([{ on: false }]);
    client.push('polling.state', { ...pollingOf(), cacheOn: false });
    await pass(200);
    expect(screen.getByRole('contentinfo').textContent).toContain('App cache off');
    expect(screen.getByText(/with every request going to the backend/)).toBeTruthy();
  });
});
