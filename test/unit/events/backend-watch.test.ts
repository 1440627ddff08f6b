import { beforeEach, expect, test } from 'vitest';
import { orchestrator, vpn, vpnNode, WatchBed } from '../../support/watch-bed.ts';

let bed: WatchBed;

beforeEach(async () => {
  bed = new WatchBed();
  await bed.run(10);
  bed.news();
});

test('a lost VPN is bad and says who reported it; back it tells for how long it was gone', async () => {
  bed.values['vpn:status'] = vpn({
    connected: false,
    nodes: [vpnNode({ connected: false, error: 'auth failed' })],
  });
  await bed.run(120);
  expect(bed.told.splice(0)).toEqual([
    {
      kind: 'vpn',
      severity: 'bad',
      subject: 'vpn:status',
      title: 'VPN disconnected',
      detail: 'Reported by the orchestrator just now. gluetun: auth failed',
    },
  ]);
  bed.values['vpn:status'] = vpn();
  await bed.run(10);
  expect(bed.told).toEqual([
    {
      kind: 'vpn',
      severity: 'info',
      subject: 'vpn:status',
      title: 'VPN connected',
      detail: 'Was disconnected for 2 min 0 s.',
    },
  ]);
});

test('a VPN that is down at the first look is no change; its coming up is', async () => {
  const other = new WatchBed();
  other.values['vpn:status'] = vpn({ connected: false });
  await other.run(20);
  expect(other.news()).toEqual(['First values received']);
  other.values['vpn:status'] = vpn();
  await other.run(10);
  expect(other.told).toEqual([expect.objectContaining({ title: 'VPN connected' })]);
});

test('unknown is not disconnected, and what was known before counts on', async () => {
  bed.values['vpn:status'] = vpn({ connected: null, nodes: [vpnNode({ publicIp: null, country: null })] });
  await bed.run(30);
  bed.values['vpn:status'] = vpn();
  await bed.run(30);
  expect(bed.news()).toEqual([]);
});

test('a VPN that is switched off is not lost, and its exit is forgotten', async () => {
  bed.values['vpn:status'] = vpn({ mode: 'disabled', enabled: false, connected: false, nodes: [] });
  await bed.run(30);
  bed.values['vpn:status'] = vpn({ nodes: [vpnNode({ publicIp: '198.51.100.7' })] });
  await bed.run(30);
  expect(bed.news()).toEqual([]);
});

test('an old value is no news: nothing is told of a VPN while its source fails', async () => {
  bed.failing.add('vpn:status');
  await bed.run(6);
  bed.values['vpn:status'] = vpn({ connected: false });
  await bed.run(60);
  expect(bed.news()).toEqual(['VPN status is failing', 'VPN status is stale']);
  bed.failing.clear();
  await bed.run(5);
  expect(bed.news()).toEqual(['VPN status is live again', 'VPN disconnected']);
});

test('another exit address or country is told with the old and the new', async () => {
  bed.values['vpn:status'] = vpn({ nodes: [vpnNode({ publicIp: '203.0.113.6' })] });
  await bed.run(10);
  bed.values['vpn:status'] = vpn({ nodes: [vpnNode({ publicIp: '198.51.100.7', country: 'Sweden' })] });
  await bed.run(10);
  bed.values['vpn:status'] = vpn({ nodes: [vpnNode({ publicIp: '198.51.100.8', country: null })] });
  await bed.run(10);
  expect(bed.told.map(({ kind, severity, title, detail }) => [kind, severity, title, detail])).toEqual([
    ['vpn', 'info', 'VPN exit address changed', '203.0.113.5 (Netherlands) → 203.0.113.6 (Netherlands)'],
    ['vpn', 'info', 'VPN exit country changed', '203.0.113.6 (Netherlands) → 198.51.100.7 (Sweden)'],
    ['vpn', 'info', 'VPN exit address changed', '198.51.100.7 (Sweden) → 198.51.100.8 (Sweden)'],
  ]);
});

