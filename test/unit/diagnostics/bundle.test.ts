import { expect, test } from 'vitest';
import { bundleName, diagnosticBundle } from '../../../electron/core/diagnostics/bundle.ts';
import type { DiagnosticFacts } from '../../../electron/core/diagnostics/bundle.ts';
import { TtlCache } from '../../../electron/core/cache/ttl-cache.ts';
import { silentLog } from '../../../electron/core/log.ts';
import { Redactor } from '../../../electron/core/logs/redact.ts';
import { defaultSettings } from '../../../electron/core/settings/values.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const clock = new FakeClock();
const cache = new TtlCache({ clock, log: silentLog, random: () => 0.5, freeze: true });

const facts: DiagnosticFacts = {
  at: 1_000_000_000_123,
  version: '1.2.3',
  host: 'desktop',
  platform: { system: 'linux', release: '6.1', arch: 'x64' },
  node: '24.1.0',
  electron: '45.4.1',
  capabilities: {
    tray: true,
    notifications: true,
    quit: true,
    startAtLogin: true,
    openFolder: true,
    windows: true,
  },
  uptimeMs: 1234,
  dataFolder: '/home/ann/.config/cachedeck',
  home: '/home/ann/',
  settings: {
    values: defaultSettings,
    overridden: [{ name: 'logLevel', variable: 'CACHEDECK_LOG' }],
    warnings: ['A TTL of 2 s is below the interval.'],
  },
  profiles: {
    profiles: [
      {
        id: 'p1',
        name: 'home-lab',
        kind: 'stored',
        production: true,
        orchestrator: { url: 'https://orchestrator.example:8000', allowHttp: false },
        portal: {
          url: 'https://portal.example',
          allowHttp: false,
          email: 'ann.smith@example.com',
          uatPaths: false,
        },
        workstations: { url: 'https://ws.example', allowHttp: false, user: 'operator' },
        pollSeconds: null,
        ttlSeconds: { 'vpn:status': 3 },
        secrets: { orchestratorKey: 'stored', portalPassword: 'environment', workstationsPassword: 'none' },
      },
    ],
    active: 'p1',
    generation: 3,
    url: 'https://orchestrator.example:8000',
    fault: null,
    firstRun: false,
    secretStorage: { protection: 'keychain', sentence: 'In the keychain.' },
  },
  problems: [
    {
      id: 'log:writing',
      area: 'log',
      at: 1,
      title: 'The log file cannot be written',
      text: 'The folder is /home/ann/.config/cachedeck, not /home/anna/x.',
    },
  ],
  cache: { ...cache.statistics(), keys: [] },
  polling: {
    paused: false,
    pausedSince: null,
    pausedUntil: null,
    refreshAhead: true,
    pollMs: 5000,
    callsPerMinute: 36,
    callsByResource: { 'vpn:status': 12 },
  },
  events: [
    {
      id: 9,
      at: 2,
      kind: 'start',
      severity: 'info',
      profile: 'home-lab',
      subject: null,
      title: 'Cachedeck started',
      detail: null,
    },
  ],
  requests: [{ at: 3, resource: 'vpn:status', ms: 12, outcome: 'timeout', calls: 1 }],
  logLines: ['2001-09-09T01:46:40.000Z info started'],
};

/** Anything of a parsed bundle. */
type Json = Readonly<Record<string, unknown>>;

function bundleOf(
  change: Partial<DiagnosticFacts> = {},
  redactor = new Redactor(),
): { text: string; json: Json } {
  const text = diagnosticBundle({ ...facts, ...change }, (line) => redactor.clean(line));
  return { text, json: JSON.parse(text) as Json };
}

