import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PortalContext } from '../../shared/contract/portal.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { clustersOf, openPortal, portalClient, vmsOf } from '../support/portal-page.tsx';
import { customer, engineer, portalContextOf, portalStateOf } from '../support/portal-world.ts';
import { closePage } from '../support/render-page.tsx';

beforeEach(() => {
  window.location.hash = '';
});
afterEach(() => {
  closePage();
  window.location.hash = '';
});

const region = (name: string): HTMLElement => screen.getByRole('region', { name });

const needsSignIn = portalStateOf({
  users: [{ user: engineer, masked: 'e•••r@engineers.example', kind: 'token', needsSignIn: true }],
});
const none = { value: null, loadedAt: null, age: null, served: 'none' as const, failure: null };
const timedOut = {
  ...none,
  failure: { code: 'timeout' as const, message: 'The portal did not answer within 30 s.' },
};
const severalEngagements = portalContextOf({
  engagements: {
    ...portalContextOf().engagements,
    value: [
      { id: 1234, name: 'Retail cloud', type: 'PaaS', customer: 'Customer Ltd' },
      { id: 5678, name: 'Bank cloud', type: 'PaaS', customer: 'Bank Ltd' },
    ],
  },
});

describe('the acting user', () => {
  it('is the first, masked, and can be changed; everything asked for is the chosen one’s', async () => {
    const client = portalClient();
    const { user, pass } = await openPortal(client);
    expect(region('Acting user').textContent).toContain('c•••r@customer.example');
    expect(region('Acting user').textContent).toContain('service account');
    expect(client.inputsOf('portal.context')).toEqual([{ user: customer }]);
    await user.click(screen.getByRole('combobox', { name: 'User' }));
    await pass(100);
    await user.click(screen.getByRole('option', { name: /e•••r@engineers/ }));
    await pass(300);
    expect(client.inputsOf('portal.context').at(-1)).toEqual({ user: engineer });
    expect(client.inputsOf('portal.vms').at(-1)).toEqual({ user: engineer });
    expect(localStorage.getItem('cachedeck.portalUser')).toBe(engineer);
  });

  it('signs in with e-mail and token; the token is hidden and gone when the dialog is', async () => {
    const client = portalClient().answer('portal.signIn', () => ({ user: engineer }));
    const { user, pass } = await openPortal(client);
    await user.click(screen.getByRole('button', { name: 'Sign in with a token…' }));
    await pass(100);
    const dialog = within(screen.getByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'Sign in' }));
    expect(dialog.getByText(/Type the user’s e-mail address\./)).toBeTruthy();
    expect(client.inputsOf('portal.signIn')).toEqual([]);
    await user.type(dialog.getByLabelText('E-mail address'), 'eve@engineers.example');
    const token = screen.getByLabelText<HTMLInputElement>('Token', { selector: 'input' });
    expect(token.type).toBe('password');
    await user.type(token, 'a-token-of-eve');
    await user.click(dialog.getByRole('button', { name: 'Sign in' }));
    await pass(300);
    expect(client.inputsOf('portal.signIn')).toEqual([
      { email: 'eve@engineers.example', token: 'a-token-of-eve' },
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.documentElement.outerHTML).not.toContain('a-token-of-eve');
    expect(JSON.stringify(Object.entries(localStorage))).not.toContain('a-token-of-eve');
    expect(client.inputsOf('portal.context').at(-1)).toEqual({ user: engineer });
  });

  it('has main’s refusal at the field it is about', async () => {
    const client = portalClient().answer('portal.signIn', () => {
      throw new RpcError('bad-request', 'This token has expired.', ['token']);
    });
    const { user, pass } = await openPortal(client);
    await user.click(screen.getByRole('button', { name: 'Sign in with a token…' }));
    await pass(100);
    const dialog = within(screen.getByRole('dialog'));
    await user.type(dialog.getByLabelText('E-mail address'), 'eve@engineers.example');
    const token = screen.getByLabelText<HTMLInputElement>('Token', { selector: 'input' });
    await user.type(token, 'an-old-token');
    await user.click(dialog.getByRole('button', { name: 'Sign in' }));
    await pass(100);
    expect(token.getAttribute('aria-invalid')).toBe('true');
    expect(dialog.getByText(/This token has expired/)).toBeTruthy();
  });

  it('is nobody, and not the next one, when main tells of a sign-out before it answers it', async () => {
    const client = portalClient();
    const { pass } = await openPortal(client);
    expect(region('Engagement').textContent).toContain('Retail cloud');
    const { users } = portalStateOf();
    client.push('portal.state', portalStateOf({ users: users.slice(1) }));
    await pass(300);
    expect(screen.getByText(/Nobody acts now/)).toBeTruthy();
    expect(document.body.textContent).not.toContain('Retail cloud');
  });

  it('says before a sign-out that the session goes too; then nobody acts', async () => {
    const client = portalClient().answer('portal.signOut', () => ({}));
    const { user, pass } = await openPortal(client);
    await user.click(screen.getByRole('button', { name: 'Sign out…' }));
    await pass(100);
    const dialog = screen.getByRole('alertdialog');
    expect(dialog.textContent).toContain('Their session goes too');
    expect(client.inputsOf('portal.signOut')).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Sign out' }));
    await pass(300);
    expect(client.inputsOf('portal.signOut')).toEqual([{ user: customer }]);
    expect(screen.getByText(/Nobody acts now/)).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'Engagement' })).toBeNull();
    expect(client.inputsOf('portal.context')).toHaveLength(1);
  });

  it('who needs to sign in is marked; what is kept is shown, and nothing is asked for', async () => {
    const client = portalClient().push('portal.state', needsSignIn);
    await openPortal(client);
    expect(region('Acting user').textContent).toContain('Needs sign-in.');
    expect(region('Engagement').textContent).toContain('Retail cloud');
    expect(region('Virtual machines').textContent).toContain('Not loaded yet');
    expect(client.inputsOf('portal.vms')).toEqual([]);
    expect(client.inputsOf('portal.clusters')).toEqual([]);
  });

  it('nobody: says how to get one', async () => {
    await openPortal(portalClient().push('portal.state', portalStateOf({ users: [] })));
    expect(screen.getByText(/Nobody is signed in/)).toBeTruthy();
  });

  it('a profile without a portal has one calm panel with the way to the settings', async () => {
    const client = portalClient();
    client.push('portal.state', { connected: false, url: null, users: [] });
    await openPortal(client);
    const panel = region('No portal');
    expect(panel.textContent).toContain('Demo has no portal.');
    expect(within(panel).getByRole('link').getAttribute('href')).toBe('#/settings');
    expect(screen.queryByRole('region', { name: 'Acting user' })).toBeNull();
    expect(client.inputsOf('portal.context')).toEqual([]);
  });
});

