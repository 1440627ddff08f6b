import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MutationResult } from '../../shared/contract/fleet.ts';
import type { Engine, OrchestratorStatus } from '../../shared/contract/orchestrator.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { three, clientWith, openEngines, names, region, results, hold } from '../support/engines-page.ts';
import { mutationResultOf, streamOf } from '../support/fleet-world.ts';
import {
  failureOf,
  healthyClient,
  pollOf,
  profileOf,
  profilesOf,
  readingOf,
  status,
  worldStart,
} from '../support/page-world.ts';
import { closePage, goToHash } from '../support/render-page.tsx';
import type { Page } from '../support/render-page.tsx';
import type { ScriptedClient } from '../support/scripted-client.ts';

beforeEach(() => {
  window.location.hash = '';
});
afterEach(() => {
  closePage();
  window.location.hash = '';
});

describe('the table of engines', () => {
  it('shows those in trouble first; unknown is no fault; what is missing is no 0', async () => {
    await openEngines(clientWith(three));
    expect(names()).toEqual(['engine-2', 'engine-10', 'engine-1']);
    const [, first, second, third] = screen.getAllByRole('row');
    expect(first?.querySelector('.mark')?.getAttribute('data-role')).toBe('bad');
    expect(second?.textContent).toContain('Unknown');
    expect(second?.querySelector('.mark')?.getAttribute('data-role')).toBe('neutral');
    expect(second?.querySelector('td.col-cpu')?.textContent).toBe('—');
    expect(third?.querySelector('td.col-checked')?.textContent).toBe('12 s');
  });

  it('sorts by any column, numbers with the largest first, names as people do, missing ones last', async () => {
    const { user } = await openEngines(clientWith(three));
    await user.click(screen.getByRole('button', { name: 'CPU, %' }));
    expect(names()).toEqual(['engine-2', 'engine-1', 'engine-10']);
    await user.click(screen.getByRole('button', { name: 'CPU, %' }));
    expect(names()).toEqual(['engine-1', 'engine-2', 'engine-10']);
    await user.click(screen.getByRole('button', { name: 'Name' }));
    expect(names()).toEqual(['engine-1', 'engine-2', 'engine-10']);
  });

  it('is filtered by name, VPN, health or port', async () => {
    const { user, pass } = await openEngines(clientWith(three));
    const filter = screen.getByRole('searchbox', { name: 'Filter engines' });
    await user.type(filter, 'gluetun2');
    await pass(50);
    expect(names()).toEqual(['engine-10']);
    expect(screen.getByText('1 of 3 engines')).toBeTruthy();
    await user.clear(filter);
    await user.type(filter, '19002');
    await pass(50);
    expect(names()).toEqual(['engine-2']);
    await user.clear(filter);
    await user.type(filter, 'nothing');
    await pass(50);
    expect(screen.getByText('No engine fits “nothing”.')).toBeTruthy();
  });

  it('says hidden, not none, and that a list was never read', async () => {
    const { pass } = await openEngines(clientWith([]));
    expect(region('Engine list').textContent).toContain('Hidden, not none');
    expect(region('Engines').textContent).toContain('hidden, not none');
    closePage();
    await openEngines(
      healthyClient().answer('engines.list', () =>
        pollOf(readingOf<{ engines: Engine[] }>(null, { failure: failureOf() })),
      ),
    );
    expect(region('Engines').textContent).toContain('No list yet. Last try: timed out.');
    await pass(0);
  });

  it('opens everything that is known of one, takes the focus there and back', async () => {
    const id = three[1]?.id ?? '';
    const client = clientWith(three)
      .answer('streams.list', () => pollOf(readingOf({ streams: [streamOf({ engineId: id })] })))
      .answer('engines.logs', () => ({ at: worldStart, text: 'started\nlistening' }));
    const { user, pass } = await openEngines(client);
    const name = screen.getByRole('button', { name: 'engine-2' });
    await user.click(name);
    await pass(200);
    const detail = within(region('engine-2'));
    expect(document.activeElement).toBe(detail.getByRole('heading', { name: 'engine-2' }));
    expect(detail.getByText(id)).toBeTruthy();
    expect(detail.getByText('1 stream runs')).toBeTruthy();
    await user.click(detail.getByRole('button', { name: 'Read the last 200 log lines' }));
    await pass(100);
    expect(detail.getByRole('region', { name: 'Log lines' }).textContent).toBe('started\nlistening');
    expect(client.inputsOf('engines.logs')).toEqual([{ id, lines: 200 }]);
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('region', { name: 'engine-2' })).toBeNull();
    expect(document.activeElement).toBe(name);
  });

  it('says why there is no log', async () => {
    const client = clientWith(three).answer('engines.logs', () => {
      throw new RpcError('not-found', 'This orchestrator has no logs.');
    });
    const { user, pass } = await openEngines(client);
    await user.click(screen.getByRole('button', { name: 'engine-2' }));
    await user.click(screen.getByRole('button', { name: 'Read the last 200 log lines' }));
    await pass(100);
    expect(screen.getByRole('alert').textContent).toBe('No log: This orchestrator has no logs.');
  });
});

