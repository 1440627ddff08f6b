import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertsState } from '../../shared/contract/alerts.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { alertOf, alertsOf, ruleOf } from '../support/alert-world.ts';
import { healthyClient, worldStart } from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';

beforeEach(() => {
  window.location.hash = '';
});
afterEach(() => {
  closePage();
  window.location.hash = '';
});

const vpn = { key: 'demo/vpn-down/x', title: 'VPN is down', since: worldStart - 60_000, until: null };
const stale = { ...vpn, key: 'demo/stale/x', title: 'Engine totals are stale', until: worldStart + 900_500 };

async function openSilences(rest: Partial<AlertsState> = {}) {
  const client = healthyClient()
    .push('alerts.state', alertsOf(rest))
    .answer('alerts.snooze', () => ({ until: null }))
    .answer('alerts.unsnooze', () => ({}));
  const page = await openPage(client);
  await goToHash('#/alerts/silences', page.pass);
  return { ...page, client };
}

describe('silences', () => {
  it('are listed with since and until, and the focus stays when one is ended', async () => {
    const { client, user, pass } = await openSilences({ silences: [vpn, stale] });
    const [, first, second] = within(screen.getByRole('table')).getAllByRole('row');
    expect(first?.textContent).toBe('VPN is down15 Jan 13:02:07it recoversEnd');
    expect(second?.textContent).toBe('Engine totals are stale15 Jan 13:02:0713:18 (15 min)End');
    await user.click(screen.getByRole('button', { name: 'End: VPN is down' }));
    await pass(100);
    expect(client.inputsOf('alerts.unsnooze')).toEqual([{ key: vpn.key }]);
    client.push('alerts.state', alertsOf({ silences: [stale] }));
    await pass(200);
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Silences' }));
  });

  it('say that there are none, and why one could not be ended', async () => {
    const { client, user, pass } = await openSilences();
    expect(screen.getByText(/Nothing is muted/)).toBeTruthy();
    client.push('alerts.state', alertsOf({ silences: [vpn] }));
    client.answer('alerts.unsnooze', () => {
      throw new RpcError('unavailable', 'The disk is full.');
    });
    await pass(200);
    await user.click(screen.getByRole('button', { name: 'End: VPN is down' }));
    await pass(100);
    expect(screen.getByRole('region', { name: 'Silences' }).textContent).toContain('The disk is full.');
  });

  it('can be made for what is on, neither active nor silenced', async () => {
    const { client, user, pass } = await openSilences({
      active: [alertOf({ key: 'firing', since: worldStart })],
      silences: [vpn],
      rules: [
        ruleOf({ key: 'firing', title: 'Firing already' }),
        ruleOf({ key: vpn.key, rule: 'vpn-down', title: 'VPN is down' }),
        ruleOf({ key: 'off', rule: 'hit-rate-low', title: 'Hit rate is low', on: false }),
        ruleOf({ key: 'one', title: 'Engine totals are stale' }),
        ruleOf({ key: 'two', rule: 'not-moving', title: 'Numbers do not move' }),
      ],
    });
    await user.click(screen.getByRole('combobox', { name: 'What' }));
    await pass(100);
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual([
      'Engine totals are staleSource is stale',
      'Numbers do not move',
    ]);
    await user.click(screen.getByRole('option', { name: /Numbers do not move/ }));
    await pass(100);
    await user.click(screen.getByRole('combobox', { name: 'For' }));
    await pass(100);
    await user.click(screen.getByRole('option', { name: 'Until 09:00' }));
    await pass(100);
    await user.click(screen.getByRole('button', { name: 'Silence' }));
    await pass(100);
    expect(client.inputsOf('alerts.snooze')).toEqual([{ key: 'two', until: 'morning' }]);
  });

  it('say when there is nothing left to silence', async () => {
    await openSilences({ rules: [] });
    expect(screen.getByText(/There is nothing else/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Silence' })).toBeNull();
  });

  it('cover all alerts for a time, but not until they recover', async () => {
    const { client, user, pass } = await openSilences();
    const all = within(screen.getByRole('region', { name: 'Snooze all alerts' }));
    expect(all.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
      '15 min',
      '1 h',
      'Until 09:00',
    ]);
    await user.click(all.getByRole('button', { name: '1 h' }));
    await pass(100);
    expect(client.inputsOf('alerts.snooze')).toEqual([{ key: '*', until: '1h' }]);
  });
});
