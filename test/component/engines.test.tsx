import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MutationResult } from '../../shared/contract/fleet.ts';
import type { Engine, HealthStatus, OrchestratorStatus } from '../../shared/contract/orchestrator.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { mutationResultOf, streamOf } from '../support/fleet-world.ts';
import {
  engine,
  failureOf,
  healthyClient,
  nodeOf,
  pollOf,
  profileOf,
  profilesOf,
  readingOf,
  status,
  vpnDisabled,
  vpnOf,
  worldStart,
} from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';
import type { Page } from '../support/render-page.tsx';
import type { ScriptedClient } from '../support/scripted-client.ts';

beforeEach(() => {
  window.location.hash = '';
});
afterEach(() => {
  closePage();
  window.location.hash = '';
});

function engineOf(n: number, rest: Partial<Engine> = {}): Engine {
  return { ...engine, id: String(n).repeat(64).slice(0, 64), name: `engine-${n}`, port: 19_000 + n, ...rest };
}

const three = [
  engineOf(1, { cpuPercent: 5, lastHealthCheck: worldStart - 12_000 }),
  engineOf(2, { health: 'unhealthy', cpuPercent: 80 }),
  engineOf(10, { health: 'unknown', cpuPercent: null, vpn: 'gluetun2' }),
];

function clientWith(engines: readonly Engine[]): ScriptedClient {
  return healthyClient().answer('engines.list', () => pollOf(readingOf({ engines: [...engines] })));
}

async function open(client: ScriptedClient, hash = '#/engines'): Promise<Page> {
  const page = await openPage(client);
  await goToHash(hash, page.pass);
  return page;
}

function names(): readonly (string | null)[] {
  return within(screen.getByRole('grid'))
    .getAllByRole('rowheader')
    .map(({ textContent }) => textContent);
}

const region = (name: string): HTMLElement => screen.getByRole('region', { name });
const results = (): string => screen.getByRole('log', { name: 'Results of changes' }).textContent;

async function hold(name: string, pass: Page['pass']): Promise<void> {
  fireEvent.pointerDown(screen.getByRole('button', { name }));
  await pass(1300);
  await pass(200);
}

