import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HealthStatus } from '../../shared/contract/orchestrator.ts';
import { engineOf, clientWith, openEngines, region, results, hold } from '../support/engines-page.ts';
import { mutationResultOf } from '../support/fleet-world.ts';
import {
  failureOf,
  healthyClient,
  nodeOf,
  pollOf,
  profileOf,
  profilesOf,
  readingOf,
  vpnDisabled,
  vpnOf,
  worldStart,
} from '../support/page-world.ts';
import { closePage, openPage } from '../support/render-page.tsx';

beforeEach(() => {
  window.location.hash = '';
});
afterEach(() => {
  closePage();
  window.location.hash = '';
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
    await openEngines(
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
    await openEngines(
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
    await openEngines(
      healthyClient().answer('vpn.status', () => pollOf(readingOf(vpnDisabled))),
      '#/engines/vpn',
    );
    expect(region('VPN').textContent).toContain('Disabled');
    expect(screen.getByText('The orchestrator runs without a VPN: disabled, not down.')).toBeTruthy();
    closePage();
    await openEngines(
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
    await openEngines(client(), '#/engines/health');
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
    const { user, pass } = await openEngines(scripted, '#/engines/health');
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
    await openEngines(healthyClient(), '#/engines/health');
    expect(region('Circuit breakers').textContent).toContain('This backend does not report its breakers.');
  });
});

it('says that a profile has no orchestrator, and asks none', async () => {
  const lab = profileOf({ orchestrator: null });
  const client = healthyClient().push('profiles.state', profilesOf({ profiles: [lab], active: lab.id }));
  await openEngines(client);
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
