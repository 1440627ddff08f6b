import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UpdatesState } from '../../shared/contract/updates.ts';
import type { Role } from '../../shared/rpc/define.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { desktopInfo, healthyClient, settingsOf, updatesOf } from '../support/page-world.ts';
import { closePage, openPage } from '../support/render-page.tsx';

beforeEach(() => {
  window.location.hash = '#/settings';
});
afterEach(() => {
  closePage();
  window.location.hash = '';
});

async function openSettings(state: Partial<UpdatesState>, role: Role = 'admin') {
  const client = healthyClient()
    .answer('app.info', () => ({ ...desktopInfo, role }))
    .push('updates.state', updatesOf(state));
  for (const name of ['updates.check', 'updates.download', 'updates.install'] as const) {
    client.answer(name, () => ({}));
  }
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
const text = (): string | null => row('Updates').querySelector('.field-note')?.textContent ?? null;
const buttons = (): string[] =>
  within(row('Updates'))
    .queryAllByRole('button')
    .map((button) => button.textContent);

describe('the row of updates', () => {
  const found = { stage: 'available', version: '1.2.0' } as const;
  it.each<[Partial<UpdatesState>, string, string[]]>([
    [
      { stage: 'off', why: 'This copy is a snap: snapd updates it.' },
      'This copy is a snap: snapd updates it.',
      [],
    ],
    [{ stage: 'unknown', checkedAt: null }, 'Not looked for since Cachedeck started.', ['Check now']],
    [{ stage: 'checking' }, 'Looking for a newer version…', ['Check now']],
    [{}, 'None is newer than this version. Last looked 15 Jan 13:03:07.', ['Check now']],
    [found, 'Version 1.2.0 is there. Last looked 15 Jan 13:03:07.', ['Check now', 'Download']],
    [{ ...found, stage: 'downloading', percent: 33 }, 'Downloading version 1.2.0: 33 %.', []],
    [
      { ...found, stage: 'ready' },
      'Version 1.2.0 is downloaded and takes this one’s place when Cachedeck quits.',
      ['Restart to update'],
    ],
    [
      { stage: 'failed', checkedAt: null, why: 'The update server could not be reached (ENOTFOUND).' },
      'The last try failed: The update server could not be reached (ENOTFOUND).',
      ['Check now'],
    ],
    [
      { ...found, stage: 'failed', checkedAt: null, why: 'The disk is full.' },
      'Version 1.2.0 is there. The last try failed: The disk is full.',
      ['Check now', 'Download'],
    ],
  ])('of %j says what is known and offers what comes next', async (state, words, offered) => {
    await openSettings(state);
    expect(text()).toBe(words);
    expect(buttons()).toEqual(offered);
  });

  it.each([
    ['Check now', {}, 'updates.check'],
    ['Download', found, 'updates.download'],
    ['Restart to update', { ...found, stage: 'ready' }, 'updates.install'],
  ] as const)('asks main by “%s”, once', async (name, state, call) => {
    const { client, user, pass } = await openSettings(state);
    await user.click(screen.getByRole('button', { name }));
    await pass(50);
    expect(client.inputsOf(call)).toEqual([{}]);
  });

  it('says why main refused', async () => {
    const { client, user, pass } = await openSettings(found);
    client.answer('updates.download', () => {
      throw new RpcError('conflict', 'There is nothing to download.');
    });
    await user.click(screen.getByRole('button', { name: 'Download' }));
    await pass(50);
    expect(row('Updates').textContent).toContain('There is nothing to download.');
  });

  it('lets an operator look and an admin alone download', async () => {
    await openSettings(found, 'operator');
    expect(screen.getByRole('button', { name: 'Check now' })).toHaveProperty('disabled', false);
    expect(screen.getByRole('button', { name: 'Download' })).toHaveProperty('disabled', true);
    expect(row('Updates').textContent).toContain('Needs another role than operator');
  });

  it('has a switch, which only a copy that updates itself can change', async () => {
    const { client, user, pass } = await openSettings({});
    client.answer('settings.change', () => ({}));
    await user.click(screen.getByRole('switch', { name: 'Look for updates' }));
    await pass(50);
    expect(client.inputsOf('settings.change')).toEqual([{ checkForUpdates: false }]);
    client.push('settings.state', settingsOf({ checkForUpdates: false }));
    client.push('updates.state', updatesOf({ stage: 'off', why: 'This copy is a snap: snapd updates it.' }));
    await pass(300);
    expect(row('Look for updates').textContent).toContain('Not in this copy');
  });
});

describe('the line of a newer version', () => {
  const line = (): HTMLElement | null => screen.queryByRole('link', { name: /^Version/ });

  it('is there for a version that was found or is ready, and leads to the settings', async () => {
    const { client, pass } = await openSettings({ stage: 'available', version: '1.2.0' });
    expect(line()?.textContent).toBe('Version 1.2.0 is there');
    expect(line()?.getAttribute('href')).toBe('#/settings');
    client.push('updates.state', updatesOf({ stage: 'ready', version: '1.2.0' }));
    await pass(300);
    expect(line()?.textContent).toBe('Version 1.2.0 is ready');
  });

  it.each(['off', 'unknown', 'checking', 'current', 'downloading', 'failed'] as const)(
    'is not there when updates are %s',
    async (stage) => {
      await openSettings({ stage, version: stage === 'failed' ? '1.2.0' : null });
      expect(line()).toBeNull();
    },
  );

  it('is put away for its version, also after a reload, and comes back for the next', async () => {
    const first = await openSettings({ stage: 'available', version: '1.2.0' });
    await first.user.click(screen.getByRole('button', { name: 'Put away: Version 1.2.0 is there' }));
    expect(line()).toBeNull();
    expect(document.activeElement?.id).toBe('content');
    first.client.push('updates.state', updatesOf({ stage: 'ready', version: '1.2.0' }));
    await first.pass(300);
    expect(line()).toBeNull();
    cleanup();
    const second = await openSettings({ stage: 'available', version: '1.2.0' });
    expect(line()).toBeNull();
    second.client.push('updates.state', updatesOf({ stage: 'available', version: '1.3.0' }));
    await second.pass(300);
    expect(line()?.textContent).toBe('Version 1.3.0 is there');
  });

  it('opens no toast, no dialog and announces nothing', async () => {
    const { client, pass } = await openSettings({});
    client.push('updates.state', updatesOf({ stage: 'available', version: '1.2.0' }));
    await pass(60_000);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(document.querySelectorAll('.toast')).toHaveLength(0);
    for (const live of document.querySelectorAll('[aria-live], [role=status], output')) {
      expect(live.textContent).not.toContain('1.2.0');
    }
  });
});
