import { screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrayModel } from '../../shared/contract/app.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { healthyClient, pollOf, profilesOf, readingOf, vpnOf, worldStart } from '../support/page-world.ts';
import { closePage, openPage } from '../support/render-page.tsx';

const icon = document.createElement('link');
icon.rel = 'icon';

beforeEach(() => {
  icon.setAttribute('href', './favicon.svg');
  document.head.append(icon);
});
afterEach(() => {
  closePage();
  icon.remove();
});

const pauseAction: TrayModel['actions'][number] = {
  id: 'pause',
  label: 'Pause',
  enabled: true,
  choices: [
    { value: '15', label: '15 min' },
    { value: '60', label: '1 h' },
    { value: 'resumed', label: 'Until resumed' },
  ],
};
const snoozeAction: TrayModel['actions'][number] = {
  id: 'snooze',
  label: 'Snooze alerts',
  enabled: true,
  choices: [
    { value: '15m', label: '15 min' },
    { value: '1h', label: '1 h' },
    { value: 'morning', label: 'Until 09:00' },
  ],
};

function trayOf(rest: Partial<TrayModel> = {}): TrayModel {
  return {
    state: 'attention',
    tooltip: 'Cachedeck: VPN: Stale · 45 s',
    lines: [
      { id: 'engines', text: 'Engines: 8 of 8 healthy · Live', state: 'ok' },
      { id: 'vpn', text: 'VPN: Stale · 45 s', state: 'attention' },
    ],
    actions: [
      { id: 'refresh', label: 'Force refresh', enabled: true, choices: [] },
      pauseAction,
      snoozeAction,
      { id: 'open', label: 'Open Cachedeck', enabled: true, choices: [] },
      { id: 'quit', label: 'Quit', enabled: true, choices: [] },
    ],
    ...rest,
  };
}

async function openTray(model = trayOf()) {
  const client = healthyClient().push('tray.model', model);
  const page = await openPage(client);
  await page.user.click(screen.getByRole('button', { name: `Tray: ${model.tooltip}` }));
  await page.pass(100);
  return { ...page, client };
}

describe('the tray inside the page', () => {
  it('has the lines, and the actions that work here', async () => {
    await openTray();
    expect(screen.getByText('VPN: Stale · 45 s')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Force refresh' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Quit' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Open Cachedeck' })).toBeNull();
    expect(screen.getByText('In the desktop app this stands in the system tray.')).toBeTruthy();
  });

  it.each([
    ['15 min', 15],
    ['1 h', 60],
    ['Until resumed', null],
  ] as const)('pauses: %s', async (label, minutes) => {
    const { client, user, pass } = await openTray();
    client.answer('polling.pause', () => ({}));
    await user.click(screen.getByRole('button', { name: 'Pause' }));
    await pass(100);
    await user.click(screen.getByRole('menuitem', { name: label }));
    await pass(100);
    expect(client.inputsOf('polling.pause')).toEqual([{ minutes }]);
  });

  it.each([
    ['15 min', '15m'],
    ['1 h', '1h'],
    ['Until 09:00', 'morning'],
  ] as const)('snoozes all alerts: %s', async (label, until) => {
    const { client, user, pass } = await openTray();
    client.answer('alerts.snooze', () => ({ until: worldStart + 3_600_000 }));
    await user.click(screen.getByRole('button', { name: 'Snooze alerts' }));
    await pass(100);
    await user.click(screen.getByRole('menuitem', { name: label }));
    await pass(100);
    expect(client.inputsOf('alerts.snooze')).toEqual([{ key: '*', until }]);
    expect(screen.getAllByText('Alerts are snoozed until 14:03').length).toBeGreaterThan(0);
  });

  it('ends a snooze and a pause', async () => {
    const { client, user, pass } = await openTray(
      trayOf({
        state: 'paused',
        actions: [
          { id: 'resume', label: 'Resume', enabled: true, choices: [] },
          { id: 'unsnooze', label: 'End snooze', enabled: true, choices: [] },
        ],
      }),
    );
    client.answer('alerts.unsnooze', () => ({})).answer('polling.resume', () => ({}));
    await user.click(screen.getByRole('button', { name: 'End snooze' }));
    await user.click(screen.getByRole('button', { name: 'Resume' }));
    await pass(100);
    expect(client.inputsOf('alerts.unsnooze')).toEqual([{ key: '*' }]);
    expect(client.inputsOf('polling.resume')).toHaveLength(1);
  });

  it('says why a snooze was refused', async () => {
    const { client, user, pass } = await openTray();
    client.answer('alerts.snooze', () => {
      throw new RpcError('unavailable', 'The disk is full.');
    });
    await user.click(screen.getByRole('button', { name: 'Snooze alerts' }));
    await pass(100);
    await user.click(screen.getByRole('menuitem', { name: '1 h' }));
    await pass(100);
    expect(screen.getAllByText('Snooze did not work').length).toBeGreaterThan(0);
    expect(screen.getAllByText('The disk is full.').length).toBeGreaterThan(0);
  });

  it('offers nothing that cannot be done while main is away', async () => {
    const { client, pass } = await openTray();
    client.setLink('lost');
    await pass(100);
    expect(screen.queryByText('VPN: Stale · 45 s')).toBeNull();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Snooze alerts' }).disabled).toBe(true);
  });
});

describe('the title and icon of the tab', () => {
  it('follow the tray through its four states', async () => {
    const client = healthyClient();
    const { pass } = await openPage(client);
    const shown = async (model: TrayModel) => {
      client.push('tray.model', model);
      await pass(150);
      return [document.title, icon.getAttribute('href')];
    };
    expect(await shown(trayOf({ state: 'ok' }))).toEqual(['Overview · Cachedeck', './favicon-ok.svg']);
    expect(await shown(trayOf())).toEqual(['▲ VPN: Stale · Overview · Cachedeck', './favicon-attention.svg']);
    expect(
      await shown(
        trayOf({ state: 'bad', lines: [{ id: 'vpn', text: 'VPN: disconnected · Live', state: 'bad' }] }),
      ),
    ).toEqual(['✕ VPN: disconnected · Overview · Cachedeck', './favicon-bad.svg']);
    expect(await shown(trayOf({ state: 'paused' }))).toEqual([
      '❚❚ Paused · Overview · Cachedeck',
      './favicon-paused.svg',
    ]);
  });

  it('count the sources where several are stale', async () => {
    const old = () => pollOf(readingOf(vpnOf(), { age: 60_000, served: 'last-good' }));
    const client = healthyClient().answer('vpn.status', old).push('tray.model', trayOf());
    const { pass } = await openPage(client);
    await pass(1100);
    expect(document.title).toBe('▲ 1 stale · Overview · Cachedeck');
  });

  it('tell that main is away, and stay while another profile is connected', async () => {
    const client = healthyClient().push('tray.model', trayOf());
    const { pass } = await openPage(client);
    const seen: (string | null)[] = [];
    const watcher = new MutationObserver(() => seen.push(icon.getAttribute('href')));
    watcher.observe(icon, { attributes: true });
    client.push('profiles.state', profilesOf({ generation: 2 }));
    await pass(300);
    expect(icon.getAttribute('href')).toBe('./favicon-attention.svg');
    client.setLink('lost');
    await pass(150);
    watcher.disconnect();
    expect(document.title).toBe('✕ Not connected · Overview · Cachedeck');
    expect(new Set(seen)).toEqual(new Set(['./favicon-attention.svg', './favicon-bad.svg']));
    expect(icon.getAttribute('href')).toBe('./favicon-bad.svg');
  });
});
