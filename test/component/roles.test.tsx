import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { entryNames } from '../../shared/contract/index.ts';
import { pageRoutes, wallboardRoute } from '../../shared/model/pages.ts';
import { covers } from '../../shared/model/roles.ts';
import type { Role } from '../../shared/model/roles.ts';
import { settle } from '../support/export-page.ts';
import { healthyClient } from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';
import type { Page } from '../support/render-page.tsx';
import { busyWorld } from '../support/role-world.ts';
import type { ScriptedClient } from '../support/scripted-client.ts';

const roleOf = new Map(entryNames.map(({ name, role }) => [name, role]));

let page: Page;
beforeEach(() => {
  vi.stubGlobal('open', () => null);
  Element.prototype.scrollIntoView = () => {};
});
afterEach(() => {
  closePage();
  window.location.hash = '';
});

/** The names of calls that were made and need more than `role`. */
function beyond(client: ScriptedClient, role: Role): string[] {
  const names = client.asked.map(({ name }) => name);
  return [...new Set(names)].filter((name) => !covers(role, roleOf.get(name) ?? 'admin'));
}

const popup = '[role="menu"], [role="listbox"], [role="dialog"], [role="alertdialog"]';
const pressable = [
  'button',
  'tbody tr',
  ...['switch', 'menuitem', 'menuitemradio', 'menuitemcheckbox', 'option', 'checkbox', 'radio'].map(
    (role) => `[role="${role}"]`,
  ),
  'input[type="checkbox"]',
  'input[type="radio"]',
].join(', ');
/** They only take away what is to be pressed. Export writes files and asks main for nothing. */
const last = /^(Close|Cancel|Keep|Done|Stay|Export)/;

function nameOf(element: Element): string {
  const labels = (element.getAttribute('aria-labelledby') ?? '').split(' ');
  const label = labels.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
  return element.getAttribute('aria-label') ?? `${label} ${element.textContent}`.trim();
}

function isEnabled(element: Element): boolean {
  return (
    element.closest('fieldset[disabled]') === null &&
    !element.hasAttribute('disabled') &&
    element.getAttribute('aria-disabled') !== 'true' &&
    !element.hasAttribute('data-disabled')
  );
}

interface Pressable {
  readonly element: Element;
  readonly id: string;
  readonly rank: number;
}

/** What can still be pressed: what has opened before what is behind it, what closes it and what leads on last. */
function pressables(pressed: ReadonlySet<string>): readonly Pressable[] {
  const found = [...document.querySelectorAll(pressable)].filter(isEnabled).flatMap((element) => {
    const name = nameOf(element);
    const role = element.getAttribute('role') ?? '';
    const place = element.closest('main') ? window.location.hash : '';
    const id = `${place} ${element.tagName} ${role} ${name}`;
    const rank = (element.closest(popup) ? 0 : 2) + (last.test(name) ? 1 : 0) + (role === 'tab' ? 2 : 0);
    return pressed.has(id) || (rank > 1 && name.startsWith('Export')) ? [] : [{ element, id, rank }];
  });
  return found.toSorted((a, b) => a.rank - b.rank);
}

/** Presses as a pointer does; what wants to be held is held. */
async function press(element: Element): Promise<void> {
  fireEvent.pointerDown(element, { button: 0, pointerType: 'mouse' });
  fireEvent.mouseDown(element, { button: 0 });
  if (element.classList.contains('hold')) await page.pass(1300);
  fireEvent.pointerUp(element, { button: 0, pointerType: 'mouse' });
  fireEvent.mouseUp(element, { button: 0 });
  fireEvent.click(element, { button: 0 });
  await page.pass(60);
}

/** What wants more than presses: a file, a choice from a list, a form that is right, an update that has come. */
const unreached = [
  'portal.chooseEngagement',
  'portal.signIn',
  'profiles.export',
  'profiles.import',
  'profiles.save',
  'sessions.refreshField',
  'updates.install',
];

/** Types into what is empty, so that forms can be sent. */
function fill(): void {
  const empty = 'form input:not([type]), form input[type="text"], form input[type="password"], form textarea';
  for (const input of document.querySelectorAll<HTMLInputElement>(empty)) {
    const held = input.closest('fieldset[disabled]') !== null || input.disabled || input.readOnly;
    if (!held && input.value === '') fireEvent.change(input, { target: { value: 'typed-text' } });
  }
}

/** Presses everything there is on a page, in its tabs, menus and dialogs, once. Returns how much that was. */
async function pressEverything(hash: string): Promise<number> {
  const pressed = new Set<string>();
  let opener: string | null = null;
  let count = 0;
  for (let left = pressables(pressed); left[0] && count < 500; left = pressables(pressed)) {
    const [{ element, id, rank }] = left as [Pressable];
    const before = window.location.hash;
    const wasOpen = document.querySelector(popup) !== null;
    count += 1;
    pressed.add(id);
    fill();
    await press(element);
    const isOpen = document.querySelector(popup) !== null;
    if (isOpen && !wasOpen) opener = id;
    // A choice closes its menu: it is opened again for the next one.
    const more = left.filter((one) => one.rank === 0).length > 1;
    if (rank === 0 && wasOpen && !isOpen && more && opener !== null) pressed.delete(opener);
    // A tab is a part of the page; from elsewhere the way leads back.
    const { hash: now } = window.location;
    if (now !== before) await goToHash(now.startsWith(hash) ? now : hash, page.pass);
  }
  return count;
}

