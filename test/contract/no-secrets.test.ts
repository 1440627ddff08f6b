import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../electron/core/clock.ts';
import { connectBackend } from '../../electron/core/connect-backend.ts';
import { startDemo } from '../../electron/core/demo/demo-server.ts';
import type { DemoBackend } from '../../electron/core/demo/demo-server.ts';
import { logCrash } from '../../electron/core/logs/crashes.ts';
import { createAppLog } from '../../electron/core/logs/log-file.ts';
import { Redactor } from '../../electron/core/logs/redact.ts';
import type { AppCore } from '../../electron/core/ports.ts';
import { Problems } from '../../electron/core/storage/problems.ts';
import { startHttpHost } from '../../electron/hosts/http-host.ts';
import type { HttpHost } from '../../electron/hosts/http-host.ts';
import type { ProfileDraft } from '../../shared/contract/profiles.ts';
import type { CallName } from '../../shared/rpc/client.ts';
import { goodInputs } from '../support/bridge-inputs.ts';
import { originOf, signIn } from '../support/browser-session.ts';
import { startCoreOnDemo } from '../support/core-on-demo.ts';

// The whole app as it runs, at its most talkative: whatever it says, writes or hands out is searched for its secrets.

const folder = mkdtempSync(join(tmpdir(), 'cachedeck-secrets-'));
const hostKey = 'key-of-the-host-5f21';
const portalPassword = 'pörtal "pass" 77\\x';
const workstationsPassword = 'ws/pass+word=88';
const pastedToken = 'eyJhbGciOiJub25lIn0.cGFzdGVkLWJ5LWEtdXNlcg.c2lnbmF0dXJl';
const email = 'operator.name@customer.example';
/** Every secret there is, by what it is. */
const secrets = new Map<string, string>([
  ['the API key of the endpoints', hostKey],
  ['the password of the portal', portalPassword],
  ['the password of the workstation manager', workstationsPassword],
  ['a token that a user pasted', pastedToken],
]);
/** Everything that left main: replies, pushes, exports, the bundle. */
const said: string[] = [];
let core: AppCore;
let host: HttpHost;
let orchestrator: DemoBackend;
let cookie: string;

async function call(name: CallName, input: unknown): Promise<{ value?: { id?: string; user?: string } }> {
  const response = await fetch(`${originOf(host)}/rpc/${name}`, {
    method: 'POST',
    headers: { Cookie: cookie, Origin: originOf(host), 'Content-Type': 'application/json' },
    body: JSON.stringify(input),
  });
  const text = await response.text();
  said.push(JSON.stringify(Object.fromEntries(response.headers)), text);
  return JSON.parse(text) as { value?: { id?: string; user?: string } };
}