describe('deleting an engine', () => {
  async function openDelete(client: ScriptedClient): Promise<Page> {
    const page = await openEngines(client);
    await page.user.click(screen.getByRole('button', { name: 'engine-2' }));
    await page.user.click(screen.getByRole('button', { name: 'Delete this engine…' }));
    await page.pass(100);
    return page;
  }

  it('names engine, streams and profile, sends once when held, and tells what came of it', async () => {
    let answer: (result: MutationResult) => void = () => {};
    const client = clientWith(three).answer(
      'engines.remove',
      () => new Promise((resolve) => (answer = resolve)),
    );
    const { pass } = await openDelete(client);
    const dialog = screen.getByRole('alertdialog', { name: 'Delete the engine engine-2?' });
    expect(dialog.textContent).toContain('Demo (http://127.0.0.1:8000/)');
    expect(dialog.textContent).toContain('1 stream that it serves ends with it.');
    expect(client.inputsOf('engines.remove')).toEqual([]);
    await hold('Hold to delete', pass);
    expect(client.inputsOf('engines.remove')).toEqual([{ id: three[1]?.id }]);
    expect(results()).toContain('Deleting engine-2: sent once, waiting for the answer');
    expect(screen.getByText('It is being deleted; the answer can take 30 s.')).toBeTruthy();
    answer({
      outcome: 'done',
      said: 'Deleted.',
      found: 'The engine is still listed; that can last about 10 seconds.',
      retryInSeconds: null,
    });
    client.answer('engines.list', () =>
      pollOf(readingOf({ engines: three.map((one, n) => ({ ...one, leaving: n === 1 })) })),
    );
    await pass(300);
    expect(results()).toContain('Deleting engine-2: done. Deleted. The engine is still listed');
    expect(screen.getAllByText('Leaving').length).toBeGreaterThan(0);
    expect(screen.getByText(/It was deleted and is listed/)).toBeTruthy();
    expect(client.inputsOf('engines.remove')).toHaveLength(1);
  });

  it('asks for the profile’s name where it is marked production', async () => {
    const lab = profileOf({ name: 'Live', production: true });
    const client = clientWith(three)
      .answer('engines.remove', () => mutationResultOf({ outcome: 'done' }))
      .push('profiles.state', profilesOf({ profiles: [lab], active: lab.id }));
    const { user, pass } = await openDelete(client);
    const button = screen.getByRole('button', { name: 'Delete' });
    expect(button).toHaveProperty('disabled', true);
    await user.type(screen.getByRole('textbox', { name: /marked production/ }), 'Live');
    await user.click(button);
    await pass(200);
    expect(client.inputsOf('engines.remove')).toHaveLength(1);
  });
});

