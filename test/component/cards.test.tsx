import { screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { VpnStatus } from '../../shared/contract/orchestrator.ts';
import type { Reading } from '../../shared/model/reading.ts';
import {
  failureOf,
  healthyClient,
  nodeOf,
  pollOf,
  pollingOf,
  readingOf,
  status,
  totals,
  vpnDisabled,
  vpnOf,
} from '../support/page-world.ts';
import { closePage, openPage } from '../support/render-page.tsx';

afterEach(closePage);

const card = (name: string): HTMLElement => screen.getByRole('region', { name });

async function openVpn(value: VpnStatus, rest: Partial<Reading<VpnStatus>> = {}): Promise<HTMLElement> {
  await openPage(healthyClient().answer('vpn.status', () => pollOf(readingOf(value, rest))));
  return card('VPN');
}

describe('the chip of a card', () => {
  it.each<[string, Partial<Reading<VpnStatus>>, string]>([
    ['live', { age: 3000 }, 'Live · 3 s old'],
    ['late', { age: 12_000 }, 'Late · 12 s old'],
    ['failing', { age: 14_000, failure: failureOf({ count: 2 }) }, 'Failing · showing 14 s old'],
    ['stale', { age: 112_000, failure: failureOf() }, 'Stale · 1 min 52 s old'],
    ['updating', { age: 6000, updatingFor: 900 }, 'Updating · 6 s old'],
    ['last session', { age: 9000, served: 'restored' }, 'Last session · 9 s old'],
    ['not reported', { value: null, age: null, supported: false }, 'Not reported'],
    [
      'no data',
      { value: null, age: null, failure: failureOf({ code: 'unauthorized' }) },
      'No data · API key rejected (401)',
    ],
    ['not loaded', { value: null, age: null }, 'Not loaded yet'],
  ])('says %s in words', async (_name, rest, text) => {
    const vpn = await openVpn(vpnOf(), rest);
    expect(within(vpn).getByRole('button', { name: /state and age/ }).textContent).toContain(text);
  });

  it('says in a sentence why there is no value', async () => {
    const vpn = await openVpn(vpnOf(), {
      value: null,
      age: null,
      failure: failureOf({
        code: 'unauthorized',
        message: 'The orchestrator asks for a valid API key (401).',
      }),
    });
    expect(vpn.textContent).toContain(
      'No value yet. The orchestrator asks for a valid API key (401). Check the API key of this profile.',
    );
  });

  it('keeps the last value over a clear that a failing backend follows, and lets it grow old', async () => {
    const client = healthyClient();
    const { pass } = await openPage(client);
    client.answer('vpn.status', () =>
      pollOf(readingOf(vpnOf(), { served: 'last-good', age: 21_000, failure: failureOf({ count: 1 }) })),
    );
    await pass(5100);
    expect(card('VPN').textContent).toContain('Late · 21 s old');
    expect(card('VPN').textContent).toContain('203.0.113.24');
    expect(card('VPN').textContent).not.toContain('No data');
  });

  it('says paused with the age of the value that stays', async () => {
    await openPage(healthyClient().push('polling.state', pollingOf({ paused: true })));
    expect(card('VPN').textContent).toContain('Paused · just now');
    expect(card('VPN').textContent).toContain('203.0.113.24');
    expect(screen.getByTestId('overall').textContent).toContain('Paused');
  });

  it('lets ages grow between polls and turns late and stale by itself', async () => {
    const client = healthyClient();
    const { pass } = await openPage(client);
    client.answer('vpn.status', () => new Promise<never>(() => {})); // hangs from now on
    await pass(4000);
    expect(card('VPN').textContent).toContain('Live · 5 s old');
    await pass(8000);
    expect(card('VPN').textContent).toContain('Late · 13 s old');
    await pass(20_000);
    expect(card('VPN').textContent).toContain('Stale · 33 s old');
    expect(card('VPN').textContent).toContain('203.0.113.24');
    expect(screen.getByTestId('overall').textContent).toContain('1 of 3 sources stale');
    expect(document.title).toBe('▲ 1 stale · Overview · Cachedeck');
  });
});

describe('the ribbon', () => {
  it('speaks only of the time it has recorded', async () => {
    await openPage(
      healthyClient().push('status.ribbons', {
        cells: {
          'stats:total': Array.from({ length: 60 }, (_, at) => (at < 4 ? 'stale' : 'live')),
          'orchestrator:status': ['none', 'live'],
          'vpn:status': ['none'],
        },
        endsAt: null,
        intervalMs: 5000,
      }),
    );
    expect(card('Engines').textContent).toContain('Last 5 min: 56 live, 4 stale');
    expect(card('Orchestrator').textContent).toContain('Last 5 s: all live');
    expect(card('VPN').textContent).toContain('Nothing recorded yet.');
  });
});

describe('a failing source', () => {
  it('keeps its value, counts down to the next try and offers one retry', async () => {
    const { pass } = await openPage(
      healthyClient().answer('engines.totals', () =>
        pollOf(readingOf(totals, { age: 40_000, failure: failureOf() })),
      ),
    );
    const engines = card('Engines');
    expect(engines.textContent).toContain('Last 4 tries failed: timed out · next try in 8 s');
    expect(engines.textContent).toContain('2.0 GiB');
    expect(within(engines).getAllByRole('button', { name: 'Refresh now' })).toHaveLength(1);
    await pass(3000);
    expect(engines.textContent).toContain('next try in 5 s');
  });
});

describe('the engines card', () => {
  it('says hidden, not none, when containers run beside an empty list', async () => {
    await openPage(healthyClient().answer('engines.list', () => pollOf(readingOf({ engines: [] }))));
    expect(card('Engines').textContent).toContain('Hidden, not none');
    expect(card('Engine list').textContent).toContain('hidden, not none');
    expect(card('Engines').textContent).not.toContain('No engines running');
    const tiles = screen.getByRole('region', { name: 'Key figures' });
    expect(tiles.textContent).toContain('Engines healthyHidden8 containers run');
  });

  it('calls health unknown while the status never came, and not reported where it never will', async () => {
    const nothing = { value: null, age: null } as const;
    const client = healthyClient().answer('orchestrator.status', () =>
      pollOf(readingOf<typeof status>(null, { ...nothing, failure: failureOf() })),
    );
    const { pass } = await openPage(client);
    expect(card('Engines').textContent).toContain('— health unknown');
    expect(screen.getByRole('region', { name: 'Key figures' }).textContent).toContain(
      'Engines healthy—timed out',
    );
    expect(screen.getByRole('region', { name: 'Key figures' }).textContent).toContain('1 of 31 without data');
    client.answer('orchestrator.status', () =>
      pollOf(readingOf<typeof status>(null, { ...nothing, supported: false })),
    );
    await pass(5100);
    expect(card('Engines').textContent).toContain('— health not reported');
  });

  it('says none only when every source says 0', async () => {
    const idle = { ...status, engines: { total: 0, running: 0, healthy: 0, unhealthy: 0 } };
    await openPage(
      healthyClient()
        .answer('engines.list', () => pollOf(readingOf({ engines: [] })))
        .answer('orchestrator.status', () => pollOf(readingOf(idle)))
        .answer('engines.totals', () => pollOf(readingOf({ ...totals, containerCount: 0 }))),
    );
    expect(card('Engines').textContent).toContain('No engines running');
  });

  it('tells totals that were not collected yet from zero', async () => {
    await openPage(
      healthyClient().answer('engines.totals', () => pollOf(readingOf({ ...totals, containerCount: 0 }))),
    );
    expect(card('Engines').textContent).toContain('not collected yet');
  });

  it('shows a missing number as a dash with its reason', async () => {
    await openPage(
      healthyClient().answer('engines.totals', () => pollOf(readingOf({ ...totals, cpuPercent: null }))),
    );
    expect(card('Engines').textContent).toContain('CPU (sum)— not reported');
  });
});

describe('the VPN card', () => {
  it('says disabled only when the server does', async () => {
    const vpn = await openVpn(vpnDisabled);
    expect(vpn.textContent).toContain('Disabled');
    expect(vpn.textContent).toContain('runs without a VPN');
  });

  it('says unknown, with the last check, when the read fails', async () => {
    const vpn = await openVpn(vpnOf(), { age: 130_000, failure: failureOf() });
    expect(vpn.textContent).toContain('Unknown · last said 2 min 10 s ago: connected');
    expect(screen.queryByText('Disabled')).toBeNull();
    expect(screen.getByRole('region', { name: 'Key figures' }).textContent).toContain(
      '2 min 10 s ago: connected',
    );
  });

  it('shows the one of a redundant pair that is down, though the server says connected', async () => {
    const vpn = await openVpn(
      vpnOf({
        mode: 'redundant',
        nodes: [nodeOf(), nodeOf({ name: 'gluetun2', health: 'unhealthy', publicIp: null })],
      }),
    );
    expect(vpn.textContent).toContain('1 of 2 up');
    expect(vpn.textContent).toContain('gluetun2 Unhealthy');
  });

  it('puts emergency mode in words', async () => {
    const emergency = { active: true, failedVpn: 'gluetun2', healthyVpn: 'gluetun1', durationSeconds: 63 };
    const vpn = await openVpn(vpnOf({ mode: 'redundant', emergency }));
    expect(vpn.textContent).toContain('Emergency mode for 63 s');
    expect(vpn.textContent).toContain('gluetun2 is down and its engines are stopped.');
    expect(vpn.textContent).toContain('Everything runs behind gluetun1.');
  });

  it('does not call a VPN healthy that the server names so while both are down', async () => {
    const down = { health: 'unhealthy', connected: false, publicIp: null } as const;
    const emergency = { active: true, failedVpn: 'gluetun1', healthyVpn: 'gluetun2', durationSeconds: 5 };
    const vpn = await openVpn(
      vpnOf({
        mode: 'redundant',
        connected: false,
        emergency,
        nodes: [nodeOf(down), nodeOf({ ...down, name: 'gluetun2' })],
      }),
    );
    expect(vpn.textContent).toContain('Both down');
    expect(vpn.textContent).toContain('now no VPN is up');
    expect(vpn.textContent).not.toContain('Everything runs behind');
  });

  it('calls a healthy VPN without an address unverified, not down', async () => {
    const vpn = await openVpn(vpnOf({ nodes: [nodeOf({ publicIp: null, country: null, city: null })] }));
    expect(vpn.textContent).toContain('Connected');
    expect(vpn.textContent).toContain('Exit IP unverified');
  });
});

describe('the orchestrator card', () => {
  it('is unknown, not healthy, once its replies stopped; so are the engines it counted', async () => {
    const stale = pollOf(readingOf(status, { age: 90_000, failure: failureOf() }));
    await openPage(healthyClient().answer('orchestrator.status', () => stale));
    expect(card('Orchestrator').textContent).toContain('Unknown · last said 90 s ago: healthy');
    expect(card('Engines').textContent).toContain('Unknown · last said 90 s ago: 7 of 8 healthy');
    for (const name of ['Orchestrator', 'Engines']) {
      expect(card(name).querySelector('.card-body [data-role="ok"] .chip-glyph')).toBeNull();
    }
    const tiles = screen.getByRole('region', { name: 'Key figures' });
    expect(tiles.textContent).toContain('Engines healthy7 of 8▲ Stale · 90 s old');
  });

  it('says why it cannot start engines and when that clears', async () => {
    const blocked = {
      code: 'vpn_disconnected',
      message: 'VPN connection is required.',
      recoveryEtaSeconds: 60,
      canRetry: true,
    };
    await openPage(
      healthyClient().answer('orchestrator.status', () =>
        pollOf(
          readingOf({
            ...status,
            status: 'degraded' as const,
            provisioning: { canProvision: false, breaker: 'open' as const, lastFailure: null, blocked },
          }),
        ),
      ),
    );
    const text = card('Orchestrator').textContent;
    expect(text).toContain('Degraded');
    expect(text).toContain('Blocked: VPN disconnected');
    expect(text).toContain('Clears in about 60 s. No engine starts without the VPN.');
    expect(text).toContain('Open (blocking)');
  });

  it('treats full capacity as a fact, not as a fault', async () => {
    const full = { total: 10, used: 10, available: 0, maxReplicas: 10, minReplicas: 1 };
    await openPage(
      healthyClient().answer('orchestrator.status', () => pollOf(readingOf({ ...status, capacity: full }))),
    );
    const meter = within(card('Orchestrator')).getByRole('meter', { name: 'Capacity used' });
    expect(meter.getAttribute('aria-valuetext')).toBe('10 of 10 (full), at most 10');
    expect(card('Orchestrator').textContent).toContain('Healthy');
  });
});