describe.each(['viewer', 'operator'] as const)('a %s', (role) => {
  it.each(pageRoutes)('finds nothing on %s that leads to a refusal', { timeout: 120_000 }, async (hash) => {
    const client = busyWorld(role);
    page = await openPage(client);
    await goToHash(hash, page.pass);
    await settle(page.pass);
    const pressed = await pressEverything(hash);
    expect(pressed).toBeGreaterThan(hash === '#/wallboard' ? 0 : 10);
    expect(beyond(client, role)).toEqual([]);
  });
});

describe('an admin', () => {
  it.each(pageRoutes)('finds nothing on %s that is held back', { timeout: 120_000 }, async (hash) => {
    const client = busyWorld('admin');
    page = await openPage(client);
    await goToHash(hash, page.pass);
    await settle(page.pass);
    expect(document.querySelectorAll('.gate')).toHaveLength(0);
    expect(document.body.textContent).not.toContain('Needs the role');
  });

  it('reaches by the same presses nearly all that others do not', { timeout: 300_000 }, async () => {
    const client = busyWorld('admin');
    page = await openPage(client);
    for (const hash of pageRoutes.filter((route) => route !== wallboardRoute)) {
      await goToHash(hash, page.pass);
      await settle(page.pass);
      await pressEverything(hash);
    }
    const reached = beyond(client, 'viewer');
    const missed = entryNames.filter(
      ({ name, kind, role }) => kind === 'call' && role !== 'viewer' && !reached.includes(name),
    );
    expect(missed.map(({ name }) => name).toSorted()).toEqual(unreached);
  });
});

describe('keys of somebody who may not', () => {
  it('say why nothing happens', async () => {
    const client = busyWorld('viewer');
    page = await openPage(client);
    for (const [key, needs] of [
      ['r', 'operator'],
      ['R', 'operator'],
      ['p', 'operator'],
      ['c', 'admin'],
    ] as const) {
      await page.user.keyboard(key);
      await page.pass(100);
      expect(screen.getAllByText(`Needs the role ${needs}.`).length).toBeGreaterThan(0);
    }
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(beyond(client, 'viewer')).toEqual([]);
  });

  it('delete no entry of the cache', async () => {
    const client = busyWorld('operator');
    page = await openPage(client);
    await goToHash('#/cache', page.pass);
    const row = screen.getByRole('row', { name: /stats:total/ });
    act(() => row.focus());
    await page.user.keyboard('{Delete}');
    await page.pass(100);
    expect(beyond(client, 'operator')).toEqual([]);
  });
});

describe('the palette', () => {
  it('lists what the role does not allow with the reason, and does not do it', async () => {
    const client = busyWorld('operator');
    page = await openPage(client);
    await page.user.keyboard('{Control>}k{/Control}');
    for (let times = 0; times < 5; times += 1) await settle(page.pass);
    const clear = screen.getByRole('option', { name: /Clear cache…/ });
    expect(clear.textContent).toContain('Needs the role admin');
    expect(clear.getAttribute('aria-disabled')).toBe('true');
    await page.user.keyboard('clear cache');
    await page.pass(100);
    await page.user.keyboard('{Enter}');
    await settle(page.pass);
    expect(screen.queryByRole('alertdialog')).toBeNull();
    await page.user.keyboard('{Escape}');
    await page.pass(500);
    expect(beyond(client, 'operator')).toEqual([]);
  });
});

describe('the reason', () => {
  it('stands at what is disabled', async () => {
    page = await openPage(busyWorld('viewer'));
    const refresh = screen.getByRole('button', { name: /Force refresh/ });
    expect(refresh.closest('fieldset')?.title).toBe('Needs the role operator');
    expect(screen.getByRole('button', { name: 'Clear cache' }).closest('fieldset')?.title).toBe(
      'Needs the role admin',
    );
    await goToHash('#/settings', page.pass);
    expect(screen.getByRole('combobox', { name: 'Theme' }).hasAttribute('disabled')).toBe(true);
    expect(screen.getAllByText('Needs the role admin').length).toBeGreaterThan(5);
  });

  it('stands at what presses alone do not reach', async () => {
    page = await openPage(busyWorld('viewer'));
    const needs = (name: string | RegExp): (string | undefined)[] =>
      screen.getAllByRole('button', { name }).map((button) => button.closest('fieldset')?.title);
    await goToHash('#/settings', page.pass);
    expect(needs('Import')).toEqual(['Needs the role admin']);
    expect(needs('New profile')).toEqual(['Needs the role admin']);
    expect(needs('Edit Lab')).toEqual(['Needs the role admin']);
    await goToHash('#/settings/profile/lab', page.pass); // an address can be typed
    expect(needs('Save')).toEqual(['Needs the role admin']);
    expect(needs('Test connection')).toEqual(['Needs the role admin']);
    await goToHash('#/portal', page.pass);
    expect(needs('Sign in with a token…')).toEqual(['Needs the role operator']);
  });

  it('goes when somebody with another role has signed in', async () => {
    let role: Role = 'viewer';
    const client = healthyClient();
    const { role: _, ...info } = await client.call('app.info', {});
    client.answer('app.info', () => ({ ...info, role }));
    page = await openPage(client);
    expect(document.querySelectorAll('.gate').length).toBeGreaterThan(0);
    role = 'admin';
    client.setLink('lost').setLink('open');
    await page.pass(200);
    expect(document.querySelectorAll('.gate')).toHaveLength(0);
  });
});
