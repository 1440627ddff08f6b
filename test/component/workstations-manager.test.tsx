import { screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { RpcError } from '../../shared/rpc/wire.ts';
import {
  accountPanel,
  cachePanel,
  hold,
  listOf,
  listPanel,
  managerClient,
  openManager,
  shownNames,
  threeStations,
} from '../support/manager-page.tsx';
import { failureOf, pollOf, profileOf, profilesOf, readingOf } from '../support/page-world.ts';
import { managerCache, managerMetrics, managerSession } from '../support/portal-world.ts';
import { closePage } from '../support/render-page.tsx';

afterEach(() => {
  closePage();
  window.location.hash = '';
});

describe('who is signed in', () => {
  it('is said with the role, and another account takes its place', async () => {
    const client = managerClient().answer('workstations.signIn', () => ({}));
    const { user, pass } = await openManager(client);
    expect(accountPanel().textContent).toContain('Signed in to 127.0.0.1:8000 as admin · role admin');
    await user.click(screen.getByRole('button', { name: 'Sign in as another account…' }));
    const dialog = screen.getByRole('dialog', { name: 'Sign in as another account' });
    await user.type(within(dialog).getByLabelText('Account'), 'dana');
    await user.type(within(dialog).getByLabelText('Password'), 'secret word');
    await user.click(within(dialog).getByRole('button', { name: 'Sign in' }));
    await pass(200);
    expect(client.inputsOf('workstations.signIn')).toEqual([{ user: 'dana', password: 'secret word' }]);
    expect(screen.queryByRole('dialog', { name: 'Sign in as another account' })).toBeNull();
  });

  it('shows nothing that was read as the account before', async () => {
    const client = managerClient();
    const { pass } = await openManager(client);
    expect(shownNames()).toHaveLength(3);
    client.answer('workstations.list', () => new Promise(() => {}));
    client.push('workstations.session', { ...managerSession, user: 'dana', role: 'viewer' });
    await pass(200);
    expect(listPanel().textContent).toContain('Reading the list…');
    expect(listPanel().textContent).not.toContain('Station 1');
  });

  it('signs out', async () => {
    const client = managerClient().answer('workstations.signOut', () => ({}));
    const { user, pass } = await openManager(client);
    await user.click(screen.getByRole('button', { name: 'Sign out' }));
    await pass(200);
    expect(client.inputsOf('workstations.signOut')).toHaveLength(1);
  });

  const failure = failureOf({ code: 'unauthorized', message: 'Signed out. Sign in to go on.' });
  const signedOut = { user: null, role: null, signedOut: 'Signed out. Sign in to go on.' };

  it('is asked for with a form, and nothing else is shown, when nobody is', async () => {
    const client = managerClient(signedOut).answer('workstations.signIn', () => {
      throw new RpcError('unauthorized', 'Incorrect username or password');
    });
    client.answer('workstations.list', () => listOf(null, { failure }));
    const { user, pass } = await openManager(client);
    expect(accountPanel().textContent).toContain(
      'Not signed in to 127.0.0.1:8000. Signed out. Sign in to go on.',
    );
    expect(screen.queryByRole('region', { name: 'Workstations' })).toBeNull();
    expect(screen.queryByRole('region', { name: 'Manager’s own cache' })).toBeNull();
    expect(client.inputsOf('workstations.cache')).toHaveLength(0);
    const form = screen.getByRole('form', { name: 'Sign in to the workstation manager' });
    await user.click(within(form).getByRole('button', { name: 'Sign in' }));
    expect(form.textContent).toContain('Enter the password.');
    await user.type(within(form).getByLabelText('Account'), 'admin');
    await user.type(within(form).getByLabelText('Password'), 'wrong{Enter}');
    await pass(200);
    expect(within(form).getByText(/Incorrect username or password/)).toBeTruthy();
  });

  it('names no API key in its chip: the manager has accounts', async () => {
    const client = managerClient({ signedOut: 'Token has expired' });
    client.answer('workstations.list', () => listOf(threeStations, { age: null, failure }));
    await openManager(client);
    expect(listPanel().textContent).toContain('No data · sign-in needed (401)');
  });

  it('is said while the first sign-in is under way', async () => {
    const client = managerClient({ role: null, signedOut: 'Not signed in yet.' });
    client.answer('workstations.list', () => new Promise(() => {}));
    await openManager(client);
    expect(accountPanel().textContent).toContain('Signing in to 127.0.0.1:8000 as admin…');
    expect(screen.queryByRole('form')).toBeNull();
  });
});

describe('roles', () => {
  it('a viewer reads the list; the rest is grey, each with the role it needs, and is not asked for', async () => {
    const client = managerClient({ user: 'dana', role: 'viewer' });
    const { pass } = await openManager(client);
    await pass(11_000);
    expect(shownNames()).toHaveLength(3);
    const disabled = (name: string | RegExp): boolean =>
      screen.getAllByRole<HTMLButtonElement>('button', { name }).every((button) => button.disabled);
    expect(disabled('Add a workstation…')).toBe(true);
    expect(disabled(/^Test the connection of/)).toBe(true);
    expect(disabled('Clear the manager’s cache…')).toBe(true);
    expect(disabled('Invalidate…')).toBe(true);
    expect(listPanel().textContent).toContain(
      'Adding and testing: Needs the role operator; dana has the role viewer.',
    );
    expect(cachePanel().textContent).toContain(
      'Its statistics are not read. Needs the role admin; dana has the role viewer.',
    );
    expect(cachePanel().textContent).toContain('Clearing and invalidating: Needs the role admin');
    expect(client.inputsOf('workstations.cache')).toHaveLength(0);
    expect(client.inputsOf('workstations.metrics')).toHaveLength(0);
  });

  it('an operator may add and test, but not clear', async () => {
    const client = managerClient({ user: 'omar', role: 'operator' });
    await openManager(client);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Add a workstation…' }).disabled).toBe(
      false,
    );
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Invalidate…' }).disabled).toBe(true);
    expect(listPanel().textContent).not.toContain('Needs the role');
  });

  it('follows what the server says it wants, and greys nothing for a role that is not known', async () => {
    const client = managerClient({ role: 'operator', needs: { ...managerSession.needs, create: 'admin' } });
    const { pass } = await openManager(client);
    expect(listPanel().textContent).toContain('Adding: Needs the role admin; admin has the role operator.');
    client.push('workstations.session', { ...managerSession, role: null });
    await pass(200);
    expect(accountPanel().textContent).toContain('its role is not known');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Add a workstation…' }).disabled).toBe(
      false,
    );
  });
});