/** The ways a secret may be written. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ];
}

function found(text: string): string[] {
  return [...secrets]
    .filter(([, secret]) => formsOf(secret).some((form) => text.includes(form)))
    .map(([name]) => name);
}

beforeAll(async () => {
  orchestrator = await startDemo({ clock: systemClock, random: Math.random });
  secrets.set('the key of the orchestrator', orchestrator.apiKey);
  const problems = new Problems(systemClock);
  const redactor = new Redactor();
  redactor.add(hostKey);
  const log = createAppLog({
    folder,
    level: 'debug',
    consoleLevel: 'silent',
    redactor,
    clock: systemClock,
    problems,
  });
  ({ core } = await startCoreOnDemo(
    {
      log,
      redactor,
      problems,
      dataFolder: folder,
      profile: null,
      environment: { CACHEDECK_API_KEY: hostKey },
    },
    (target, surroundings) =>
      connectBackend(target, {
        ...surroundings,
        onSecret(secret) {
          // Key, passwords and tokens of the demo's three backends; one for each time it is connected.
          if (target.kind === 'demo') secrets.set(`a demo secret, ${secrets.size}`, secret);
          surroundings.onSecret(secret);
        },
      }),
  ));
  host = await startHttpHost({ core, pageFolder: folder, clock: systemClock, log });
  cookie = await signIn(host);

  const streaming = new AbortController();
  const stream = await fetch(`${originOf(host)}/feeds`, {
    headers: { Cookie: cookie },
    signal: streaming.signal,
  });
  const pushes = (async () => {
    try {
      for await (const chunk of stream.body ?? []) said.push(Buffer.from(chunk).toString());
    } catch (error) {
      if (!streaming.signal.aborted) throw error;
    }
  })();

  await call('settings.change', { logLevel: 'debug' });
  const draft: ProfileDraft = {
    name: 'Everything',
    production: true,
    orchestrator: { url: orchestrator.url, allowHttp: false },
    portal: { url: 'http://127.0.0.1:9/', allowHttp: false, email, uatPaths: false },
    workstations: { url: 'http://127.0.0.1:9/', allowHttp: false, user: 'operator' },
    pollSeconds: null,
    ttlSeconds: {},
  };
  const typed = { orchestratorKey: orchestrator.apiKey, portalPassword, workstationsPassword };
  await call('profiles.test', { id: null, draft, secrets: typed });
  const { value } = await call('profiles.save', { id: null, draft, secrets: typed, acceptWeak: false });
  const id = value?.id ?? '';
  for (const active of ['demo', id]) {
    await call('profiles.activate', { id: active });
    for (const [name, input] of Object.entries(goodInputs)) {
      if (!name.startsWith('profiles.')) await call(name as CallName, input);
    }
    await call('profiles.test', { id: active, draft, secrets: {} });
    const { value: signedIn } = await call('portal.signIn', { email, token: pastedToken });
    await call('portal.context', { user: signedIn?.user });
    await call('workstations.signIn', { user: 'operator', password: workstationsPassword });
    await call('workstations.create', {
      name: 'Another',
      address: '192.0.2.7',
      user: 'operator',
      password: workstationsPassword,
    });
    await orchestrator.setFault(active === id ? 'error-500' : 'none');
    await call('refresh.force', { resources: 'all' });
    await call('orchestrator.clearCache', {});
  }
  // A server that repeats what it was sent, and a sentence that carries it on.
  await call('profiles.import', {
    text: `{"format":"cachedeck-profiles","secret":"${orchestrator.apiKey}"}`,
  });
  await call('events.list', { ...goodInputs['events.list'], search: 'key' });
  await call('profiles.export', {});
  await call('diagnostics.bundle', {});
  await call('logs.tail', { lines: 500 });
  streaming.abort();
  await pushes;
  logCrash(
    log,
    new Error(`the request with ${orchestrator.apiKey} failed`, { cause: new Error(portalPassword) }),
  );
  await host.close();
  await core.stop();
  await log.close();
}, 60_000);

afterAll(async () => {
  await orchestrator.close();
  rmSync(folder, { recursive: true, force: true });
});

test('no reply, push, export or bundle carries a secret', () => {
  expect([...secrets.keys()].filter((name) => name.includes('demo')).length).toBeGreaterThan(6);
  expect(said.join('\n').length).toBeGreaterThan(50_000);
  expect(said.join('\n')).toContain('"Everything"');
  // Notifications are pushed, and kept in the history of alerts.
  expect(said.join('\n')).toContain('Test notification');
  expect(found(said.join('\n'))).toEqual([]);
});

test('no log and no file but the one for secrets carries one', () => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name));
  const names = files.map((file) => file.slice(folder.length + 1)).toSorted();
  expect(names).toEqual(
    expect.arrayContaining([
      'history.sqlite',
      join('logs', 'cachedeck.log'),
      'profiles.json',
      'settings.json',
    ]),
  );
  const carrying = files.flatMap((file) => {
    const text = readFileSync(file, 'latin1') + readFileSync(file, 'utf8');
    const own = file.endsWith('secrets.json');
    return found(text)
      .filter((name) => !own || name.includes('demo') || name.includes('endpoints'))
      .map((name) => `${name} in ${file}`);
  });
  expect(carrying).toEqual([]);
  const log = readFileSync(join(folder, 'logs', 'cachedeck.log'), 'utf8');
  expect(log).toContain('Cache HIT');
  expect(log).toContain('Cachedeck stopped because of an error: Error: the request with ••• failed');
});

test('accounts are masked in log and bundle', () => {
  const log = readFileSync(join(folder, 'logs', 'cachedeck.log'), 'utf8');
  expect(log).not.toContain(email);
  const bundle = said.find((text) => text.includes('cachedeck-diagnostics-')) ?? '';
  expect(bundle).toContain('customer.example');
  expect(bundle).not.toContain(email);
});
