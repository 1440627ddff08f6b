import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LoggedEvent } from '../../shared/contract/events.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { alertOf, alertsOf } from '../support/alert-world.ts';
import {
  desktopInfo,
  failureOf,
  healthyClient,
  nodeOf,
  pollOf,
  pollingOf,
  readingOf,
  statisticsOf,
  status,
  vpnOf,
  worldStart,
} from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';
import type { ScriptedClient } from '../support/scripted-client.ts';

beforeEach(() => {
  window.location.hash = '';
});
afterEach(() => {
  closePage();
  window.location.hash = '';
});

const changed: LoggedEvent = {
  id: 1,
  at: worldStart - 120_000,
  kind: 'vpn',
  severity: 'bad',
  profile: 'Demo',
  subject: null,
  title: 'VPN disconnected',
  detail: null,
};

function boardClient(): ScriptedClient {
  return healthyClient()
    .push('tray.model', { state: 'ok', tooltip: '', lines: [], actions: [] })
    .push('alerts.state', alertsOf())
    .push('events.latest', [])
    .answer('cache.statistics', () => statisticsOf({ hitRate5m: { percent: 66.7, n: 180 } }));
}

async function openBoard(client = boardClient()) {
  const page = await openPage(client);
  await goToHash('#/wallboard', page.pass);
  await page.pass(1000);
  return { ...page, client };
}

/** The words of a row, by its title. */
function row(title: string): string {
  const item = screen.getByRole('heading', { level: 2, name: title }).closest('li');
  return item?.textContent ?? '';
}

const banner = () => screen.queryByText(/This board stopped updating/);

describe('the wallboard', () => {
  it('stands alone and answers one question a row, each with its age', async () => {
    await openBoard();
    expect(screen.queryByRole('navigation')).toBeNull();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Wallboard');
    expect(screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)).toEqual([
      'State',
      'Engines',
      'VPN',
      'Hit rate',
      'Streams',
      'Alerts',
      'Last change',
    ]);
    expect(row('State')).toBe('●StateAll wellAll 3 sources live');
    expect(row('Engines')).toMatch(/^▲Engines7 of 8 healthy1 unhealthy●Live · just now$/);
    expect(row('VPN')).toMatch(/^●VPNConnectedAmsterdam, Netherlands●Live · just now$/);
    expect(row('Hit rate')).toBe('Hit rate67 %of 180 requests in 5 min');
    expect(row('Streams')).toMatch(/^Streams5 active●Live · just now$/);
    expect(row('Alerts')).toBe('●Alerts0 firingnothing fires');
    expect(row('Last change')).toBe('–Last change—nothing has happened yet');
    expect(document.title).toBe('Wallboard · Cachedeck');
    expect(banner()).toBeNull();
  });

  it('tells trouble by word and shape: VPN, alerts by their titles, what changed', async () => {
    const client = boardClient()
      .answer('vpn.status', () =>
        pollOf(readingOf(vpnOf({ connected: false, nodes: [nodeOf({ health: 'unhealthy' })] }))),
      )
      .push('tray.model', {
        state: 'bad',
        tooltip: '',
        lines: [{ id: 'vpn', text: 'VPN: disconnected · 3 s', state: 'bad' }],
        actions: [],
      })
      .push(
        'alerts.state',
        alertsOf({
          active: [
            alertOf({ key: 'a', severity: 'bad', title: 'VPN disconnected', since: worldStart - 60_000 }),
            alertOf({ key: 'b', title: 'Hit rate is low' }),
            alertOf({ key: 'c', title: 'Third' }),
            alertOf({ key: 'd', title: 'Waiting', state: 'pending' }),
          ],
        }),
      )
      .push('events.latest', [changed]);
    await openBoard(client);
    expect(row('State')).toBe('✕StateTroubleVPN: disconnectedAll 3 sources live');
    expect(row('VPN')).toMatch(/^✕VPNDisconnected/);
    expect(row('Alerts')).toMatch(/^✕Alerts3 firingVPN disconnectedHit rate is lowand 1 morefor \d+ s$/);
    expect(row('Last change')).toMatch(/^✕Last change13:01Serious: VPN disconnected2 min \d+ s ago$/);
  });

  it('says why a number is missing, and never 0 for it', async () => {
    const client = boardClient()
      .answer('orchestrator.status', () => pollOf(readingOf(null, { failure: failureOf(), served: 'none' })))
      .answer('vpn.status', () => pollOf(readingOf(null, { supported: false })))
      .answer('cache.statistics', () => statisticsOf());
    await openBoard(client);
    expect(row('Engines')).toContain('—timed out');
    expect(row('Streams')).toContain('—timed out');
    expect(row('VPN')).toContain('—not reported');
    expect(row('Hit rate')).toContain('—no requests in 5 min');
  });

  it('takes what it cannot read any more for unknown', async () => {
    const { client, pass } = await openBoard();
    const stale = { age: 90_000, failure: failureOf() };
    client.answer('vpn.status', () => pollOf(readingOf(vpnOf(), stale)));
    client.answer('orchestrator.status', () => pollOf(readingOf(status, stale)));
    await pass(6000);
    expect(row('VPN')).toMatch(/^\?VPNUnknownlast said: connected▲Stale · 9\d s old$/);
    expect(row('Engines')).toMatch(/^\?Engines7 of 8 healthy/);
    expect(row('State')).toMatch(/^▲StateAttention2 of 3 sources stale/);
  });

  it('shows no address of anybody', async () => {
    const client = boardClient()
      .push('events.latest', [{ ...changed, title: 'Session of engineer@engineers.example expired' }])
      .push('alerts.state', alertsOf({ active: [alertOf({ title: 'customer@customer.example waits' })] }));
    await openBoard(client);
    const text = document.body.textContent;
    expect(text).toContain('e•••@engineers.example');
    expect(text).not.toMatch(/engineer@|customer@|203\.0\.113|41873|127\.0\.0\.1/);
  });

  it('is paused as long as polling is', async () => {
    const { client, pass } = await openBoard();
    client.push('polling.state', pollingOf({ paused: true }));
    client.push('tray.model', { state: 'paused', tooltip: '', lines: [], actions: [] });
    await pass(20_000);
    expect(row('State')).toMatch(/^❚❚StatePaused/);
    expect(banner()).toBeNull(); // main still answers
  });

  it('is left by Escape and by its button, to where it was opened', async () => {
    const { user, pass } = await openBoard();
    await user.keyboard('{Escape}');
    expect(window.location.hash).not.toBe('#/wallboard');
    await goToHash('#/wallboard', pass);
    await user.click(screen.getByRole('button', { name: /^Leave/ }));
    expect(window.location.hash).not.toBe('#/wallboard');
  });
});

