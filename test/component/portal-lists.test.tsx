import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RpcError } from '../../shared/rpc/wire.ts';
import { worldStart } from '../support/page-world.ts';
import { cluster, clustersOf, openPortal, portalClient, vmsOf } from '../support/portal-page.tsx';
import { closePage, goToHash } from '../support/render-page.tsx';

beforeEach(() => {
  window.location.hash = '';
});
afterEach(() => {
  closePage();
  window.location.hash = '';
});

const region = (name: string): HTMLElement => screen.getByRole('region', { name });

describe('virtual machines and clusters', () => {
  it('are asked for once, not by a timer, and kept with their age when the page is left', async () => {
    const client = portalClient();
    const { pass } = await openPortal(client);
    await pass(60_000);
    expect(client.inputsOf('portal.vms')).toHaveLength(1);
    await goToHash('#/', pass);
    await goToHash('#/portal', pass);
    await pass(200);
    expect(client.inputsOf('portal.vms')).toHaveLength(1);
    expect(client.inputsOf('portal.clusters')).toHaveLength(1);
    expect(region('Virtual machines').textContent).toMatch(/Loaded · 6\d s old/);
  });

  it('machines have states by word, a count, the portal’s own age and a filter', async () => {
    const { user } = await openPortal(portalClient());
    const panel = region('Virtual machines');
    const rows = (): number => within(panel).getAllByRole('rowheader').length;
    expect(panel.textContent).toContain('Active');
    expect(panel.textContent).toContain('MYSTERY');
    expect(panel.textContent).toContain('2 machines: 1 Active, 1 MYSTERY.');
    expect(panel.textContent).toContain('The portal synced it 7 min 0 s before, if its time is UTC.');
    expect(rows()).toBe(2);
    const filter = within(panel).getByRole('searchbox', { name: 'Filter virtual machines' });
    await user.type(filter, '10.0.0.17');
    expect(rows()).toBe(1);
    await user.clear(filter);
    await user.type(filter, 'nothing');
    expect(panel.textContent).toContain('No machine fits “nothing”.');
  });

  it.each([
    [{ syncedAt: worldStart - 60_000, syncedZone: 'stated' } as const, 'synced it 60 s before.'],
    [{ syncedAt: null, syncedZone: 'unknown' } as const, 'is not known'],
    [{ syncedAt: null, syncedZone: null } as const, 'does not say when it synced'],
  ])('what the portal says of its own age: %o', async (told, words) => {
    await openPortal(portalClient().answer('portal.vms', () => vmsOf(told)));
    expect(region('Virtual machines').textContent).toContain(words);
  });

  it('a data centre that failed keeps a row of its own; the others’ clusters stay', async () => {
    const sites = [
      { endpointId: 11, name: 'Delhi', clusters: [cluster], error: null },
      { endpointId: 12, name: 'Mumbai', clusters: [], error: 'connection reset.' },
    ];
    await openPortal(portalClient().answer('portal.clusters', () => clustersOf({ sites })));
    const panel = region('Clusters');
    expect(panel.textContent).toContain(
      'Mumbai did not answer: connection reset. Its clusters are not known.',
    );
    expect(within(panel).getByRole('rowheader').textContent).toBe('iks-delhi');
    expect(panel.textContent).toContain('1 data centre answered, 1 did not.');
  });

  it('a stream that ended early says so and names who was not heard', async () => {
    const client = portalClient().answer('portal.clusters', () => clustersOf({ sites: [], complete: false }));
    await openPortal(client);
    const panel = region('Clusters');
    expect(panel.textContent).toContain('The list is not complete:');
    expect(panel.textContent).toContain('Nothing was heard of Delhi.');
    expect(panel.textContent).not.toContain('has no clusters');
  });

  it('none at all is said only when every data centre has answered so', async () => {
    const sites = [{ endpointId: 11, name: 'Delhi', clusters: [], error: null }];
    await openPortal(portalClient().answer('portal.clusters', () => clustersOf({ sites })));
    expect(region('Clusters').textContent).toContain('This engagement has no clusters.');
  });

  it('keep the last list when a later try fails', async () => {
    const client = portalClient();
    const { pass } = await openPortal(client);
    client.answer('portal.vms', () => {
      throw new RpcError('unavailable', 'The portal answered with 502.');
    });
    await pass(30_000);
    fireEvent.click(screen.getByRole('button', { name: 'Refresh virtual machines' }));
    await pass(300);
    const panel = region('Virtual machines');
    expect(panel.textContent).toMatch(/Failing · showing (29|30) s old/);
    expect(panel.textContent).toContain('The portal answered with 502.');
    expect(panel.textContent).toContain('web-1');
  });

  it('say that they are being loaded, and fail without hiding anything else', async () => {
    const client = portalClient().answer('portal.clusters', () => new Promise(() => {}));
    client.answer('portal.vms', () => {
      throw new RpcError('unauthorized', 'This user needs to sign in again.');
    });
    await openPortal(client);
    expect(region('Clusters').textContent).toContain('Asking the portal for the clusters…');
    expect(region('Virtual machines').textContent).toContain('No data · needs sign-in');
    expect(region('Engagement').textContent).toContain('Retail cloud');
  });
});