describe('the table of engines', () => {
  it('shows those in trouble first; unknown is no fault; what is missing is no 0', async () => {
    await open(clientWith(three));
    expect(names()).toEqual(['engine-2', 'engine-10', 'engine-1']);
    const [, first, second, third] = screen.getAllByRole('row');
    expect(first?.querySelector('.mark')?.getAttribute('data-role')).toBe('bad');
    expect(second?.textContent).toContain('Unknown');
    expect(second?.querySelector('.mark')?.getAttribute('data-role')).toBe('neutral');
    expect(second?.querySelector('td.col-cpu')?.textContent).toBe('—');
    expect(third?.querySelector('td.col-checked')?.textContent).toBe('12 s');
  });

  it('sorts by any column, numbers with the largest first, names as people do, missing ones last', async () => {
    const { user } = await open(clientWith(three));
    await user.click(screen.getByRole('button', { name: 'CPU, %' }));
    expect(names()).toEqual(['engine-2', 'engine-1', 'engine-10']);
    await user.click(screen.getByRole('button', { name: 'CPU, %' }));
    expect(names()).toEqual(['engine-1', 'engine-2', 'engine-10']);
    await user.click(screen.getByRole('button', { name: 'Name' }));
    expect(names()).toEqual(['engine-1', 'engine-2', 'engine-10']);
  });

  it('is filtered by name, VPN, health or port', async () => {
    const { user, pass } = await open(clientWith(three));
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
    const { pass } = await open(clientWith([]));
    expect(region('Engine list').textContent).toContain('Hidden, not none');
    expect(region('Engines').textContent).toContain('hidden, not none');
    closePage();
    await open(
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
    const { user, pass } = await open(client);
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
    const { user, pass } = await open(client);
    await user.click(screen.getByRole('button', { name: 'engine-2' }));
    await user.click(screen.getByRole('button', { name: 'Read the last 200 log lines' }));
    await pass(100);
    expect(screen.getByRole('alert').textContent).toBe('No log: This orchestrator has no logs.');
  });
});

describe('deleting an engine', () => {
  async function openDelete(client: ScriptedClient): Promise<Page> {
    const page = await open(client);
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
    const page = await open(client);
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

describe('the VPN tab', () => {
  const pair = vpnOf({
    mode: 'redundant',
    nodes: [
      nodeOf({ lastCheck: worldStart - 4000 }),
      nodeOf({ name: 'gluetun2', publicIp: null, country: null, city: null, forwardedPort: null }),
    ],
  });

  it('shows both side by side; an exit that is null is unverified, not down', async () => {
    await open(
      healthyClient().answer('vpn.status', () => pollOf(readingOf(pair))),
      '#/engines/vpn',
    );
    expect(region('gluetun1').textContent).toContain('203.0.113.24');
    expect(region('gluetun1').textContent).toContain('Amsterdam, Netherlands');
    expect(region('gluetun1').textContent).toContain('Checked4 s');
    expect(region('gluetun2').textContent).toContain('Exit IP unverified');
    expect(region('gluetun2').textContent).toContain('Connectedyes');
    expect(region('gluetun2').textContent).toContain('Forwarded port— none');
  });

  it('says emergency mode with since when and which', async () => {
    const emergency = { active: true, failedVpn: 'gluetun2', healthyVpn: 'gluetun1', durationSeconds: 63 };
    const nodes = [
      nodeOf(),
      nodeOf({ name: 'gluetun2', health: 'unhealthy', connected: false, publicIp: null }),
    ];
    await open(
      healthyClient().answer('vpn.status', () =>
        pollOf(readingOf(vpnOf({ mode: 'redundant', nodes, emergency }))),
      ),
      '#/engines/vpn',
    );
    expect(region('VPN').textContent).toContain('Emergency mode for 63 s');
    expect(region('VPN').textContent).toContain(
      'gluetun2 is down and its engines are stopped. Everything runs behind gluetun1.',
    );
    expect(region('gluetun1').textContent).toContain('It carries everything while gluetun2 is down.');
    expect(region('gluetun2').textContent).toContain('Unhealthy');
  });

  it('keeps disabled, unknown and down apart', async () => {
    await open(
      healthyClient().answer('vpn.status', () => pollOf(readingOf(vpnDisabled))),
      '#/engines/vpn',
    );
    expect(region('VPN').textContent).toContain('Disabled');
    expect(screen.getByText('The orchestrator runs without a VPN: disabled, not down.')).toBeTruthy();
    closePage();
    await open(
      healthyClient().answer('vpn.status', () =>
        pollOf(readingOf(pair, { age: 112_000, failure: failureOf() })),
      ),
      '#/engines/vpn',
    );
    expect(region('VPN').textContent).toContain('Unknown');
    expect(region('gluetun1').textContent).toContain('Unknown now');
    expect(region('gluetun1').textContent).toContain('203.0.113.24');
  });
});

describe('the Health tab', () => {
  const health: HealthStatus = {
    totalEngines: 8,
    healthyEngines: 6,
    unhealthyEngines: 1,
    markedForReplacement: 1,
    minimumRequired: 5,
    checkIntervalSeconds: 20,
    breakers: {
      general: {
        state: 'open',
        failureCount: 5,
        failureThreshold: 5,
        lastFailure: worldStart - 100_000,
        lastSuccess: null,
        recoveryTimeoutSeconds: 300,
      },
      replacement: {
        state: 'closed',
        failureCount: 0,
        failureThreshold: 3,
        lastFailure: null,
        lastSuccess: null,
        recoveryTimeoutSeconds: 180,
      },
    },
  };
  const client = () => healthyClient().answer('orchestrator.health', () => pollOf(readingOf(health)));

  it('counts what was not checked yet, and when an open breaker closes by itself', async () => {
    await open(client(), '#/engines/health');
    expect(region('Health checks').textContent).toContain('6 of 8 healthy');
    expect(region('Health checks').textContent).toContain('1 unhealthy · 1 not checked yet');
    const [, general] = within(region('Circuit breakers')).getAllByRole('row');
    expect(general?.textContent).toContain('Open (blocking)');
    expect(general?.textContent).toContain('5 of 5');
    expect(general?.textContent).toContain('in about 3 min');
  });

  it('resets one after a question; a closed one has nothing to reset', async () => {
    const scripted = client().answer('orchestrator.resetBreaker', () =>
      mutationResultOf({ outcome: 'done', said: 'Reset.', found: 'The breaker is closed.' }),
    );
    const { user, pass } = await open(scripted, '#/engines/health');
    const closed = screen.getByRole('button', { name: 'Reset the breaker Replacement' });
    expect(closed.getAttribute('aria-disabled')).toBe('true');
    await user.click(closed);
    expect(screen.queryByRole('alertdialog')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Reset the breaker Provisioning' }));
    await pass(100);
    await hold('Hold to reset', pass);
    expect(scripted.inputsOf('orchestrator.resetBreaker')).toEqual([{ breaker: 'general' }]);
    expect(results()).toContain('Resetting the breaker Provisioning: done. Reset. The breaker is closed.');
  });

  it('says that a backend reports no breakers', async () => {
    await open(healthyClient(), '#/engines/health');
    expect(region('Circuit breakers').textContent).toContain('This backend does not report its breakers.');
  });
});

it('says that a profile has no orchestrator, and asks none', async () => {
  const lab = profileOf({ orchestrator: null });
  const client = healthyClient().push('profiles.state', profilesOf({ profiles: [lab], active: lab.id }));
  await open(client);
  expect(screen.getByText(/This profile has no orchestrator/)).toBeTruthy();
  expect(client.inputsOf('server.events')).toEqual([]);
});

describe('the Overview’s list', () => {
  it('has eight at most, those in trouble first, and leads to the rest', async () => {
    const many = Array.from({ length: 30 }, (_, n) =>
      engineOf(n, { health: n === 29 ? 'unhealthy' : 'healthy' }),
    );
    await openPage(clientWith(many));
    const list = within(region('Engine list'));
    expect(list.getAllByRole('rowheader').map(({ textContent }) => textContent)[0]).toBe('engine-29');
    expect(list.getAllByRole('rowheader')).toHaveLength(8);
    expect(list.getByRole('link', { name: 'Show all 30 engines' }).getAttribute('href')).toBe('#/engines');
  });
});
