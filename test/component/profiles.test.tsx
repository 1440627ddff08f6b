import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RpcError } from '../../shared/rpc/wire.ts';
import { demoProfile, healthyClient, profileOf, profilesOf } from '../support/page-world.ts';
import { item, lab, openEditor, openProfiles } from '../support/profiles-page.ts';
import { closePage } from '../support/render-page.tsx';

beforeEach(() => {
  window.location.hash = '#/settings';
});
afterEach(() => {
  closePage();
  window.location.hash = '';
});

describe('the list', () => {
  it('tells what each profile connects, where its secrets are, and which is in use', async () => {
    await openProfiles({
      profiles: [
        demoProfile,
        profileOf({
          id: 'environment',
          kind: 'environment',
          name: 'From CACHEDECK',
          secrets: { ...lab.secrets, orchestratorKey: 'environment' },
        }),
        profileOf({
          production: true,
          portal: { url: 'https://portal.example', allowHttp: false, email: null, uatPaths: false },
          secrets: { orchestratorKey: 'unreadable', portalPassword: 'stored', workstationsPassword: 'none' },
        }),
      ],
      active: 'lab',
      fault: 'The address leads nowhere.',
    });
    expect(item('Demo').textContent).toContain('Built in');
    expect(within(item('Demo')).queryByRole('button', { name: 'Edit Demo' })).toBeNull();
    expect(item('From CACHEDECK').textContent).toContain('API key from the environment');
    expect(item('Lab').textContent).toMatch(/In use, not connected.*Production/);
    expect(item('Lab').textContent).toContain('API key cannot be read: enter it again');
    expect(item('Lab').textContent).toContain('https://portal.example (password stored)');
    expect(within(item('Lab')).queryByRole('button', { name: 'Use Lab' })).toBeNull();
  });

  it('changes the profile in use, and says why not', async () => {
    const client = healthyClient().answer('profiles.activate', () => {
      throw new RpcError('unavailable', 'The port is taken.');
    });
    const { user, pass } = await openProfiles({}, client);
    await user.click(screen.getByRole('button', { name: 'Use Lab' }));
    await pass(50);
    expect(client.inputsOf('profiles.activate')).toEqual([{ id: 'lab' }]);
    expect(item('Lab').textContent).toContain('The port is taken.');
  });

  it('removes only after a question that names what goes', async () => {
    const client = healthyClient().answer('profiles.remove', () => ({}));
    const { user, pass } = await openProfiles({ active: 'lab' }, client);
    await user.click(screen.getByRole('button', { name: 'Remove Lab' }));
    await pass(100);
    const dialog = screen.getByRole('alertdialog', { name: 'Remove Lab?' });
    expect(dialog.textContent).toContain('stored keys and passwords');
    expect(dialog.textContent).toContain('changes to the demo');
    await user.click(within(dialog).getByRole('button', { name: 'Keep' }));
    await pass(100);
    expect(client.inputsOf('profiles.remove')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Remove Lab' }));
    await pass(100);
    await user.click(screen.getByRole('button', { name: 'Remove profile' }));
    await pass(50);
    expect(client.inputsOf('profiles.remove')).toEqual([{ id: 'lab' }]);
    client.push('profiles.state', profilesOf());
    await pass(200);
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 2, name: 'Profiles' }));
  });

  it('takes the profiles of a file, and refuses one that is none', async () => {
    const client = healthyClient().answer('profiles.import', ({ text }) => {
      if (text !== '{"good":1}') throw new RpcError('bad-request', 'This is no export of Cachedeck.');
      return { added: [{ id: 'n', name: 'Lab (2)' }] };
    });
    const { user, pass } = await openProfiles({}, client);
    const input = document.querySelector<HTMLInputElement>('input[type=file]');
    if (!input) throw new Error('no file input');
    await user.upload(input, new File(['{"good":1}'], 'profiles.json', { type: 'application/json' }));
    await pass(50);
    expect(screen.getByText(/Added Lab \(2\)/).textContent).toContain('enter them now');
    await user.upload(input, new File(['{}'], 'other.json', { type: 'application/json' }));
    await pass(50);
    expect(screen.getByText(/no export of Cachedeck/)).toBeTruthy();
    await user.upload(input, new File(['x'.repeat(60_001)], 'big.json', { type: 'application/json' }));
    await pass(50);
    expect(screen.getByText('big.json is too large to be exported profiles.', { exact: false })).toBeTruthy();
    expect(client.inputsOf('profiles.import')).toHaveLength(2);
  });
});

