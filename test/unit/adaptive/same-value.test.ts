import { expect, test } from 'vitest';
import { sameValue } from '../../../electron/core/adaptive/same-value.ts';
import { engine, status, totals, vpnOf } from '../../support/page-world.ts';

const breaker = { state: 'closed', failureCount: 0, lastFailure: null, lastSuccess: 1 };

test('values are alike whatever the time of the last look in them', () => {
  const vpn = vpnOf();
  const nodes = vpn.nodes.map((node) => ({ ...node, lastCheck: (node.lastCheck ?? 0) + 5000 }));
  expect(sameValue('vpn:status', vpn, { ...vpn, nodes })).toBe(true);
  const engines = { engines: [engine] };
  const later = { engines: [{ ...engine, lastSeen: 9, lastHealthCheck: 9 }] };
  expect(sameValue('engines:list', engines, later)).toBe(true);
  const health = { breakers: { general: breaker, replacement: null } };
  const tried = { breakers: { general: { ...breaker, lastSuccess: 2 }, replacement: null } };
  expect(sameValue('health:status', health, tried)).toBe(true);
  const held = { size: 1, entries: [{ key: 'a', ageSeconds: 1, ttlRemainingSeconds: 2 }] };
  const older = { size: 1, entries: [{ key: 'a', ageSeconds: 2, ttlRemainingSeconds: 1 }] };
  expect(sameValue('orchestrator:cache', held, older)).toBe(true);
});

test('anything else that differs is a change', () => {
  expect(sameValue('stats:total', totals, structuredClone(totals))).toBe(true);
  expect(sameValue('stats:total', totals, { ...totals, cpuPercent: 1 })).toBe(false);
  const blocked = { ...status, provisioning: { ...status.provisioning, canProvision: false } };
  expect(sameValue('orchestrator:status', status, blocked)).toBe(false);
  expect(sameValue('engines:list', { engines: [engine] }, { engines: [engine, engine] })).toBe(false);
  expect(
    sameValue('engines:list', { engines: [engine] }, { engines: [{ ...engine, health: 'unknown' }] }),
  ).toBe(false);
  const failed = { breakers: { general: { ...breaker, lastFailure: 2 }, replacement: null } };
  const health = { breakers: { general: breaker, replacement: null } };
  expect(sameValue('health:status', health, failed)).toBe(false);
  expect(sameValue('server:events', { events: [] }, { events: {} })).toBe(false);
  expect(sameValue('stats:total', { a: null }, { a: {} })).toBe(false);
  expect(sameValue('stats:total', { a: 1 }, { b: 1 })).toBe(false);
  expect(sameValue('stats:total', { a: undefined }, {})).toBe(false);
});

test('a field of a time that comes or goes is a change', () => {
  const vpn = vpnOf();
  const nodes = vpn.nodes.map((node) =>
    Object.fromEntries(Object.entries(node).filter(([name]) => name !== 'lastCheck')),
  );
  expect(sameValue('vpn:status', vpn, { ...vpn, nodes })).toBe(false);
});