describe('starting an engine', () => {
  async function openStart(client: ScriptedClient): Promise<Page> {
    const page = await openEngines(client);
    await page.user.click(screen.getByRole('button', { name: 'Start an engine…' }));
    await page.pass(100);
    return page;
  }

  function statusWith(provisioning: Partial<OrchestratorStatus['provisioning']>): ScriptedClient {
    return clientWith(three).answer('orchestrator.status', () =>
      pollOf(readingOf({ ...status, provisioning: { ...status.provisioning, ...provisioning } })),
    );
  }

  const send = () => screen.getByRole('button', { name: 'Start an engine' });

  it('tells cost and state, and what came of it: unknown, with what was found, never sent again', async () => {
    const client = clientWith(three).answer('engines.provision', () => mutationResultOf());
    const { user, pass } = await openStart(client);
    const dialog = screen.getByRole('dialog', { name: 'Start an engine?' });
    expect(dialog.textContent).toContain('5 of 8, at most 20');
    expect(dialog.textContent).toContain('Can start engines');
    await user.click(send());
    await pass(200);
    expect(client.inputsOf('engines.provision')).toEqual([{ hostPort: null }]);
    expect(results()).toContain(
      'Starting an engine: unknown. The orchestrator failed (POST /provision/acestream, 500: Internal Server Error). ' +
        'One new engine appeared: acestream-9. It is not sent again by itself.',
    );
    await pass(60_000);
    expect(client.inputsOf('engines.provision')).toHaveLength(1);
  });

  it('takes a port, and says whose it is already', async () => {
    const client = clientWith(three).answer('engines.provision', () => mutationResultOf());
    const { user, pass } = await openStart(client);
    const port = screen.getByRole('textbox', { name: 'Port on the host (optional)' });
    await user.type(port, '19002');
    await pass(50);
    expect(screen.getByRole('dialog').textContent).toContain('engine-2 uses this port.');
    await user.clear(port);
    await user.type(port, '19050');
    await user.click(send());
    await pass(100);
    expect(client.inputsOf('engines.provision')).toEqual([{ hostPort: 19_050 }]);
  });

  it('explains a block and counts it down; what would be refused is not sent', async () => {
    const blocked = {
      code: 'vpn_disconnected',
      message: 'VPN is disconnected',
      recoveryEtaSeconds: 60,
      canRetry: false,
    };
    const client = statusWith({ canProvision: false, blocked });
    const { pass } = await openStart(client);
    const dialog = screen.getByRole('dialog');
    expect(dialog.textContent).toContain('Blocked: VPN disconnected');
    expect(dialog.textContent).toMatch(/Clears in about 5\d s\. No engine starts without the VPN\./);
    expect(send()).toHaveProperty('disabled', true);
    client.answer('orchestrator.status', () => pollOf(readingOf(status)));
    await pass(5300);
    expect(send()).toHaveProperty('disabled', false);
  });

  it('lets a full orchestrator be asked: it does not check that itself', async () => {
    const blocked = { code: 'max_capacity', message: 'full', recoveryEtaSeconds: null, canRetry: false };
    await openStart(statusWith({ canProvision: false, blocked }));
    expect(screen.getByRole('dialog').textContent).toContain('at maximum capacity');
    expect(send()).toHaveProperty('disabled', false);
  });

  it('says refused with the reason and when another try is worth it, and not done where nothing was sent', async () => {
    const client = clientWith(three).answer('engines.provision', () =>
      mutationResultOf({
        outcome: 'refused',
        said: 'Breaker open.',
        found: 'No new engine.',
        retryInSeconds: 30,
      }),
    );
    const { user, pass } = await openStart(client);
    await user.click(send());
    await pass(200);
    expect(results()).toContain('Starting an engine: refused. Breaker open. No new engine.');
    expect(results()).toContain('another try is worth it in 30 s');
    await pass(31_000);
    expect(results()).toContain('another try is worth it now');
    client.answer('engines.provision', () => {
      throw new RpcError('unavailable', 'It cannot be reached. Nothing was changed.');
    });
    await user.click(screen.getByRole('button', { name: 'Start an engine…' }));
    await pass(100);
    await user.click(send());
    await pass(200);
    expect(results().trim()).toBe(
      '✕Starting an engine: not done. It cannot be reached. Nothing was changed.',
    );
    await user.click(screen.getByRole('button', { name: 'Dismiss: Starting an engine' }));
    expect(results()).toBe('');
  });

  it('greys the button while one runs, and tells by a message when the page was left meanwhile', async () => {
    let answer: (result: MutationResult) => void = () => {};
    const client = clientWith(three).answer(
      'engines.provision',
      () => new Promise((resolve) => (answer = resolve)),
    );
    const { user, pass } = await openStart(client);
    await user.click(send());
    await pass(100);
    const button = screen.getByRole('button', { name: 'An engine is being started…' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await goToHash('#/', pass);
    answer(mutationResultOf());
    await pass(300);
    expect(screen.getAllByText('Starting an engine: unknown').length).toBeGreaterThan(0);
  });
});
