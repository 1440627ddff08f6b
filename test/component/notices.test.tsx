import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AlertMessage } from '../../shared/contract/alerts.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { messageOf } from '../support/alert-world.ts';
import { healthyClient, profilesOf, worldStart } from '../support/page-world.ts';
import { closePage, openPage } from '../support/render-page.tsx';
import type { ScriptedClient } from '../support/scripted-client.ts';

let focused = true;

beforeEach(() => {
  focused = true;
  vi.spyOn(document, 'hasFocus').mockImplementation(() => focused);
});
afterEach(() => {
  closePage();
  vi.restoreAllMocks();
  window.location.hash = '';
});

const old = messageOf({ id: 1, at: worldStart - 60_000, title: 'Old news', tag: 'old' });
const stale = messageOf({ id: 2, at: worldStart, tag: 'demo/stale/vpn:status' });
const recovered: AlertMessage = messageOf({
  id: 3,
  at: worldStart + 60_000,
  kind: 'recovered',
  severity: 'info',
  title: 'VPN status is live again',
  body: 'Was stale for 1 min 40 s.',
  tag: 'demo/stale/vpn:status',
});

/** The page with one message of before, and those that then come. */
async function openWith(...news: AlertMessage[]) {
  const client = healthyClient().push('alerts.messages', [old]);
  const page = await openPage(client);
  await come(client, page.pass, old, ...news);
  return { ...page, client };
}

async function come(
  client: ScriptedClient,
  pass: (ms: number) => Promise<void>,
  ...all: AlertMessage[]
): Promise<void> {
  client.push('alerts.messages', all);
  await pass(200);
}

function toasts(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('.toast')];
}

function titles(): (string | null | undefined)[] {
  return toasts().map((toast) => toast.querySelector('.toast-title')?.textContent);
}

describe('a toast', () => {
  it('tells what is new since the page opened, once, with its severity in words', async () => {
    const { client, pass } = await openWith(stale);
    expect(titles()).toEqual(['VPN status is stale']);
    expect(toasts()[0]?.textContent).toContain('Attention');
    expect(toasts()[0]?.textContent).toContain('Last good value 50 s ago');
    expect(toasts()[0]?.textContent).toContain('13:03:07'); // what was 50 s ago then
    await come(client, pass, old, { ...stale, outcome: null });
    expect(titles()).toEqual(['VPN status is stale']);
  });

  it('gives way to a newer one of the same alert', async () => {
    const { client, pass } = await openWith(stale);
    await come(client, pass, old, stale, recovered);
    expect(titles()).toEqual(['VPN status is live again']);
    expect(toasts()[0]?.textContent).toContain('Info');
    expect(screen.queryByRole('button', { name: 'Snooze 1 h' })).toBeNull();
  });

  it('opens the page it is about', async () => {
    const { user } = await openWith(stale);
    await user.click(screen.getByRole('button', { name: 'Open' }));
    expect(window.location.hash).toBe('#/alerts');
  });

  it('snoozes every alert it is about for an hour, and says until when', async () => {
    const { client, user, pass } = await openWith({ ...stale, keys: ['a', 'b'] });
    client.answer('alerts.snooze', () => ({ until: worldStart + 3_600_000 }));
    await user.click(screen.getByRole('button', { name: 'Snooze 1 h' }));
    await pass(200);
    expect(client.inputsOf('alerts.snooze')).toEqual([
      { key: 'a', until: '1h' },
      { key: 'b', until: '1h' },
    ]);
    expect(titles()).toContain('Snoozed until 14:03');
  });

  it('says why it could not be snoozed', async () => {
    const { client, user, pass } = await openWith(stale);
    client.answer('alerts.snooze', () => {
      throw new RpcError('unavailable', 'The disk is full.');
    });
    await user.click(screen.getByRole('button', { name: 'Snooze 1 h' }));
    await pass(200);
    expect(screen.getAllByText('The disk is full.').length).toBeGreaterThan(0);
  });

  it.each([
    ['that nobody looks at', false, 'toast'],
    ['where the system tells it', true, 'system'],
    ['where nothing tells it', true, 'none'],
  ] as const)('is not shown in a page %s', async (_, looked, way) => {
    focused = looked;
    await openWith({ ...stale, way });
    expect(titles()).toEqual([]);
    expect(screen.getByRole('button', { name: 'Notices, 1 unread' })).toBeTruthy();
  });

  it('goes by itself, later where it asks for a decision', async () => {
    const { client, pass } = await openWith(stale);
    await come(client, pass, old, stale, { ...recovered, tag: 'another' });
    await pass(11_000);
    expect(titles()).toEqual(['VPN status is stale']);
    await pass(10_000);
    expect(titles()).toEqual([]);
  });

  it('tells the last three of many that came while main was away', async () => {
    const many = Array.from({ length: 8 }, (_, n) =>
      messageOf({ id: n + 10, at: worldStart + n, title: `News ${n}`, tag: `tag ${n}` }),
    );
    await openWith(...many);
    expect(titles()).toEqual(['News 7', 'News 6', 'News 5']);
    expect(screen.getByRole('button', { name: 'Notices, 8 unread' })).toBeTruthy();
  });

  it('tells of an app that was started anew, though it counts from the start', async () => {
    const { client, pass } = await openWith();
    await come(client, pass, { ...stale, id: 1, at: worldStart + 120_000 });
    expect(titles()).toEqual(['VPN status is stale']);
  });
});

