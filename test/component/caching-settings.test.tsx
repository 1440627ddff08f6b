import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RpcError } from '../../shared/rpc/wire.ts';
import { defaultSettings } from '../../electron/core/settings/values.ts';
import { browserInfo, healthyClient, settingsOf } from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';
import { adaptiveTtlOf, tuningOf } from '../support/tuning-world.ts';

beforeEach(() => {
  window.location.hash = '#/settings';
});
afterEach(() => {
  closePage();
  window.location.hash = '';
});

async function openSettings(client = healthyClient()) {
  client.answer('settings.change', () => ({}));
  const page = await openPage(client);
  await vi.dynamicImportSettled();
  await page.pass(300);
  return { ...page, client };
}

const { warming } = defaultSettings;
const resources = (): HTMLElement => screen.getByRole('group', { name: 'Resources to warm' });
const rowOf = (title: string): HTMLElement => screen.getByRole('group', { name: `Adaptive TTL: ${title}` });
const bound = (title: string, name: 'Least' | 'Most'): HTMLInputElement =>
  within(rowOf(title)).getByRole('textbox', { name });

describe('warming', () => {
  it('is switched, and resources are chosen by their titles, in one order and each from the one before', async () => {
    const { client, user, pass } = await openSettings();
    const boxes = within(resources()).getAllByRole('checkbox');
    expect(boxes).toHaveLength(9);
    expect(boxes.filter((box) => box.getAttribute('aria-checked') === 'true')).toHaveLength(3);
    await user.click(within(resources()).getByRole('checkbox', { name: 'Workstation list' }));
    await user.click(within(resources()).getByRole('checkbox', { name: 'Engine list' }));
    await user.click(within(resources()).getByRole('checkbox', { name: 'Engine totals' }));
    await pass(50);
    expect(client.inputsOf('settings.change')).toEqual([
      { warming: { ...warming, resources: [...warming.resources, 'workstations_list'] } },
      { warming: { ...warming, resources: [...warming.resources, 'engines:list', 'workstations_list'] } },
      {
        warming: {
          ...warming,
          resources: ['orchestrator:status', 'vpn:status', 'engines:list', 'workstations_list'],
        },
      },
    ]);
  });

  it('that is off keeps what was chosen, and nothing of it can be changed', async () => {
    const client = healthyClient().push('settings.state', settingsOf({ warming: { ...warming, on: false } }));
    const { user, pass } = await openSettings(client);
    const box = within(resources()).getByRole('checkbox', { name: 'VPN status' });
    expect(box.getAttribute('aria-checked')).toBe('true');
    await user.click(box);
    await user.click(screen.getByRole('switch', { name: 'Warm sessions' }));
    expect(client.inputsOf('settings.change')).toEqual([]);
    expect(screen.getByText('Warming is off')).toBeTruthy();
    await user.click(screen.getByRole('switch', { name: 'Warming' }));
    await pass(50);
    expect(client.inputsOf('settings.change')).toEqual([{ warming }]);
  });

  it('is reached and chosen by keyboard', async () => {
    const { client, user, pass } = await openSettings();
    screen.getByRole('switch', { name: 'Warming' }).focus();
    await user.tab();
    expect(document.activeElement).toBe(within(resources()).getByRole('checkbox', { name: 'Engine totals' }));
    await user.keyboard(' ');
    await pass(50);
    expect(client.inputsOf('settings.change')).toEqual([
      { warming: { ...warming, resources: ['orchestrator:status', 'vpn:status'] } },
    ]);
  });

  it('that the environment decides is named and cannot be changed', async () => {
    const client = healthyClient().push(
      'settings.state',
      settingsOf({}, { overridden: [{ name: 'warming', variable: 'CACHEDECK_WARMING' }] }),
    );
    const { user } = await openSettings(client);
    expect(screen.getAllByText('Set by CACHEDECK_WARMING').length).toBeGreaterThan(0);
    await user.click(within(resources()).getByRole('checkbox', { name: 'VPN status' }));
    expect(client.inputsOf('settings.change')).toEqual([]);
  });
});