test('of several VPNs the one that moved is named', async () => {
  const first = vpnNode({ name: 'gluetun1' });
  bed.values['vpn:status'] = vpn({ mode: 'redundant', nodes: [first, vpnNode({ name: 'gluetun2' })] });
  await bed.run(10);
  bed.values['vpn:status'] = vpn({
    mode: 'redundant',
    nodes: [first, vpnNode({ name: 'gluetun2', publicIp: '198.51.100.7' })],
  });
  await bed.run(10);
  expect(bed.told.map(({ detail }) => detail)).toEqual([
    'gluetun2: 203.0.113.5 (Netherlands) → 198.51.100.7 (Netherlands)',
  ]);
});

test('emergency mode is told when it is entered and when it ends', async () => {
  bed.values['vpn:status'] = vpn({
    mode: 'redundant',
    emergency: { active: true, failedVpn: 'gluetun1', healthyVpn: 'gluetun2', durationSeconds: 1 },
  });
  await bed.run(100);
  bed.values['vpn:status'] = vpn({ mode: 'redundant' });
  await bed.run(10);
  expect(bed.told.map(({ severity, title, detail }) => [severity, title, detail])).toEqual([
    ['attention', 'VPN emergency mode entered', 'gluetun1 failed. Everything runs over gluetun2.'],
    ['info', 'VPN emergency mode ended', 'Lasted 1 min 40 s.'],
  ]);
});

test('a VPN that drops all the time is told once as unstable and once when it has settled', async () => {
  for (let round = 0; round < 12; round += 1) {
    bed.values['vpn:status'] = vpn({ connected: round % 2 === 1 });
    await bed.run(20);
  }
  expect(bed.news()).toEqual([
    ...Array.from({ length: 3 }, () => ['VPN disconnected', 'VPN connected']).flat(),
    'VPN is unstable',
  ]);
  await bed.run(1000);
  expect(bed.told.map(({ title, detail }) => [title, detail])).toEqual([
    ['VPN has settled', 'Connected for 15 min after 12 changes.'],
  ]);
});

test('what the orchestrator says of itself is told when it changes', async () => {
  bed.values['orchestrator:status'] = orchestrator('degraded', 'VPN is down, so nothing new is started.');
  await bed.run(10);
  bed.values['orchestrator:status'] = orchestrator('unknown');
  await bed.run(10);
  bed.values['orchestrator:status'] = orchestrator('unavailable');
  await bed.run(10);
  bed.values['orchestrator:status'] = orchestrator('healthy');
  await bed.run(10);
  const subject = 'orchestrator:status';
  expect(bed.told).toEqual([
    {
      kind: 'state',
      severity: 'attention',
      subject,
      title: 'Orchestrator says it is degraded',
      detail: 'Was healthy. VPN is down, so nothing new is started.',
    },
    {
      kind: 'state',
      severity: 'bad',
      subject,
      title: 'Orchestrator says it is unavailable',
      detail: 'Was degraded.',
    },
    {
      kind: 'state',
      severity: 'info',
      subject,
      title: 'Orchestrator is healthy again',
      detail: 'Was unavailable.',
    },
  ]);
});

test('an orchestrator that changes its mind all the time is told once as unstable', async () => {
  for (let round = 0; round < 12; round += 1) {
    bed.values['orchestrator:status'] = orchestrator(round % 2 === 0 ? 'degraded' : 'healthy');
    await bed.run(20);
  }
  expect(bed.news().slice(6)).toEqual(['Orchestrator’s health is unstable']);
  await bed.run(1000);
  expect(bed.told.map(({ severity, title, detail }) => [severity, title, detail])).toEqual([
    ['info', 'Orchestrator’s health has settled', 'Healthy for 15 min after 12 changes.'],
  ]);
});

test('engines that come and go are no events', async () => {
  const changed = orchestrator('healthy');
  bed.values['orchestrator:status'] = {
    ...changed,
    engines: { total: 3, running: 3, healthy: 1, unhealthy: 2 },
  };
  await bed.run(30);
  expect(bed.news()).toEqual([]);
});
