import { expect, test } from '../support/app-test.ts';
import { region } from '../support/page.ts';

test('single VPN down: disconnected, degraded, blocked, never "disabled"', async ({ page, replay }) => {
  await replay('single-vpn-down');
  const vpn = region(page, 'VPN');
  await expect(vpn).toContainText('Disconnected');
  await expect(vpn).toContainText('Unhealthy');
  await expect(vpn).not.toContainText('Disabled');
  const orchestrator = region(page, 'Orchestrator');
  await expect(orchestrator).toContainText('Degraded');
  await expect(orchestrator).toContainText('Blocked: VPN disconnected');
  await expect(orchestrator).toContainText('Clears in about 60 s.');
});

test('redundant with one down: still connected, but one of two up and emergency mode', async ({
  page,
  replay,
}) => {
  await replay('redundant-one-down');
  const vpn = region(page, 'VPN');
  await expect(vpn).toContainText('1 of 2 up');
  await expect(vpn).toContainText('gluetun2 Unhealthy');
  await expect(vpn).toContainText('203.0.113.10');
});

test('emergency mode says who failed and what carries on', async ({ page, replay }) => {
  await replay('emergency');
  const vpn = region(page, 'VPN');
  await expect(vpn).toContainText('Emergency mode');
  await expect(vpn).toContainText('gluetun2 is down and its engines are stopped');
  await expect(vpn).toContainText('Everything runs behind gluetun1');
});

test('redundant with both down: engines are hidden, not none', async ({ page, replay }) => {
  await replay('redundant-both-down');
  await expect(region(page, 'VPN')).toContainText('Both down');
  await expect(region(page, 'Engines')).toContainText('Hidden, not none');
  await expect(region(page, 'Engine list')).toContainText('hidden, not none');
  await expect(page.getByText('No engines running')).toHaveCount(0);
});

test('an open circuit breaker is named, with what is left of its time', async ({ page, replay }) => {
  await replay('circuit-open');
  const orchestrator = region(page, 'Orchestrator');
  await expect(orchestrator).toContainText('Unavailable');
  await expect(orchestrator).toContainText('Blocked: circuit breaker open');
  await expect(orchestrator).toContainText('Clears in about 296 s.');
  await expect(orchestrator).toContainText('Open (blocking)');
  await expect(region(page, 'VPN')).toContainText('Disabled');
});

test('full capacity is a fact, not a fault', async ({ page, replay }) => {
  await replay('max-capacity');
  const orchestrator = region(page, 'Orchestrator');
  await expect(orchestrator).toContainText('Healthy');
  await expect(orchestrator).toContainText('at maximum capacity');
  await expect(region(page, 'Engines')).toContainText('0 of 10 healthy');
});

test('a release whose cache lists no stats:total is no error', async ({ page, replay }) => {
  await replay('stats-total-missing');
  const cache = region(page, 'Orchestrator’s own cache');
  await expect(cache).toContainText('vpn:status');
  await expect(cache).toContainText('orchestrator:status');
  await expect(page.getByTestId('overall')).toHaveText(/All 3 sources live/);
});

test('a backend without engine totals: not reported, never zero', async ({ page, replay }) => {
  await replay('stats-total-404');
  const engines = region(page, 'Engines');
  await expect(engines).toContainText('Not reported');
  await expect(engines).not.toContainText('0 %');
  await expect(page.getByTestId('overall')).toHaveText(/2 of 3 live, rest not reported/);
});

test('genuine all-zero statistics are "no requests"', async ({ page, replay }) => {
  await replay('all-zero');
  await expect(region(page, 'Orchestrator’s own cache')).toContainText('no requests');
  await expect(region(page, 'Engines')).toContainText('No engines running');
});

test('up without an exit address is unverified', async ({ page, replay }) => {
  await replay('single-vpn-unverified');
  await expect(region(page, 'VPN')).toContainText('Exit IP unverified');
});

test('the Go rewrite: what it reports is shown, what it lacks is "not reported"', async ({
  page,
  replay,
}) => {
  await replay('v2');
  await expect(page.getByTestId('overall')).toHaveText(/2 of 3 live, rest not reported/);
  await expect(region(page, 'Orchestrator')).toContainText('Not reported');
  await expect(region(page, 'VPN')).toContainText('1 of 2 up');
});