describe('the form', () => {
  it('saves a new profile with its key, closes, and sends nothing that is switched off', async () => {
    const client = healthyClient().answer('profiles.save', () => ({ id: 'new-id' }));
    const { user, pass, dialog } = await openEditor('New profile', client);
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Home');
    await user.click(within(dialog).getByRole('textbox', { name: 'Address' }));
    await user.paste('https://home.example:8000');
    await user.type(within(dialog).getByLabelText('API key'), 'k-123');
    await user.click(within(dialog).getByText('How long values count (TTL)'));
    await user.type(within(dialog).getByRole('textbox', { name: 'VPN status' }), '4.5');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await pass(300);
    expect(client.inputsOf('profiles.save')).toEqual([
      {
        id: null,
        draft: {
          name: 'Home',
          production: false,
          orchestrator: { url: 'https://home.example:8000', allowHttp: false },
          portal: null,
          workstations: null,
          pollSeconds: null,
          ttlSeconds: { 'vpn:status': 4.5 },
        },
        secrets: { orchestratorKey: 'k-123' },
        acceptWeak: false,
      },
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(window.location.hash).toBe('#/settings');
  });

  it('says that a stored key does not go along to another server', async () => {
    const client = healthyClient().answer('profiles.save', () => ({ id: 'lab' }));
    const { user, dialog } = await openEditor('Edit Lab', client);
    const address = within(dialog).getByRole('textbox', { name: 'Address' });
    await user.clear(address);
    await user.paste('https://elsewhere.example:8000');
    expect(dialog.textContent).toContain(
      'The stored API key is for the address before: type it again, or it is forgotten.',
    );
  });

  it('never holds a stored key; replaces it, keeps it or forgets it', async () => {
    const client = healthyClient().answer('profiles.save', () => ({ id: 'lab' }));
    const { user, pass, dialog } = await openEditor('Edit Lab', client);
    const key = within(dialog).getByLabelText('API key');
    expect((key as HTMLInputElement).value).toBe('');
    expect(dialog.textContent).toContain('A key is stored. Type to replace it.');
    await user.click(within(dialog).getByRole('button', { name: 'Forget the stored API key' }));
    expect(dialog.textContent).toContain('forgotten when you save');
    await user.click(within(dialog).getByRole('button', { name: 'Keep it' }));
    expect(dialog.textContent).toContain('A key is stored.');
    await user.click(within(dialog).getByRole('button', { name: 'Forget the stored API key' }));
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await pass(300);
    expect(client.inputsOf('profiles.save')).toMatchObject([
      { id: 'lab', secrets: { orchestratorKey: null } },
    ]);
  });

  it('names what is missing at its field, without asking main', async () => {
    const { client, user, dialog } = await openEditor('New profile');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(within(dialog).getByRole('textbox', { name: 'Name' }).getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(within(dialog).getByRole('textbox', { name: 'Name' }));
    expect(dialog.textContent).toContain('Give the profile a name.');
    expect(dialog.textContent).toContain('Enter the address.');
    await user.click(within(dialog).getByRole('switch', { name: 'Orchestrator' }));
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(dialog.textContent).toContain('Switch on at least one backend.');
    expect(client.inputsOf('profiles.save')).toEqual([]);
  });

  it('shows main’s refusal at the field it names, or at the form', async () => {
    const client = healthyClient();
    const { user, pass, dialog } = await openEditor('Edit Lab', client);
    client.answer('profiles.save', () => {
      throw new RpcError('bad-request', 'The address must not carry credentials.', [
        'draft.orchestrator.url',
      ]);
    });
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await pass(50);
    const address = within(dialog).getByRole('textbox', { name: 'Address' });
    expect(address.getAttribute('aria-invalid')).toBe('true');
    expect(address.closest('.field')?.textContent).toContain('must not carry credentials');
    client.answer('profiles.save', () => {
      throw new RpcError('conflict', 'At most 50 profiles can be stored; remove one first.');
    });
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await pass(50);
    expect(address.getAttribute('aria-invalid')).not.toBe('true');
    expect(within(dialog).getByText(/At most 50 profiles/)).toBeTruthy();
  });

  it('asks for plain http only where it leaves this machine', async () => {
    const client = healthyClient().answer('profiles.save', () => ({ id: 'n' }));
    const { user, pass, dialog } = await openEditor('New profile', client);
    const address = within(dialog).getByRole('textbox', { name: 'Address' });
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Home');
    await user.click(address);
    await user.paste('http://127.0.0.1:8000');
    expect(within(dialog).queryByRole('switch', { name: 'Allow plain http' })).toBeNull();
    await user.clear(address);
    await user.paste('http://nas.lan:8000');
    await user.click(within(dialog).getByRole('switch', { name: 'Allow plain http' }));
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await pass(300);
    expect(client.inputsOf('profiles.save')).toMatchObject([
      { draft: { orchestrator: { url: 'http://nas.lan:8000', allowHttp: true } } },
    ]);
  });

  it('asks for consent where secrets would be kept weakly', async () => {
    const client = healthyClient().answer('profiles.save', () => ({ id: 'lab' }));
    const { user, pass, dialog } = await openEditor('Edit Lab', client, {
      secretStorage: { protection: 'weak', sentence: 'Whoever reads the file can read them.' },
    });
    expect(dialog.textContent).toContain('Whoever reads the file can read them.');
    expect(within(dialog).queryByRole('checkbox')).toBeNull();
    await user.type(within(dialog).getByLabelText('API key'), 'k');
    await user.click(
      within(dialog).getByRole('checkbox', { name: 'Keep what I typed that way all the same' }),
    );
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await pass(300);
    expect(client.inputsOf('profiles.save')).toMatchObject([{ acceptWeak: true }]);
  });

  it('sends the fields of portal and workstations', async () => {
    const client = healthyClient().answer('profiles.save', () => ({ id: 'lab' }));
    const { user, pass, dialog } = await openEditor('Edit Lab', client);
    await user.click(within(dialog).getByRole('switch', { name: 'Portal' }));
    const portal = within(dialog).getByRole('group', { name: 'Portal' });
    await user.click(within(portal).getByRole('textbox', { name: 'Address' }));
    await user.paste('https://portal.example');
    await user.click(within(portal).getByRole('textbox', { name: /E-mail/ }));
    await user.paste('svc@example.com');
    await user.click(within(portal).getByRole('switch', { name: 'UAT paths' }));
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await pass(300);
    expect(client.inputsOf('profiles.save')).toMatchObject([
      {
        draft: {
          portal: {
            url: 'https://portal.example',
            allowHttp: false,
            email: 'svc@example.com',
            uatPaths: true,
          },
        },
        secrets: {},
      },
    ]);
  });
});
