import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ControlState } from '../../shared/contract/control.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { browserInfo, controlOf, healthyClient, keyOf } from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';
import type { ScriptedClient } from '../support/scripted-client.ts';

afterEach(() => {
  closePage();
  window.location.hash = '';
});

async function openControl(state: Partial<ControlState>, client: ScriptedClient = healthyClient()) {
  const page = await openPage(client.push('control.state', controlOf(state)));
  await goToHash('#/settings', page.pass);
  return { ...page, client, section: within(screen.getByRole('region', { name: 'Control API' })) };
}

const rows = (): string[][] =>
  within(screen.getByRole('table', { name: 'Keys' }))
    .getAllByRole('row')
    .slice(1)
    .map((row) => [...row.children].map(({ textContent }) => textContent));

describe('where it answers', () => {
  it('off: it says so, and is switched on with the port there is', async () => {
    const client = healthyClient().answer('control.configure', () => ({}));
    const { section, user, pass } = await openControl({}, client);
    expect(section.getByText('It is off.')).toBeTruthy();
    expect(section.queryByRole('button', { name: 'Copy the curl line' })).toBeNull();
    await user.click(section.getByRole('switch', { name: 'Answer programs' }));
    await pass(100);
    expect(client.inputsOf('control.configure')).toEqual([{ on: true, port: 8000 }]);
  });

  it('on: the address, and the line to try it with on the clipboard', async () => {
    const { section, user, pass } = await openControl({ on: true, url: 'http://127.0.0.1:8000/' });
    expect(section.getByText('It answers at http://127.0.0.1:8000/')).toBeTruthy();
    const copied = vi.spyOn(navigator.clipboard, 'writeText');
    await user.click(section.getByRole('button', { name: 'Copy the curl line' }));
    await pass(100);
    expect(copied).toHaveBeenCalledWith("curl -H 'X-API-KEY: <key>' http://127.0.0.1:8000/cache/stats");
  });

  it('a port that is taken is told, and another one is asked for', async () => {
    const fault = 'Port 8000 is taken by another program. Choose another one.';
    const client = healthyClient().answer('control.configure', () => {
      throw new RpcError('unavailable', 'Port 9000 is taken by another program. Choose another one.');
    });
    const { section, user, pass } = await openControl({ on: true, fault }, client);
    expect(section.getByText(/It does not answer/).textContent).toContain(fault);
    const port = section.getByRole('textbox', { name: 'Port' });
    await user.clear(port);
    await user.type(port, '9000{Enter}');
    await pass(100);
    expect(client.inputsOf('control.configure')).toEqual([{ on: true, port: 9000 }]);
    expect(section.getByText(/Port 9000 is taken/)).toBeTruthy();
  });

  it('without a key nobody is answered, whether it is on or beside the page', async () => {
    const { section, client, pass } = await openControl({
      on: true,
      keys: [],
      url: 'http://127.0.0.1:8000/',
    });
    expect(section.getByText(/There is no key. Without a key everybody is refused./)).toBeTruthy();
    expect(section.queryByRole('table')).toBeNull();
    client.push('control.state', controlOf({ besidePage: true, keys: [] }));
    await pass(200);
    expect(section.getByText(/It is off. It answers once there is a key./)).toBeTruthy();
    expect(section.queryByRole('switch')).toBeNull();
  });
});

