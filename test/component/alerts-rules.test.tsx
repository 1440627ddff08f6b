import { screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertsState } from '../../shared/contract/alerts.ts';
import type { Settings } from '../../shared/contract/settings.ts';
import { defaultAlertRules, defaultAlertTiming } from '../../shared/model/alert-defaults.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { alertsOf, ruleOf } from '../support/alert-world.ts';
import { healthyClient, settingsOf } from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';
import type { ScriptedClient } from '../support/scripted-client.ts';

beforeEach(() => {
  window.location.hash = '';
});
afterEach(() => {
  closePage();
  window.location.hash = '';
});

type Change = Partial<Pick<Settings, 'alertRules' | 'alertTiming'>>;

/** Keeps what it is told and pushes it back, as main does. */
function keeping(client: ScriptedClient, values: Partial<Settings> = {}): ScriptedClient {
  let kept = settingsOf(values);
  return client.push('settings.state', kept).answer('settings.change', (change) => {
    kept = settingsOf({ ...kept.values, ...(change as Partial<Settings>) });
    client.push('settings.state', kept);
    return {};
  });
}

async function openRules(client = keeping(healthyClient()), state: Partial<AlertsState> = {}) {
  client.push('alerts.state', alertsOf(state));
  const page = await openPage(client);
  await goToHash('#/alerts/rules', page.pass);
  return { ...page, client };
}

function changes(client: ScriptedClient): readonly Change[] {
  return client.inputsOf('settings.change') as readonly Change[];
}

function row(title: string): HTMLElement {
  const found = screen.getByRole('switch', { name: title }).closest('tr');
  if (!found) throw new Error(`no row ${title}`);
  return found;
}