test('the bundle says what is needed to find a fault', () => {
  const { text, json } = bundleOf();
  expect(text).toMatch(/^\{\n {2}"writtenAt": "2001-09-09T01:46:40.123Z",\n/);
  expect(json).toMatchObject({
    version: '1.2.3',
    host: 'desktop',
    platform: { system: 'linux', release: '6.1', arch: 'x64' },
    node: '24.1.0',
    electron: '45.4.1',
    capabilities: facts.capabilities,
    uptimeMs: 1234,
    settings: {
      values: defaultSettings,
      overridden: [{ name: 'logLevel', variable: 'CACHEDECK_LOG' }],
      warnings: ['A TTL of 2 s is below the interval.'],
    },
    cache: facts.cache,
    polling: facts.polling,
    events: facts.events,
    requests: facts.requests,
    logLines: facts.logLines,
  });
});

test('of profiles addresses are told and accounts are not', () => {
  const { text, json } = bundleOf();
  expect(json['profiles']).toMatchObject({
    active: 'p1',
    profiles: [
      {
        name: 'home-lab',
        orchestrator: { url: 'https://orchestrator.example:8000' },
        portal: { url: 'https://portal.example', email: 'a•••h@example.com' },
        workstations: { url: 'https://ws.example', user: 'o•••r' },
        secrets: { orchestratorKey: 'stored', portalPassword: 'environment', workstationsPassword: 'none' },
      },
    ],
  });
  expect(text).not.toContain('ann.smith');
  expect(text).not.toContain('operator');
});

test('a profile without portal and workstations stays without', () => {
  const [profile] = facts.profiles.profiles;
  if (!profile) throw new Error('the facts have a profile');
  const { json } = bundleOf({
    profiles: {
      ...facts.profiles,
      profiles: [
        {
          ...profile,
          portal: null,
          workstations: { url: 'https://ws.example', allowHttp: false, user: null },
        },
      ],
    },
  });
  expect(json['profiles']).toMatchObject({ profiles: [{ portal: null, workstations: { user: null } }] });
});

test('the home directory is ~ wherever it occurs, and nothing else is', () => {
  const { text, json } = bundleOf();
  expect(json['dataFolder']).toBe('~/.config/cachedeck');
  expect(json['problems']).toMatchObject([{ text: 'The folder is ~/.config/cachedeck, not /home/anna/x.' }]);
  expect(text).not.toMatch(/\/home\/ann\b/);
  expect(bundleOf({ home: '/', dataFolder: '/data' }).json['dataFolder']).toBe('/data');
  const windows = bundleOf({ home: 'C:\\Users\\ann', dataFolder: 'C:\\Users\\ann\\AppData' });
  expect(windows.json['dataFolder']).toBe('~\\AppData');
});

test('only the last of events, requests and lines are in it', () => {
  const [event] = facts.events;
  const [request] = facts.requests;
  if (!event || !request) throw new Error('the facts have an event and a request');
  const { json } = bundleOf({
    events: Array.from({ length: 250 }, (_, n) => ({ ...event, id: 250 - n })),
    requests: Array.from({ length: 250 }, (_, n) => ({ ...request, at: 250 - n })),
    logLines: Array.from({ length: 400 }, (_, n) => `line ${n}`),
  });
  const { events, requests, logLines } = json as Record<string, { readonly [n: number]: unknown }>;
  expect(events).toHaveLength(200);
  expect(events?.[0]).toMatchObject({ id: 250 });
  expect(requests).toHaveLength(200);
  expect(requests?.[0]).toMatchObject({ at: 250 });
  expect(logLines).toHaveLength(300);
  expect(logLines?.[299]).toBe('line 399');
});

test('a secret is in it nowhere, wherever it got in, and the bundle stays JSON', () => {
  const redactor = new Redactor();
  const secret = 'hun"ter2\\';
  redactor.add(secret);
  redactor.add('true');
  const [event] = facts.events;
  if (!event) throw new Error('the facts have an event');
  const { text, json } = bundleOf(
    {
      version: `1 ${secret}`,
      dataFolder: `/x/${encodeURIComponent(secret)}`,
      events: [{ ...event, title: secret, detail: `Authorization: Bearer ${secret}` }],
      polling: { ...facts.polling, callsByResource: Object.fromEntries([[secret, 3]]) },
      logLines: [
        Buffer.from(`user:${secret}`).toString('base64'),
        'password=other"secret',
        JSON.stringify({ secret }),
      ],
    },
    redactor,
  );
  expect(text).not.toContain(secret);
  expect(text).not.toContain(JSON.stringify(secret).slice(1, -1));
  expect(text).not.toContain('hun');
  expect(text).not.toContain('ter2');
  expect(json).toMatchObject({
    version: '1 •••',
    capabilities: { tray: true },
    events: [{ title: '•••', detail: 'Authorization: •••' }],
    polling: { callsByResource: { '•••': 3 } },
  });
});

test('the file is named after its time', () => {
  expect(bundleName(1_000_000_000_123)).toBe('cachedeck-diagnostics-2001-09-09T01-46-40Z.json');
});
