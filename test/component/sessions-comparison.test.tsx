import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionComparison } from '../../shared/contract/sessions.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { healthyClient, worldStart } from '../support/page-world.ts';
import { customer, engineer, portalStateOf } from '../support/portal-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';
import type { ScriptedClient } from '../support/scripted-client.ts';

beforeEach(() => {
  window.location.hash = '';
});
afterEach(() => {
  closePage();
  window.location.hash = '';
});

const region = (name: string): HTMLElement => screen.getByRole('region', { name });

async function openSessions(client: ScriptedClient) {
  const page = await openPage(client);
  await goToHash('#/sessions', page.pass);
  await page.pass(200);
  return page;
}

const operations = ['vms', 'clusters', 'business-units', 'environments', 'endpoints'] as const;
type Run = SessionComparison['three'][number];

function runOf(kind: Run['kind'], calls: readonly number[], extra: number): Run {
  return {
    kind,
    operations: operations
      .slice(0, calls.length)
      .map((operation, index) => ({ operation, calls: calls[index] ?? 0, ms: 200 * (calls[index] ?? 0) })),
    calls: calls.reduce((sum, each) => sum + each, 0),
    ms: 200 * calls.reduce((sum, each) => sum + each, 0),
    extra: { calls: extra, ms: 204.4 * extra },
  };
}

const measured: SessionComparison = {
  at: worldStart,
  three: [
    runOf('off', [3, 3, 3], 1),
    runOf('cold', [3, 1, 1], 1),
    runOf('warm', [1, 1, 0], 0),
    runOf('restarted', [1, 1, 0], 0),
  ],
  five: [
    runOf('off', [3, 3, 3, 3, 2], 1),
    runOf('cold', [3, 1, 1, 1, 0], 1),
    runOf('warm', [1, 1, 0, 0, 0], 0),
    runOf('restarted', [1, 1, 0, 0, 0], 0),
  ],
};

function cells(table: string, row: string): readonly (string | null)[] {
  const header = within(region(table)).getByRole('rowheader', { name: row });
  return within(header.parentElement ?? header)
    .getAllByRole('cell')
    .map(({ textContent }) => textContent);
}

describe('the comparison', () => {
  it('runs as the chosen user, says that it runs, and stands beside the document', async () => {
    let answer: (value: SessionComparison) => void = () => {};
    const client = healthyClient().answer('sessions.compare', () => new Promise((done) => (answer = done)));
    const { user, pass } = await openSessions(client);
    expect(client.inputsOf('sessions.compare')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Run' }));
    await pass(5100);
    expect(screen.getByRole('button', { name: 'Running…' }).ariaDisabled).toBe('true');
    expect(region('Comparison').textContent).toMatch(/[45] s of about 30 s/);
    await user.click(screen.getByRole('button', { name: 'Running…' }));
    answer(measured);
    await pass(300);
    expect(client.inputsOf('sessions.compare')).toEqual([{ user: customer }]);
    expect(cells('Three operations', 'List clusters')).toEqual([
      '3 · 1150 ms',
      '3 · 600 ms',
      '1 · 604 ms',
      '1 · 200 ms',
      '1 · 200 ms',
      '1 · 200 ms',
      '67 %',
      '67 %',
    ]);
    expect(cells('Three operations', 'Together')).toEqual([
      '9 · 2850 ms',
      '9 · 1800 ms',
      '5 · 1758 ms',
      '5 · 1000 ms',
      '2 · 400 ms',
      '2 · 400 ms',
      '44 %',
      '44 %',
    ]);
    expect(cells('Three operations', 'Apart: endpoints for the clusters').slice(1, 4)).toEqual([
      '1 · 204 ms',
      '—',
      '1 · 204 ms',
    ]);
    expect(cells('Five operations', 'Together').map((text) => text?.split(' · ')[0])).toEqual([
      '14',
      '14',
      '5',
      '6',
      '2',
      '2',
      '64 %',
      '86 %',
    ]);
    expect(cells('Five operations', 'List endpoints').slice(-2)).toEqual(['50 %', '100 %']);
    const text = region('Comparison').textContent;
    expect(text).toContain('a real portal wants the endpoints in the request');
    expect(text).toContain(
      'List environments: no call in the warm run, where the document counts 1: the list itself is kept for 24 h',
    );
    expect(text).not.toContain('List VMs: ');
  });

  it('says where a figure is worse than the document’s', async () => {
    const worse = {
      ...measured,
      five: [runOf('off', [4, 3, 3, 3, 2], 1), runOf('warm', [2, 1, 0, 0, 0], 0)],
    };
    const client = healthyClient().answer('sessions.compare', () => worse);
    const { user, pass } = await openSessions(client);
    await user.click(screen.getByRole('button', { name: 'Run' }));
    await pass(300);
    const text = region('Comparison').textContent;
    expect(text).toContain('List VMs: 4 calls without a store, where the document counts 3.');
    expect(text).toContain('List VMs: 2 calls in the warm run, where the document counts 1.');
    expect(cells('Five operations', 'List VMs')[3]).toBe('—');
  });

  it('says why it ended early, and keeps the last one', async () => {
    const client = healthyClient().answer('sessions.compare', () => measured);
    const { user, pass } = await openSessions(client);
    await user.click(screen.getByRole('button', { name: 'Run' }));
    await pass(300);
    client.answer('sessions.compare', () => {
      throw new RpcError('unavailable', 'The portal refused the connection.');
    });
    await user.click(screen.getByRole('button', { name: 'Run again' }));
    await pass(300);
    expect(region('Comparison').textContent).toContain(
      'The comparison ended early: The portal refused the connection.',
    );
    expect(region('Three operations')).toBeTruthy();
  });

  it('cannot be run without a user, nor as one who needs to sign in', async () => {
    const client = healthyClient().push('portal.state', portalStateOf({ users: [] }));
    const { pass } = await openSessions(client);
    expect(region('Comparison').textContent).toContain('nobody is signed in');
    expect(screen.queryByRole('button', { name: 'Run' })).toBeNull();
    const spent = { user: engineer, masked: 'e•••r@engineers.example', kind: 'token' as const };
    client.push('portal.state', portalStateOf({ users: [{ ...spent, needsSignIn: true }] }));
    await pass(300);
    expect(screen.getByRole('button', { name: 'Run' })).toHaveProperty('disabled', true);
    expect(region('Comparison').textContent).toContain('This user needs to sign in first.');
  });
});