describe('a rule', () => {
  it('is switched off at once, with all other rules as they are', async () => {
    const { client, user, pass } = await openRules();
    const toggle = screen.getByRole('switch', { name: 'VPN is down', checked: true });
    await user.click(toggle);
    await pass(50);
    const off = { ...defaultAlertRules['vpn-down'], on: false };
    expect(changes(client)).toEqual([{ alertRules: { ...defaultAlertRules, 'vpn-down': off } }]);
    await pass(150);
    expect(toggle.getAttribute('aria-checked')).toBe('false');
    expect(row('VPN is down').textContent).toContain('Saved');
  });

  it('has its numbers with their units, kept within their limits', async () => {
    const { client, user, pass } = await openRules();
    const polls = screen.getByRole('textbox', { name: 'Stale after (polls), Source is stale' });
    expect(polls).toHaveProperty('value', '6');
    await user.clear(polls);
    await user.type(polls, '1');
    await user.tab();
    await pass(200);
    expect(changes(client).at(-1)?.alertRules?.stale).toEqual({ on: true, forSeconds: 15, polls: 2 });
    expect(polls).toHaveProperty('value', '2');
    const within = screen.getByRole('textbox', { name: 'Within (minutes), Sessions expire soon' });
    await user.clear(within);
    await user.type(within, '90{Enter}');
    await pass(200);
    expect(changes(client).at(-1)?.alertRules?.['session-expiring'].withinMinutes).toBe(90);
    expect(changes(client).at(-1)?.alertRules?.stale.polls).toBe(2);
  });

  it.each([
    ['Fires after (seconds), Backend is not answering', '40', { unreachable: { on: true, forSeconds: 40 } }],
    [
      'Unchanged for (polls), Numbers do not move',
      '30',
      { 'not-moving': { on: true, forSeconds: 0, polls: 30 } },
    ],
    [
      'Below (percent), Hit rate is low',
      '70',
      { 'hit-rate-low': { on: false, forSeconds: 0, percent: 70, lookups: 20 } },
    ],
    [
      'Of at least (lookups), Hit rate is low',
      '100',
      { 'hit-rate-low': { on: false, forSeconds: 0, percent: 50, lookups: 100 } },
    ],
  ])('%s: %s', async (name, typed, changed) => {
    const { client, user, pass } = await openRules();
    const input = screen.getByRole('textbox', { name });
    await user.clear(input);
    await user.type(input, `${typed}{Enter}`);
    await pass(200);
    expect(changes(client).at(-1)).toEqual({ alertRules: { ...defaultAlertRules, ...changed } });
  });

  it('does not take back what was changed just before, and not told yet', async () => {
    const client = healthyClient().answer('settings.change', () => ({}));
    const { user, pass } = await openRules(client);
    const seconds = screen.getByRole('textbox', { name: 'Fires after (seconds), VPN is down' });
    await user.clear(seconds);
    await user.type(seconds, '45');
    await user.click(screen.getByRole('switch', { name: 'VPN is down' })); // leaves the field as well
    await user.click(screen.getByRole('switch', { name: 'VPN emergency mode' }));
    await pass(50);
    expect(changes(client)).toHaveLength(3);
    expect(changes(client).at(-1)?.alertRules).toEqual({
      ...defaultAlertRules,
      'vpn-down': { on: false, forSeconds: 45 },
      'vpn-emergency': { on: false, forSeconds: 0 },
    });
  });

  it('goes back to its defaults, alone', async () => {
    const alertRules = {
      ...defaultAlertRules,
      stale: { on: false, forSeconds: 1, polls: 30 },
      unreachable: { on: true, forSeconds: 60 },
    };
    const { client, user, pass } = await openRules(keeping(healthyClient(), { alertRules }));
    const back = screen.getByRole('button', { name: 'Back to the defaults: Source is stale' });
    expect(back.getAttribute('aria-disabled')).toBe('false');
    await user.click(back);
    await pass(200);
    expect(changes(client)).toEqual([{ alertRules: { ...alertRules, stale: defaultAlertRules.stale } }]);
    expect(back.getAttribute('aria-disabled')).toBe('true');
    await user.click(back);
    await pass(100);
    expect(changes(client)).toHaveLength(1);
  });

  it('says in its row why a change was not kept, and stays as it is', async () => {
    const client = healthyClient().answer('settings.change', () => {
      throw new RpcError('unavailable', 'The disk is full.');
    });
    const { user, pass } = await openRules(client);
    await user.click(screen.getByRole('switch', { name: 'VPN is down' }));
    await pass(200);
    expect(row('VPN is down').textContent).toContain('The disk is full.');
    expect(row('VPN emergency mode').textContent).not.toContain('The disk is full.');
    expect(screen.getByRole('switch', { name: 'VPN is down', checked: true })).toBeTruthy();
    client.answer('settings.change', () => ({}));
    await user.click(screen.getByRole('switch', { name: 'VPN emergency mode' }));
    await pass(50);
    expect(changes(client).at(-1)?.alertRules?.['vpn-down'].on).toBe(true);
  });

  it('tells the sentence in effect and whether its condition holds now', async () => {
    const rules = [
      ruleOf({ key: 'a', title: 'Engine totals are stale', condition: 'false' }),
      ruleOf({ key: 'b', condition: 'true' }),
      ruleOf({
        key: 'c',
        rule: 'vpn-down',
        title: 'VPN is down',
        text: 'Not connected for 30 s.',
        condition: 'unknown',
      }),
      ruleOf({
        key: 'd',
        rule: 'hit-rate-low',
        title: 'Hit rate is low',
        condition: 'not-judged',
        on: false,
      }),
    ];
    await openRules(undefined, { rules });
    const stale = row('Source is stale').textContent;
    expect(stale).toContain('No good load for 30 s (6 polls), and still so 15 s later.');
    expect(stale).toContain('Not met · Engine totals are stale');
    expect(stale).toContain('Met · VPN status is stale');
    expect(row('VPN is down').textContent).toContain('Not connected for 30 s.Unknown: input stale');
    expect(row('Hit rate is low').textContent).toContain('Not judged');
    expect(row('Sessions expire soon').textContent).toContain('Nothing to judge in this profile');
  });

  it('cannot be changed where the environment decides', async () => {
    const client = healthyClient().push(
      'settings.state',
      settingsOf({}, { overridden: [{ name: 'alertRules', variable: 'CACHEDECK_ALERT_RULES' }] }),
    );
    await openRules(client);
    expect(screen.getByText('Set by CACHEDECK_ALERT_RULES')).toBeTruthy();
    expect(screen.getByRole('switch', { name: 'VPN is down' }).getAttribute('aria-disabled')).toBe('true');
    expect(screen.getByRole('textbox', { name: /Stale after/ })).toHaveProperty('disabled', true);
  });

  it('has times of its own while the demo is connected', async () => {
    await openRules(undefined, { demoTimes: true });
    expect(screen.getByText(/The demo is connected, and its own, shorter times apply/)).toBeTruthy();
  });
});

describe('the timing', () => {
  it('is changed number by number and goes back to the defaults', async () => {
    const { client, user, pass } = await openRules();
    const hold = screen.getByRole('textbox', { name: 'Over after' });
    await user.clear(hold);
    await user.type(hold, '20{Enter}');
    await pass(200);
    const reminders = screen.getByRole('textbox', { name: 'Reminders' });
    await user.clear(reminders);
    await user.type(reminders, '50{Enter}');
    await pass(200);
    expect(changes(client)).toEqual([
      { alertTiming: { ...defaultAlertTiming, clearSeconds: 20 } },
      { alertTiming: { ...defaultAlertTiming, clearSeconds: 20, reminders: 20 } },
    ]);
    await user.click(screen.getByRole('button', { name: 'Back to the defaults' }));
    await pass(200);
    expect(changes(client).at(-1)).toEqual({ alertTiming: defaultAlertTiming });
    expect(hold).toHaveProperty('value', '15');
  });
});