describe('its keys', () => {
  const ofEnvironment = keyOf({
    id: 'CACHEDECK_API_KEY',
    name: 'CACHEDECK_API_KEY',
    role: 'admin',
    createdAt: null,
    lastUsedAt: null,
    variable: 'CACHEDECK_API_KEY',
  });

  it('are listed with their role and their times; only those made here can be removed', async () => {
    await openControl({ keys: [ofEnvironment, keyOf()] });
    expect(rows()).toEqual([
      ['CACHEDECK_API_KEY', 'admin', 'environment', '—', ''],
      ['Prometheus', 'viewer', '14 Jan 13:03', '15 Jan 13:02', 'Remove'],
    ]);
  });

  it('one is removed after a question', async () => {
    const client = healthyClient().answer('control.removeKey', () => ({}));
    const { section, user, pass } = await openControl({}, client);
    await user.click(section.getByRole('button', { name: 'Remove Prometheus' }));
    await pass(100);
    const question = within(screen.getByRole('alertdialog', { name: 'Remove the key Prometheus?' }));
    await user.click(question.getByRole('button', { name: 'Keep' }));
    await pass(300);
    expect(client.inputsOf('control.removeKey')).toEqual([]);
    await user.click(section.getByRole('button', { name: 'Remove Prometheus' }));
    await pass(100);
    await user.click(screen.getByRole('button', { name: 'Remove key' }));
    await pass(300);
    expect(client.inputsOf('control.removeKey')).toEqual([{ id: 'key-1' }]);
  });

  it('a new one is sent up, shown once, and gone with the dialog', { timeout: 20_000 }, async () => {
    const client = healthyClient().answer('control.addKey', () => ({ id: 'key-2' }));
    const { section, user, pass } = await openControl({}, client);
    await user.click(section.getByRole('button', { name: 'New key' }));
    await pass(100);
    const dialog = within(screen.getByRole('dialog', { name: 'New key' }));
    await user.click(dialog.getByRole('button', { name: 'Make the key' }));
    await pass(100);
    expect(dialog.getByText('Enter a name.')).toBeTruthy();
    expect(client.inputsOf('control.addKey')).toEqual([]);
    fireEvent.change(dialog.getByRole('textbox', { name: 'Name' }), { target: { value: 'Grafana' } });
    await user.click(dialog.getByRole('button', { name: 'Make the key' }));
    await pass(200);
    const [sent] = client.inputsOf('control.addKey') as { name: string; role: string; key: string }[];
    expect([sent?.name, sent?.role]).toEqual(['Grafana', 'viewer']);
    expect(sent?.key).toMatch(/^cdk_[\w-]{43}$/);
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'The key' });
    expect(field.value).toBe(sent?.key);
    expect(screen.getByText('Copy it now: it cannot be shown again.')).toBeTruthy();
    const copied = vi.spyOn(navigator.clipboard, 'writeText');
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    await pass(100);
    expect(copied).toHaveBeenCalledWith(sent?.key);
    await user.click(screen.getByRole('button', { name: 'Done' }));
    await pass(500);
    expect(document.body.innerHTML).not.toContain(sent?.key);
  });

  it('one that was not taken is not shown', async () => {
    const client = healthyClient().answer('control.addKey', () => {
      throw new RpcError('conflict', 'There are 50 keys already. Remove one that is not used.');
    });
    const { section, user, pass } = await openControl({}, client);
    await user.click(section.getByRole('button', { name: 'New key' }));
    await pass(100);
    fireEvent.change(screen.getByRole('textbox', { name: 'Name' }), { target: { value: 'One more' } });
    await user.click(screen.getByRole('button', { name: 'Make the key' }));
    await pass(200);
    expect(screen.getByText(/There are 50 keys already/)).toBeTruthy();
    expect(screen.queryByRole('textbox', { name: 'The key' })).toBeNull();
  });
});

it('a viewer reads it all and changes nothing', async () => {
  const client = healthyClient().answer('app.info', () => ({ ...browserInfo, role: 'viewer' as const }));
  const { section } = await openControl({ on: true, url: 'http://127.0.0.1:8000/' }, client);
  expect(section.getByText(/It answers at/)).toBeTruthy();
  expect(section.getByRole('switch').getAttribute('aria-disabled')).toBe('true');
  for (const name of ['New key', 'Remove Prometheus']) {
    expect(section.getByRole('button', { name }).closest('fieldset')?.title).toBe('Needs the role admin');
  }
});