describe('the watchdog of the wallboard', () => {
  it('says that nothing arrived for three intervals and since when, and recovers by itself', async () => {
    const { client, pass } = await openBoard();
    const answers = ['engines.totals', 'orchestrator.status', 'vpn.status'] as const;
    for (const name of answers) client.answer(name, () => new Promise<never>(() => {}));
    await pass(11_000);
    expect(banner()).toBeNull();
    await pass(7000);
    expect(banner()?.textContent).toBe('This board stopped updating at 13:03');
    expect(banner()?.nextElementSibling?.textContent).toMatch(/^Nothing has arrived for \d+ s\. It goes on/);
    expect(row('State')).toMatch(/^\?StateUnknown/);
    expect(row('VPN')).toMatch(/^\?VPNUnknown/);
    for (const title of ['Hit rate', 'Alerts', 'Last change']) expect(row(title)).toMatch(/13:03$|yet$/);
    client.answer('vpn.status', () => pollOf(readingOf(vpnOf())));
    client.setLink('lost');
    await pass(1000);
    client.setLink('open');
    await pass(2000);
    expect(banner()).toBeNull();
    expect(row('VPN')).toContain('Connected');
  });

  it('says at once that main is out of reach', async () => {
    const { client, pass } = await openBoard();
    client.setLink('lost');
    await pass(1100);
    expect(banner()).not.toBeNull();
    client.setLink('signed-out');
    await pass(1100);
    expect(banner()?.nextElementSibling?.textContent).toContain('not signed in');
    client.setLink('open');
    await pass(2000);
    expect(banner()).toBeNull();
  });

  it('says so when the computer slept, until something new arrives', async () => {
    const { client, pass } = await openBoard();
    client.answer('vpn.status', () => new Promise<never>(() => {}));
    client.answer('engines.totals', () => new Promise<never>(() => {}));
    client.answer('orchestrator.status', () => new Promise<never>(() => {}));
    vi.setSystemTime(Date.now() + 3_600_000); // timers stood still meanwhile
    await pass(1000);
    expect(banner()?.textContent).toBe('This board stopped updating at 13:03');
    expect(banner()?.nextElementSibling?.textContent).toContain('1 h 00 min');
  });
});

describe('opening a window from the menu', () => {
  async function openMenu(client: ScriptedClient) {
    const page = await openPage(client);
    await page.user.click(screen.getByRole('button', { name: 'Options' }));
    await page.pass(100);
    return page;
  }

  it('asks the desktop app for one, on this page or with the wallboard, and says a refusal', async () => {
    const client = healthyClient().answer('windows.open', ({ route }) => {
      if (route === '#/wallboard') throw new RpcError('conflict', '8 windows are open.');
      return {};
    });
    client.answer('app.info', () => desktopInfo);
    const { user, pass } = await openMenu(client);
    await user.click(screen.getByRole('menuitem', { name: 'New window' }));
    await pass(400);
    await user.click(screen.getByRole('button', { name: 'Options' }));
    await pass(100);
    await user.click(screen.getByRole('menuitem', { name: /^Wallboard/ }));
    await pass(100);
    expect(client.inputsOf('windows.open')).toEqual([{ route: '#/' }, { route: '#/wallboard' }]);
    expect(screen.getAllByText('8 windows are open.').length).toBeGreaterThan(0);
  });

  it('opens a tab in a browser, and asks nobody', async () => {
    const opened: unknown[][] = [];
    const client = healthyClient();
    const { user } = await openMenu(client);
    vi.stubGlobal('open', (...args: unknown[]) => void opened.push(args));
    await user.click(screen.getByRole('menuitem', { name: /^Wallboard/ }));
    expect(opened).toEqual([['#/wallboard', '_blank', 'noopener']]);
    expect(client.inputsOf('windows.open')).toEqual([]);
    expect(within(document.body).queryByRole('menuitem', { name: 'New window' })).toBeNull();
  });
});