describe('the manager’s own cache', () => {
  it('says no requests for a rate of nothing, and what is not reported', async () => {
    const client = managerClient().answer('workstations.cache', () =>
      pollOf(readingOf({ ...managerCache, evictions: null })),
    );
    await openManager(client);
    expect(cachePanel().textContent).toContain('Hit rate— no requests');
    expect(cachePanel().textContent).toContain('Evictions— not reported');
    expect(cachePanel().textContent).toContain('not Cachedeck’s cache');
    const metrics = screen.getByRole('region', { name: 'Manager’s metrics' });
    expect(metrics.textContent).toContain('Workstations managed12');
    expect(metrics.textContent).toContain('Open websockets1');
  });

  it('shows a rate with its n, and says when these are few', async () => {
    const counted = { hits: 12, misses: 3, evictions: 1, size: 4, requests: 15, hitRatePercent: 80 };
    const client = managerClient()
      .answer('workstations.cache', () => pollOf(readingOf(counted)))
      .answer('workstations.metrics', () =>
        pollOf(readingOf({ ...managerMetrics, cache: { ...counted, requests: null, hits: 1200 } })),
      );
    await openManager(client);
    expect(cachePanel().textContent).toContain('80 % (n 15, few samples)');
    expect(screen.getByRole('region', { name: 'Manager’s metrics' }).textContent).toContain(
      '80 % (n 1\u202f203)',
    );
  });

  it('says that this backend reports none', async () => {
    const client = managerClient().answer('workstations.cache', () =>
      pollOf(readingOf<never>(null, { supported: false })),
    );
    await openManager(client);
    expect(cachePanel().textContent).toContain('Not reported');
    expect(cachePanel().textContent).toContain('This backend does not report it.');
  });

  it('is cleared only after being held, with the target named, and told as the server told it', async () => {
    const client = managerClient().answer('workstations.clearCache', () => ({
      message: 'Кэш полностью очищен',
      removed: null,
    }));
    const { user, pass } = await openManager(client);
    await user.click(screen.getByRole('button', { name: 'Clear the manager’s cache…' }));
    await pass(100);
    expect(screen.getByRole('alertdialog').textContent).toContain('Target: Demo (http://127.0.0.1:8000/)');
    expect(client.inputsOf('workstations.clearCache')).toHaveLength(0);
    await hold('Hold to clear', pass);
    expect(client.inputsOf('workstations.clearCache')).toHaveLength(1);
    expect(cachePanel().textContent).toContain('Кэш полностью очищен. The server does not say how many.');
  });

  it('of a production profile asks for its name', async () => {
    const client = managerClient();
    client.push('profiles.state', profilesOf({ profiles: [profileOf({ production: true })], active: 'lab' }));
    const { user, pass } = await openManager(client);
    await user.click(screen.getByRole('button', { name: 'Clear the manager’s cache…' }));
    await pass(100);
    expect(screen.getByRole('textbox', { name: /Type its name, Lab/ })).toBeTruthy();
  });

  it('is invalidated by prefix: said where it is typed, confirmed without a preview, counted by the server', async () => {
    const client = managerClient().answer('workstations.invalidate', () => ({
      message: 'Done.',
      removed: 2,
    }));
    const { user, pass } = await openManager(client);
    const field = screen.getByRole('textbox', { name: 'Invalidate by pattern' });
    const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Invalidate…' });
    expect(button.disabled).toBe(true);
    expect(cachePanel().textContent).toContain(
      'removes what begins with the pattern. A * is an ordinary character',
    );
    await user.type(field, 'workstations_*');
    expect(cachePanel().textContent).toContain(
      'For all that begin with “workstations_”, type workstations_.',
    );
    await user.click(button);
    await pass(100);
    const dialog = screen.getByRole('alertdialog', { name: 'Invalidate “workstations_*”?' });
    expect(dialog.textContent).toContain('Preview not available: this backend does not list its keys.');
    await hold('Hold to invalidate', pass);
    expect(client.inputsOf('workstations.invalidate')).toEqual([{ pattern: 'workstations_*' }]);
    expect(cachePanel().textContent).toContain('Done. The server removed 2 entries.');
  });

  it('leads from * alone to Clear', async () => {
    const client = managerClient();
    const { user, pass } = await openManager(client);
    await user.type(screen.getByRole('textbox', { name: 'Invalidate by pattern' }), '*{Enter}');
    await pass(100);
    expect(screen.getByRole('alertdialog', { name: 'Clear the manager’s own cache?' })).toBeTruthy();
    expect(client.inputsOf('workstations.invalidate')).toHaveLength(0);
  });

  it('says why an action failed, once, without a second try', async () => {
    const client = managerClient().answer('workstations.clearCache', () => {
      throw new RpcError('timeout', 'No reply within 30 s. What the server did is not known.');
    });
    const { user, pass } = await openManager(client);
    await user.click(screen.getByRole('button', { name: 'Clear the manager’s cache…' }));
    await pass(100);
    await hold('Hold to clear', pass);
    await pass(60_000);
    expect(client.inputsOf('workstations.clearCache')).toHaveLength(1);
    expect(cachePanel().textContent).toContain('What the server did is not known.');
  });
});