describe('the engagement', () => {
  it('has its name, customer, both ids and an age that counts on', async () => {
    const { pass } = await openPortal(portalClient());
    const panel = region('Engagement');
    for (const text of ['Retail cloud', 'Customer: Customer Ltd', '1234', '1602', 'Cached']) {
      expect(panel.textContent).toContain(text);
    }
    expect(panel.textContent).toContain('60 s old');
    await pass(20_000);
    expect(panel.textContent).toMatch(/(79|80) s old/); // to the page's whole second
  });

  it('has to be chosen where there are several: nothing else is asked for before', async () => {
    const client = portalClient({
      engagements: severalEngagements.engagements,
      engagement: none,
      mustChoose: true,
      ipcEngagementId: none,
      endpoints: none,
      businessUnits: none,
      environments: none,
      zones: none,
    });
    client.answer('portal.chooseEngagement', () => portalContextOf());
    const { user, pass } = await openPortal(client);
    const chooser = region('Choose an engagement');
    expect(chooser.textContent).toContain('Bank cloud');
    expect(chooser.textContent).toContain('Bank Ltd');
    for (const name of ['Engagement', 'Zones', 'Virtual machines', 'Clusters']) {
      expect(screen.queryByRole('region', { name })).toBeNull();
    }
    expect(client.inputsOf('portal.vms')).toEqual([]);
    expect(client.inputsOf('portal.clusters')).toEqual([]);
    await user.click(within(chooser).getByRole('button', { name: 'Use Retail cloud of Customer Ltd' }));
    await pass(300);
    expect(client.inputsOf('portal.chooseEngagement')).toEqual([{ user: customer, engagementId: 1234 }]);
    expect(region('Engagement').textContent).toContain('Retail cloud');
    expect(client.inputsOf('portal.vms')).toEqual([{ user: customer }]);
  });

  it('another one: nothing of the one before is there while it changes, nor afterwards', async () => {
    const bank = { id: 5678, name: 'Bank cloud', type: 'PaaS', customer: 'Bank Ltd' };
    const client = portalClient({ engagements: severalEngagements.engagements });
    let answer: (context: PortalContext) => void = () => {};
    client.answer('portal.chooseEngagement', () => new Promise((resolve) => (answer = resolve)));
    const { user, pass } = await openPortal(client);
    expect(region('Virtual machines').textContent).toContain('web-1');
    await user.click(screen.getByRole('button', { name: 'Change…' }));
    await user.click(screen.getByRole('button', { name: 'Use Bank cloud of Bank Ltd' }));
    await pass(100);
    expect(document.body.textContent).not.toContain('web-1');
    expect(document.body.textContent).not.toContain('Customer Ltd');
    client.answer('portal.vms', () => vmsOf({ vms: [], engagementId: bank.id }));
    client.answer('portal.clusters', () => clustersOf({ engagementId: bank.id }));
    answer({ ...severalEngagements, engagement: { ...severalEngagements.engagement, value: bank } });
    await pass(300);
    expect(region('Engagement').textContent).toContain('Customer: Bank Ltd');
    expect(region('Virtual machines').textContent).toContain('This engagement has no virtual machines.');
    expect(document.body.textContent).not.toContain('web-1');
  });

  it('never draws the list of an engagement that another window has chosen under the name of this one', async () => {
    const client = portalClient().answer('portal.vms', () => vmsOf({ engagementId: 5678 }));
    await openPortal(client);
    expect(region('Virtual machines').textContent).toContain('Another window has chosen another engagement');
    expect(document.body.textContent).not.toContain('web-1');
    expect(client.inputsOf('portal.context').length).toBeGreaterThan(1);
  });

  it('says that a change did not work, and keeps the one before', async () => {
    const client = portalClient({ engagements: severalEngagements.engagements });
    client.answer('portal.chooseEngagement', () => {
      throw new RpcError('not-found', 'The portal does not offer this engagement to the user.');
    });
    const { user, pass } = await openPortal(client);
    await user.click(screen.getByRole('button', { name: 'Change…' }));
    await user.click(screen.getByRole('button', { name: 'Use Bank cloud of Bank Ltd' }));
    await pass(300);
    expect(screen.getByText('The engagement was not changed:').parentElement?.textContent).toContain(
      'does not offer',
    );
    expect(region('Engagement').textContent).toContain('Retail cloud');
  });
});

