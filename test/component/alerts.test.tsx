import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Alert, AlertsState } from '../../shared/contract/alerts.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { alertOf, alertsOf, recordOf, ruleOf } from '../support/alert-world.ts';
import { healthyClient, pollingOf, settingsOf, worldStart } from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';

beforeEach(() => {
  window.location.hash = '';
});
afterEach(() => {
  closePage();
  window.location.hash = '';
});

const silence = { title: 'VPN status is stale', since: worldStart, until: worldStart + 900_000 };

function clientWith(rest: Partial<AlertsState> = {}) {
  return healthyClient()
    .push('alerts.state', alertsOf(rest))
    .answer('alerts.history', () => ({ records: [], more: false }));
}

async function openAlerts(client = clientWith(), hash = '#/alerts') {
  const page = await openPage(client);
  await goToHash(hash, page.pass);
  return { ...page, client };
}

function items(): readonly HTMLElement[] {
  return within(screen.getByRole('region', { name: 'Active alerts' })).getAllByRole('listitem');
}

describe('the tabs of the Alerts page', () => {
  it('are named by the address and count what they hold', async () => {
    const client = clientWith({
      active: [alertOf({ since: worldStart }), alertOf({ key: 'b', since: worldStart })],
      rules: [ruleOf(), ruleOf({ key: 'x', rule: 'hit-rate-low', on: false })],
      silences: [{ key: 'b', ...silence }],
    });
    const { pass } = await openAlerts(client);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Alerts');
    expect(screen.getAllByRole('tab').map(({ textContent }) => textContent)).toEqual([
      'Active 2',
      'History ',
      'Rules 1',
      'Silences 1',
    ]);
    expect(screen.getByRole('tab', { name: 'Active 2', selected: true })).toBeTruthy();
    await goToHash('#/alerts/silences', pass);
    expect(screen.getByRole('tab', { name: 'Silences 1', selected: true })).toBeTruthy();
    await goToHash('#/alerts/nothing-like-it', pass);
    expect(screen.getByRole('tab', { name: 'Active 2', selected: true })).toBeTruthy();
  });

  it('are gone to by keys: 7, then arrows and Enter', async () => {
    const { user, pass } = await openPage(clientWith());
    await user.keyboard('7');
    expect(window.location.hash).toBe('#/alerts');
    await goToHash('#/alerts', pass);
    screen.getByRole('tab', { name: /Active/ }).focus();
    await user.keyboard('{ArrowRight}{ArrowRight}');
    await pass(50);
    expect(document.activeElement).toBe(screen.getByRole('tab', { name: /Rules/ }));
    expect(window.location.hash).toBe('#/alerts');
    await user.keyboard('{Enter}');
    await goToHash(window.location.hash, pass);
    expect(window.location.hash).toBe('#/alerts/rules');
    expect(screen.getByRole('tabpanel', { name: /Rules/ })).toBeTruthy();
  });
});

describe('an active alert', () => {
  it('says how bad, what, where it is, since when and what comes next, and counts on', async () => {
    const alert = alertOf({
      severity: 'bad',
      state: 'pending',
      since: worldStart - 20_000,
      next: { what: 'fires', at: worldStart + 40_000 },
    });
    const { pass, user } = await openAlerts(clientWith({ active: [alert] }));
    const [item] = items();
    expect(item?.textContent).toContain('Serious');
    expect(item?.textContent).toContain('Last 4 tries failed: timeout.');
    expect(item?.textContent).toMatch(/Pending for 20 sfires in 40 s unless it recovers/);
    await pass(5000);
    expect(item?.textContent).toMatch(/Pending for 25 sfires in 35 s unless it recovers/);
    await user.hover(within(item ?? document.body).getByRole('button', { name: /^for 2/ }));
    await pass(500);
    expect(document.querySelector('.tooltip')?.textContent).toBe('Since Thu 15 Jan 2026 13:02:47 UTC');
  });

  it('is not said to recover for as long as it fired', async () => {
    const next = { what: 'recovers', at: worldStart + 9000 } as const;
    const alert = alertOf({ state: 'recovering', since: worldStart - 80_000, next });
    await openAlerts(clientWith({ active: [alert] }));
    expect(items()[0]?.textContent).toMatch(/Recovering after 80 sover in 9 s if it stays good/);
  });

  it('names what holds it back and until when', async () => {
    const heldBy: Alert['heldBy'] = [
      { by: 'inhibited', until: null, text: 'Told with “Orchestrator is not answering”.' },
      { by: 'snoozed', until: worldStart + 900_500, text: 'Snoozed until 13:18' },
    ];
    await openAlerts(clientWith({ active: [alertOf({ since: worldStart, heldBy })] }));
    const held = [...document.querySelectorAll('.alert-held')].map(({ textContent }) => textContent);
    expect(held).toEqual(['Told with “Orchestrator is not answering”.', 'Snoozed until 13:18 · 15 min left']);
  });

  it('counts nothing down while main cannot be reached', async () => {
    const client = clientWith({
      active: [alertOf({ since: worldStart, next: { what: 'reminds', at: worldStart + 60_000 } })],
    });
    const { pass } = await openAlerts(client);
    expect(items()[0]?.textContent).toContain('reminder 1 of 5 in');
    client.setLink('lost');
    await pass(200);
    expect(items()[0]?.textContent).not.toContain('reminder');
  });

  it('of another profile stands apart, frozen, and cannot be snoozed', async () => {
    const frozen = alertOf({
      key: 'lab/stale/vpn:status',
      profile: 'Lab',
      since: worldStart - 60_000,
      next: null,
      heldBy: [{ by: 'not-watched', until: null, text: 'Its profile is not connected.' }],
    });
    await openAlerts(clientWith({ active: [frozen] }));
    expect(screen.getByRole('tab', { name: 'Active 0' })).toBeTruthy();
    expect(screen.getByText(/Nothing is firing/)).toBeTruthy();
    const group = within(screen.getByRole('region', { name: 'Not watched now: profile Lab' }));
    expect(group.getByRole('listitem').textContent).toContain('since 15 Jan 13:02:07');
    expect(group.queryByRole('button', { name: /^Snooze/ })).toBeNull();
  });
});