describe('an adaptive TTL', () => {
  it('says what counts now and why, and is asked anew while the page is open', async () => {
    let ttl = 14_000;
    const client = healthyClient().answer('tuning.state', () =>
      tuningOf(Date.now(), {
        adaptive: [adaptiveTtlOf({ ttl, reason: `${ttl / 1000} s: unchanged for 12 min on average.` })],
      }),
    );
    const { pass } = await openSettings(client);
    expect(within(rowOf('VPN status')).getByText('Now 14 s: unchanged for 12 min on average.')).toBeTruthy();
    ttl = 15_000;
    await pass(5500);
    expect(within(rowOf('VPN status')).getByText('Now 15 s: unchanged for 12 min on average.')).toBeTruthy();
  });

  it('begins with the configured TTL as its least', async () => {
    const { client, user, pass } = await openSettings();
    expect(bound('Engine totals', 'Least').disabled).toBe(true);
    expect(bound('Engine totals', 'Least').value).toBe('3');
    await user.click(within(rowOf('Engine totals')).getByRole('switch', { name: 'Adapts' }));
    await pass(50);
    expect(client.inputsOf('settings.change')).toEqual([
      { adaptiveTtl: { 'stats:total': { on: true, minSeconds: 3, maxSeconds: 30 } } },
    ]);
    expect(within(rowOf('Engine totals')).getByText('Saved')).toBeTruthy();
    expect(within(rowOf('VPN status')).queryByText('Saved')).toBeNull();
    expect(bound('Engine totals', 'Least').disabled).toBe(false); // before main has told
    await user.click(within(rowOf('VPN status')).getByRole('switch', { name: 'Adapts' }));
    await pass(50);
    expect(client.inputsOf('settings.change').at(-1)).toEqual({
      adaptiveTtl: {
        'stats:total': { on: true, minSeconds: 3, maxSeconds: 30 },
        'vpn:status': { on: true, minSeconds: 3, maxSeconds: 30 },
      },
    });
  });

  it('whose least is above its most says so and is not kept until it fits', async () => {
    const bounds = { on: true, minSeconds: 3, maxSeconds: 15 };
    const client = healthyClient().push(
      'settings.state',
      settingsOf({ adaptiveTtl: { 'vpn:status': bounds } }),
    );
    const { user, pass } = await openSettings(client);
    const least = bound('VPN status', 'Least');
    await user.clear(least);
    await user.type(least, '20{Enter}');
    await pass(50);
    expect(within(rowOf('VPN status')).getByRole('alert').textContent).toContain(
      'Least 20 s is above most 15 s: not saved.',
    );
    expect(client.inputsOf('settings.change')).toEqual([]);
    expect(least.value).toBe('20');
    expect(least.getAttribute('aria-invalid')).toBe('true');
    const most = bound('VPN status', 'Most');
    await user.clear(most);
    await user.type(most, '25{Enter}');
    await pass(50);
    expect(client.inputsOf('settings.change')).toEqual([
      { adaptiveTtl: { 'vpn:status': { on: true, minSeconds: 20, maxSeconds: 25 } } },
    ]);
    expect(within(rowOf('VPN status')).queryByRole('alert')).toBeNull();
    expect([least.value, most.value]).toEqual(['20', '25']);
  });

  it('that could not be kept is as before, with the reason', async () => {
    const client = healthyClient();
    const { user, pass } = await openSettings(client);
    client.answer('settings.change', () => {
      throw new RpcError('unavailable', 'The disk is full.');
    });
    const toggle = within(rowOf('VPN status')).getByRole('switch', { name: 'Adapts' });
    await user.click(toggle);
    await pass(50);
    expect(toggle.getAttribute('aria-checked')).toBe('false');
    expect(within(rowOf('VPN status')).getByText('The disk is full.')).toBeTruthy();
  });

  it('whose state cannot be read says so; its setting can be changed all the same', async () => {
    const client = healthyClient().answer('tuning.state', () => {
      throw new RpcError('internal', 'Something broke.');
    });
    const { user, pass } = await openSettings(client);
    expect(screen.getByText(/What counts now could not be read: Something broke\./)).toBeTruthy();
    expect(within(rowOf('VPN status')).getByText('Not known now.')).toBeTruthy();
    await user.click(within(rowOf('Orchestrator status')).getByRole('switch', { name: 'Adapts' }));
    await pass(50);
    expect(client.inputsOf('settings.change')).toEqual([
      { adaptiveTtl: { 'orchestrator:status': { on: true, minSeconds: 2, maxSeconds: 30 } } },
    ]);
  });
});

it('a viewer sees both and can change neither', async () => {
  const client = healthyClient().answer('app.info', () => ({ ...browserInfo, role: 'viewer' as const }));
  const { user } = await openSettings(client);
  await user.click(within(rowOf('VPN status')).getByRole('switch', { name: 'Adapts' }));
  await user.click(within(resources()).getByRole('checkbox', { name: 'VPN status' }));
  await user.click(screen.getByRole('switch', { name: 'Warming' }));
  expect(client.inputsOf('settings.change')).toEqual([]);
});

it('a link of another page leads to the section', async () => {
  const scrolled = vi.fn<() => void>();
  Element.prototype.scrollIntoView = scrolled;
  window.location.hash = '#/cache';
  const { pass } = await openPage(healthyClient());
  await goToHash('#/settings/caching', pass);
  expect(document.activeElement?.textContent).toBe('Caching');
  expect(scrolled).toHaveBeenCalled();
});