describe('a block', () => {
  it('refreshes its own field alone, and then shows what main has', async () => {
    const client = portalClient();
    const { user, pass } = await openPortal(client);
    expect(region('Zones').textContent).toContain('10.0.0.0/24');
    client.answer('portal.context', () =>
      portalContextOf({
        zones: { ...portalContextOf().zones, age: 0, served: 'bypass' },
      }),
    );
    await user.click(screen.getByRole('button', { name: 'Refresh zones' }));
    await pass(300);
    expect(client.inputsOf('sessions.refreshField')).toEqual([{ user: customer, field: 'zones' }]);
    expect(region('Zones').textContent).toContain('Loaded · just now');
    expect(region('Business units').textContent).toContain('Cached · 60 s old');
  });

  it('keeps its value when a refresh fails, and says so with the reason', async () => {
    const client = portalClient().answer('sessions.refreshField', () => {
      throw new RpcError('timeout', 'The portal did not answer within 30 s.');
    });
    const { user, pass } = await openPortal(client);
    await user.click(screen.getByRole('button', { name: 'Refresh zones' }));
    await pass(300);
    const zones = region('Zones');
    expect(zones.textContent).toContain('Failing · showing 60 s old');
    expect(zones.textContent).toContain('The portal did not answer within 30 s.');
    expect(zones.textContent).toContain('10.0.0.0/24');
    expect(region('Business units').textContent).not.toContain('did not answer');
  });

  it('that failed is told apart from one that is empty', async () => {
    const environments = { ...portalContextOf().environments, value: [] };
    await openPortal(portalClient({ zones: timedOut, environments }));
    expect(region('Zones').textContent).toContain('No data · timed out');
    expect(region('Zones').textContent).toContain('Nothing is known of the zones');
    expect(region('Environments').textContent).toContain('This engagement has no environments.');
    expect(region('Environments').textContent).toContain('0 environments');
  });

  it('the whole context that cannot be asked for is said once, with another try', async () => {
    const client = portalClient().answer('portal.context', () => {
      throw new RpcError('unavailable', 'The portal refused the connection.');
    });
    const { user, pass } = await openPortal(client);
    expect(screen.getByText('The portal could not be asked:').parentElement?.textContent).toContain(
      'The portal refused the connection.',
    );
    client.answer('portal.context', () => portalContextOf());
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await pass(300);
    expect(region('Engagement').textContent).toContain('Retail cloud');
  });
});