describe('snoozing an alert', () => {
  it('is chosen from a menu, shown once main says so, and ended by the button in its place', async () => {
    const alert = alertOf({ since: worldStart });
    const client = clientWith({ active: [alert] })
      .answer('alerts.snooze', () => ({ until: null }))
      .answer('alerts.unsnooze', () => ({}));
    const { user, pass } = await openAlerts(client);
    await user.click(screen.getByRole('button', { name: 'Snooze: VPN status is stale' }));
    await pass(100);
    expect(screen.getAllByRole('menuitem').map(({ textContent }) => textContent)).toEqual([
      '15 min',
      '1 h',
      'Until 09:00',
      'Until it recovers',
    ]);
    await user.click(screen.getByRole('menuitem', { name: 'Until it recovers' }));
    await pass(200);
    expect(client.inputsOf('alerts.snooze')).toEqual([{ key: alert.key, until: 'recovered' }]);
    client.push('alerts.state', alertsOf({ active: [alert], silences: [{ key: alert.key, ...silence }] }));
    await pass(200);
    const end = screen.getByRole('button', { name: 'End snooze: VPN status is stale' });
    expect(document.activeElement).toBe(end);
    await user.click(end);
    await pass(100);
    expect(client.inputsOf('alerts.unsnooze')).toEqual([{ key: alert.key }]);
    client.push('alerts.state', alertsOf({ active: [alert] }));
    await pass(200);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Snooze: VPN status is stale' }));
  });

  it('says in place why it was not done', async () => {
    const client = clientWith({ active: [alertOf({ since: worldStart })] }).answer('alerts.snooze', () => {
      throw new RpcError('conflict', 'This alert is over.');
    });
    const { user, pass } = await openAlerts(client);
    await user.click(screen.getByRole('button', { name: /^Snooze:/ }));
    await pass(100);
    await user.click(screen.getByRole('menuitem', { name: '1 h' }));
    await pass(100);
    expect(items()[0]?.textContent).toContain('This alert is over.');
  });
});

describe('when nothing is active', () => {
  it('says what is watched and when the last alert was', async () => {
    const rules = ['a', 'b'].map((key) => ruleOf({ key }));
    const client = clientWith({ rules: [...rules, ruleOf({ key: 'c', rule: 'vpn-down' })] });
    client.answer('alerts.history', () => ({
      records: [
        recordOf({ id: 3, kind: 'resolved', at: worldStart }),
        recordOf({ id: 2, kind: 'fired', at: worldStart - 60_000 }),
      ],
      more: false,
    }));
    await openAlerts(client);
    const calm = screen.getByRole('region', { name: 'Active alerts' }).textContent;
    expect(calm).toContain('Nothing is firing. Watching 2 sources and 1 rule.');
    expect(calm).toContain('Last alert: VPN status is stale, 15 Jan 13:02:07.');
  });

  it('says whose the last one was where it was another profile’s', async () => {
    const fired = recordOf({ kind: 'fired', at: worldStart - 60_000, profile: 'Lab' });
    const client = clientWith().answer('alerts.history', () => ({ records: [fired], more: false }));
    await openAlerts(client);
    expect(screen.getByRole('region', { name: 'Active alerts' }).textContent).toContain(
      'Last alert in profile Lab: VPN status is stale, 15 Jan 13:02:07.',
    );
  });

  it('says that none has ever fired, but claims nothing of a history that cannot be read', async () => {
    await openAlerts();
    expect(screen.getByText('No alert has fired yet.')).toBeTruthy();
    closePage();
    const broken = clientWith().answer('alerts.history', () => {
      throw new RpcError('unavailable', 'The history cannot be read.');
    });
    await openAlerts(broken);
    expect(screen.getByText(/Nothing is firing/)).toBeTruthy();
    expect(screen.queryByText('No alert has fired yet.')).toBeNull();
  });
});

