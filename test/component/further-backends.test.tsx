import { screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { listOf, managerClient } from '../support/manager-page.tsx';
import { failureOf, profileOf, profilesOf } from '../support/page-world.ts';
import { portalStateOf } from '../support/portal-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';

afterEach(() => {
  closePage();
  window.location.hash = '';
});

describe('the Overview', () => {
  const card = (name: string): HTMLElement => screen.getByRole('region', { name });

  it('has a card for each further backend, without asking the portal anything', async () => {
    const client = managerClient();
    const [first, second] = portalStateOf().users;
    if (!first || !second) throw new Error('two users are scripted');
    client.push('portal.state', portalStateOf({ users: [first, { ...second, needsSignIn: true }] }));
    const { pass } = await openPage(client);
    await pass(20_000);
    expect(card('Portal').textContent).toContain('1 user signed in · ▲ 1 needs to sign in');
    expect(card('Workstations').textContent).toContain('1 of 3 online · 1 error, 1 offline');
    expect(card('Workstations').textContent).toContain('Live');
    expect(client.asked.filter(({ name }) => name.startsWith('portal.'))).toEqual([]);
    const regions = screen.getAllByRole('region').map((region) => region.querySelector('h2')?.textContent);
    expect(regions.slice(0, 5)).toEqual(['Engines', 'Orchestrator', 'VPN', 'Portal', 'Workstations']);
  });

  it('has none where the profile has none, and asks nothing', async () => {
    const client = managerClient({ connected: false, user: null });
    client.push('portal.state', portalStateOf({ connected: false, users: [] }));
    const { pass } = await openPage(client);
    await pass(40_000);
    expect(screen.queryByRole('region', { name: 'Portal' })).toBeNull();
    expect(screen.queryByRole('region', { name: 'Workstations' })).toBeNull();
    expect(client.inputsOf('workstations.list')).toHaveLength(0);
  });

  it('has them also without an orchestrator', async () => {
    const client = managerClient();
    client.push(
      'profiles.state',
      profilesOf({ profiles: [profileOf({ orchestrator: null })], active: 'lab' }),
    );
    await openPage(client);
    expect(card('Workstations').textContent).toContain('1 of 3 online');
  });

  it('says that nobody is signed in', async () => {
    const client = managerClient({ user: null, role: null, signedOut: 'Signed out.' });
    const failure = failureOf({ code: 'unauthorized', message: 'Signed out.' });
    client.answer('workstations.list', () => listOf(null, { failure }));
    await openPage(client);
    expect(card('Workstations').textContent).toContain('Nobody is signed in');
    expect(card('Workstations').textContent).toContain('sign-in needed (401)');
  });

  it('no longer asks for workstations once another page is shown', async () => {
    const client = managerClient();
    const { pass } = await openPage(client);
    const asked = client.inputsOf('workstations.list').length;
    expect(asked).toBe(1);
    await goToHash('#/events', pass);
    await pass(90_000);
    expect(client.inputsOf('workstations.list')).toHaveLength(asked);
  });
});