describe('the bell', () => {
  async function openBell(...news: AlertMessage[]) {
    const page = await openWith(...news);
    await page.user.click(screen.getByRole('button', { name: /^Notices/ }));
    await page.pass(100);
    return { ...page, bell: screen.getByRole('dialog', { name: 'Notices' }) };
  }

  it('lists all messages, newest first, and how each was told', async () => {
    const { bell } = await openBell(
      { ...stale, way: 'system', outcome: 'no-permission' },
      { ...recovered, way: 'none', why: 'System notifications are switched off.' },
    );
    const items = within(bell)
      .getAllByRole('listitem')
      .map((item) => item.textContent);
    expect(items[0]).toContain('VPN status is live again');
    expect(items[0]).toContain('Not shown. System notifications are switched off.');
    expect(items[1]).toContain('Attention');
    expect(items[1]).toContain('13:03:07');
    expect(items[1]).toContain('Not shown: this browser is not allowed to.');
    expect(items[2]).toContain('Old news');
    expect(items[2]).toContain('Shown in the window.');
  });

  it('counts what is unread until it is opened, also across a change of profile', async () => {
    const { client, user, pass } = await openWith(stale, recovered);
    expect(screen.getByRole('button', { name: 'Notices, 2 unread' })).toBeTruthy();
    client.push('profiles.state', profilesOf({ generation: 2 }));
    await pass(300);
    expect(titles()).toEqual(['VPN status is live again']);
    await user.click(screen.getByRole('button', { name: 'Notices, 2 unread' }));
    await pass(100);
    expect(screen.queryByRole('button', { name: /unread/ })).toBeNull();
    expect(titles()).toEqual([]);
  });

  it('leads to the Alerts page and closes', async () => {
    const { user, pass, bell } = await openBell(stale);
    await user.click(within(bell).getByRole('link', { name: 'Open Alerts' }));
    await pass(200);
    expect(window.location.hash).toBe('#/alerts');
    expect(screen.queryByRole('dialog', { name: 'Notices' })).toBeNull();
  });

  it('says so where nothing was told', async () => {
    const client = healthyClient();
    const { user, pass } = await openPage(client);
    await user.click(screen.getByRole('button', { name: 'Notices' }));
    await pass(100);
    expect(screen.getByText('Nothing was told since Cachedeck started.')).toBeTruthy();
  });
});