describe('the line above the tabs', () => {
  const standing = (): string => document.querySelector('.alerts-standing')?.textContent ?? '';

  it('says how alerts are told, and what holds all of them back', async () => {
    const { client, pass } = await openAlerts();
    expect(standing()).toBe('Alerts are told in the window while you look at it, otherwise by the system.');
    client.push('settings.state', settingsOf({ systemNotifications: false }));
    await pass(200);
    expect(standing()).toContain('notifications of the system are switched off');
    client.push('alerts.state', alertsOf({ quietUntil: Date.now() + 7_200_500, held: 2 }));
    await pass(200);
    expect(standing()).toBe('Quiet hours until 15:03 (2 h 00 min). 2 messages wait for their end.');
    client.push('alerts.state', alertsOf({ held: 1 }));
    await pass(200);
    expect(standing()).toBe('1 message waits for the next digest.');
    client.push(
      'alerts.state',
      alertsOf({
        silences: [{ key: '*', title: 'All alerts', since: worldStart, until: Date.now() + 900_500 }],
      }),
    );
    await pass(200);
    expect(standing()).toBe('All alerts are snoozed until 13:18 (15 min).');
  });

  it('says that nothing is judged while polling is paused, and claims no calm', async () => {
    const polling = pollingOf({ paused: true, pausedUntil: worldStart + 900_500 });
    await openAlerts(clientWith().push('polling.state', polling));
    expect(standing()).toBe('Polling is paused until 13:18 (15 min): nothing is judged.');
    const active = screen.getByRole('region', { name: 'Active alerts' });
    expect(active.textContent).toContain('Polling is paused. Nothing is judged until it goes on.');
    expect(active.textContent).not.toContain('Nothing is firing');
  });

  it('says that the demo alerts early', async () => {
    await openAlerts(clientWith({ demoTimes: true }));
    expect(standing()).toContain('Demo: alerts fire after about 10 s');
  });
});

describe('alerts on the Overview', () => {
  const panel = () => within(screen.getByRole('region', { name: 'Active alerts' }));

  it('are at most five lines, with the way to the rest', async () => {
    const active = Array.from({ length: 7 }, (_, n) =>
      alertOf({ key: `k${n}`, title: `Alert ${n}`, since: worldStart - 60_000 }),
    );
    const { pass } = await openPage(clientWith({ active, firing: 7 }));
    const lines = panel().getAllByRole('listitem');
    expect(lines).toHaveLength(5);
    expect(lines[0]?.textContent).toBe('AttentionAlert 0Firing60 s');
    expect(lines[4]?.textContent).toBe('and 3 more');
    expect(panel().getByRole('link', { name: 'All alerts' }).getAttribute('href')).toBe('#/alerts');
    await pass(3000);
    expect(panel().getAllByRole('listitem')[0]?.textContent).toBe('AttentionAlert 0Firing63 s');
  });

  it('are none in one calm line', async () => {
    await openPage(clientWith());
    expect(panel().getByText('Nothing is firing. Watching 1 source.')).toBeTruthy();
  });

  it('are unknown while polling is paused', async () => {
    await openPage(clientWith().push('polling.state', pollingOf({ paused: true })));
    expect(panel().getByText('Polling is paused. Nothing is judged until it goes on.')).toBeTruthy();
  });

  it('count down in their tile to what is told first, and say where the times are the demo’s', async () => {
    const next = { what: 'fires', at: worldStart + 12_000 } as const;
    const later = { what: 'announces', at: worldStart + 15_000 } as const;
    const active = [
      alertOf({ since: worldStart, next: later }),
      alertOf({ key: 'b', state: 'pending', since: worldStart, next }),
    ];
    const client = clientWith({ active, firing: 1, demoTimes: true });
    const { pass } = await openPage(client);
    const tiles = screen.getByRole('region', { name: 'Key figures' });
    expect(tiles.textContent).toContain('Firing alerts11 pending · fires in 12 s');
    await pass(3000);
    expect(tiles.textContent).toContain('1 pending · fires in 9 s');
    client.push('alerts.state', alertsOf({ demoTimes: true }));
    await pass(100);
    expect(tiles.textContent).toContain('none pending · demo times');
  });

  it('are counted in a tile, with what is pending beside', async () => {
    const active = [
      alertOf({ since: worldStart }),
      alertOf({ key: 'b', state: 'pending', since: worldStart }),
    ];
    const { pass } = await openPage(clientWith({ active, firing: 1 }));
    const tiles = screen.getByRole('region', { name: 'Key figures' });
    expect(tiles.textContent).toContain('Firing alerts11 pending');
    await pass(100);
    closePage();
    await openPage(healthyClient().forget('alerts.state'));
    expect(screen.getByRole('region', { name: 'Key figures' }).textContent).toContain(
      'Firing alerts—not loaded yet',
    );
  });
});
