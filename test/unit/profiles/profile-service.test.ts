import { chmodSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { profileDraft } from '../../../shared/contract/profiles.ts';
import type { ProfileDraft, SecretsInput } from '../../../shared/contract/profiles.ts';
import { contract } from '../../../shared/contract/index.ts';
import type { ProfileChange, ProfileService } from '../../../electron/core/profiles/profile-service.ts';
import { plainBox } from '../../../electron/core/secrets/plain-box.ts';
import type { SecretBox } from '../../../electron/core/secrets/secret-store.ts';
import { draftOf, ProfileBed } from './profile-bed.ts';

let bed: ProfileBed;
beforeEach(() => void (bed = new ProfileBed()));
afterEach(() => bed.remove());

const fromEnvironment = {
  CACHEDECK_ORCHESTRATOR_URL: 'https://orchestrator.example',
  CACHEDECK_ORCHESTRATOR_KEY: 'env-key',
};

function save(service: ProfileService, name: string, secrets: SecretsInput = {}): Promise<string> {
  return service.save({ id: null, draft: draftOf(name), secrets, acceptWeak: false });
}

const names = (service: ProfileService) => service.list().map(({ name }) => name);

describe('the list', () => {
  it('is the demo alone at first', () => {
    const service = bed.start();
    expect(service.list()).toMatchObject([{ id: 'demo', kind: 'demo', name: 'Demo' }]);
    expect([service.activeId, service.firstRun]).toEqual(['demo', true]);
  });

  it('holds the demo, the environment’s, then the stored ones by name, as the contract says', async () => {
    const service = bed.start({ environment: fromEnvironment });
    for (const name of ['zeta', 'Alpha', 'beta']) await save(service, name, { orchestratorKey: 'a' });
    expect(names(service)).toEqual(['Demo', 'orchestrator.example', 'Alpha', 'beta', 'zeta']);
    const secrets = { portalPassword: 'none', workstationsPassword: 'none' };
    expect(service.list().map((one) => one.secrets)).toEqual([
      { ...secrets, orchestratorKey: 'none' },
      { ...secrets, orchestratorKey: 'environment' },
      ...Array.from({ length: 3 }, () => ({ ...secrets, orchestratorKey: 'stored' })),
    ]);
    const state = {
      profiles: service.list(),
      active: service.activeId,
      generation: 1,
      url: null,
      fault: null,
      firstRun: service.firstRun,
      secretStorage: service.secretStorage,
    };
    expect(contract['profiles.state'].value.parse(state)).toEqual(state);
    expect(JSON.stringify(state)).not.toContain('env-key');
  });
});

describe('which is active', () => {
  it('the one chosen last, in the next run too', async () => {
    const service = bed.start();
    const id = await save(service, 'lab');
    expect([service.activeId, service.firstRun]).toEqual(['demo', true]);
    service.activate(id);
    expect([service.activeId, service.firstRun]).toEqual([id, false]);
    expect(bed.start().activeId).toBe(id);
    service.activate('demo');
    expect([bed.start().activeId, bed.start().firstRun]).toEqual(['demo', false]);
    expect(() => service.activate('nowhere')).toThrow('There is no such profile');
  });

  it('the environment’s where there is one, whatever was chosen; that is not stored', async () => {
    const service = bed.start();
    service.activate(await save(service, 'lab'));
    const before = bed.storage.json('profiles.json');
    const run = bed.start({ environment: fromEnvironment });
    expect([run.activeId, run.firstRun]).toEqual(['environment', false]);
    expect(bed.storage.json('profiles.json')).toEqual(before);
    run.activate('environment');
    expect(bed.start().activeId).toBe('demo');
  });

  it.each([
    ['demo', 'demo'],
    ['DEMO', 'demo'],
    ['environment', 'environment'],
    ['orchestrator', 'environment'],
    [' lab ', 'id-1'],
    ['LAB', 'id-1'],
  ])('%j names %s, and is not stored', async (wanted, id) => {
    await save(bed.start(), 'Lab');
    const before = bed.storage.json('profiles.json');
    const service = bed.start({ environment: fromEnvironment, wanted });
    expect([service.activeId, service.firstRun]).toEqual([id, false]);
    expect(bed.storage.json('profiles.json')).toEqual(before);
  });

  it('a name that is none is refused with what there is', async () => {
    await save(bed.start(), 'Lab');
    expect(() => bed.start({ wanted: 'labor' })).toThrow(
      'There is no profile of that name; there is: demo, Lab.',
    );
    expect(() => bed.start({ wanted: 'x', environment: fromEnvironment })).toThrow('demo, environment, Lab.');
    for (const wanted of ['orchestrator', 'environment']) {
      expect(() => bed.start({ wanted })).toThrow(
        `The ${wanted} profile needs an address: set CACHEDECK_ORCHESTRATOR_URL`,
      );
    }
  });
});

describe('saving', () => {
  it('adds a profile and its secrets, and changes what is named', async () => {
    const service = bed.start();
    const id = await save(service, '  lab  ', { orchestratorKey: ' key-one\n' });
    expect(service.find(id)).toMatchObject({ name: 'lab', kind: 'stored' });
    expect(await service.secretsOf(id)).toMatchObject({ orchestratorKey: 'key-one' });
    const draft = draftOf('LAB', { pollSeconds: 30, ttlSeconds: { 'vpn:status': 7 } });
    expect(await service.save({ id, draft, secrets: {}, acceptWeak: false })).toBe(id);
    const next = bed.start();
    expect(next.find(id)).toMatchObject(draft);
    expect(await next.secretsOf(id)).toMatchObject({ orchestratorKey: 'key-one' });
    await next.save({ id, draft, secrets: { orchestratorKey: null }, acceptWeak: false });
    expect(await next.secretsOf(id)).toMatchObject({ orchestratorKey: null });
    expect(bed.known).toContain('key-one');
  });

  it('never sends a stored secret to another server than it was given for', async () => {
    const service = bed.start();
    const at = (url: string) => draftOf('lab', { orchestrator: { url, allowHttp: false } });
    const save = (draft: ProfileDraft, orchestratorKey?: string) => {
      const secrets = orchestratorKey === undefined ? {} : { orchestratorKey };
      return service.save({ id: 'id-1', draft, secrets, acceptWeak: false });
    };
    await service.save({
      id: null,
      draft: at('http://127.0.0.1:8000'),
      secrets: { orchestratorKey: 'key-of-8000' },
      acceptWeak: false,
    });
    await save(at('http://127.0.0.1:8000/below/a/path'));
    expect(await service.secretsOf('id-1')).toMatchObject({ orchestratorKey: 'key-of-8000' });
    await save(at('http://127.0.0.1:9000'), 'key-of-9000');
    expect(await service.secretsOf('id-1')).toMatchObject({ orchestratorKey: 'key-of-9000' });
    await save(at('http://127.0.0.1:8000'));
    expect(await service.secretsOf('id-1')).toMatchObject({ orchestratorKey: null });
    await save(at('http://127.0.0.1:9000'));
    expect(await service.secretsOf('id-1')).toMatchObject({ orchestratorKey: null });
  });

  it('forgets secrets the profile has no use for any more', async () => {
    const service = bed.start();
    const workstations = { url: 'https://stations.example', allowHttp: false, user: 'admin' };
    const secrets = { workstationsPassword: 'two', portalPassword: 'three' };
    const id = await service.save({
      id: null,
      draft: draftOf('a', { workstations }),
      secrets,
      acceptWeak: false,
    });
    expect(service.find(id).secrets).toMatchObject({
      workstationsPassword: 'stored',
      portalPassword: 'none',
    });
    const without = draftOf('a', { workstations: { ...workstations, user: null } });
    await service.save({ id, draft: without, secrets: {}, acceptWeak: false });
    expect(service.find(id).secrets).toMatchObject({ workstationsPassword: 'none' });
    expect(JSON.stringify(bed.storage.json('secrets.json'))).not.toContain('workstations');
  });

  it.each(['lab', ' LAB ', 'demo', 'Environment', 'orchestrator', 'orchestrator.example'])(
    'refuses the name %j',
    async (name) => {
      const service = bed.start({ environment: fromEnvironment });
      await save(service, 'Lab');
      await expect(save(service, name)).rejects.toMatchObject({ code: 'conflict' });
    },
  );

  it.each([
    [draftOf('a', { orchestrator: null }), 'A profile needs the address of at least one backend.'],
    [
      draftOf('a', { orchestrator: { url: 'http://10.0.0.5', allowHttp: false } }),
      'The address of the orchestrator is plain http to another machine',
    ],
    [
      draftOf('a', { portal: { url: 'https://a?b', allowHttp: false, email: null, uatPaths: false } }),
      'The address of the portal must not carry a query',
    ],
    [
      draftOf('a', { workstations: { url: 'x', allowHttp: true, user: null } }),
      'The address of the workstation manager must be an http or https address.',
    ],
  ])('refuses %j', async (draft, words) => {
    const saving = bed.start().save({ id: null, draft, secrets: {}, acceptWeak: false });
    await expect(saving).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining(words),
    });
  });

  it.each(['a\nb', 'a\u001b[2Jb', '\u202eabc', 'a\u2066b', '\u200b', '\u{1f680}\ud800'])(
    'refuses the name %j, which a list or a terminal could not show',
    async (name) => {
      await expect(save(bed.start(), name)).rejects.toMatchObject({
        code: 'bad-request',
        details: ['draft.name'],
      });
    },
  );

  it.each(['🚀🇨🇭 prod', '👩‍💻', 'Größe 1', '生产', 'إنتاج'])('takes the name %s', async (name) => {
    const service = bed.start();
    expect(service.find(await save(service, name)).name).toBe(name);
  });

  it('tells of a profile whose secret the keychain refuses, and the secret counts until the end', async () => {
    const refusing = { ...plainBox, seal: () => Promise.reject(new Error('locked')) };
    const service = bed.start({ box: refusing });
    const told: string[] = [];
    service.onChange(({ kind, name }) => told.push(`${kind} ${name}`));
    await expect(save(service, 'lab', { orchestratorKey: 'key-one' })).rejects.toMatchObject({
      code: 'unavailable',
      message: 'The secret counts until Cachedeck ends but is not kept: it could not be encrypted.',
    });
    expect(told).toEqual(['added lab']);
    expect(await service.secretsOf('id-1')).toMatchObject({ orchestratorKey: 'key-one' });
    expect(bed.start().find('id-1').secrets).toMatchObject({ orchestratorKey: 'none' });
  });

  it('leaves no secret of a profile that is removed while its secret is being sealed', async () => {
    const gate = Promise.withResolvers<null>();
    const slow = { ...plainBox, seal: (text: string) => gate.promise.then(() => plainBox.seal(text)) };
    const service = bed.start({ box: slow });
    const saved = save(service, 'lab', { orchestratorKey: 'key-one' });
    await vi.waitFor(() => expect(service.list()).toHaveLength(2));
    const removed = service.remove('id-1');
    await new Promise((resolve) => setImmediate(resolve)); // as far as it gets by itself
    gate.resolve(null);
    await Promise.all([saved, removed]);
    expect(bed.storage.json('secrets.json')).toEqual({ format: 1, data: { sealed: {} } });
    expect(service.list()).toHaveLength(1);
  });

  it('refuses a key that cannot be sent, and does not repeat it', async () => {
    const service = bed.start();
    const saving = save(service, 'a', { orchestratorKey: 'zwei wörter' });
    await expect(saving).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.not.stringContaining('wörter'),
    });
    expect(names(service)).toEqual(['Demo']);
  });

  it('refuses what is not stored, and what is gone', async () => {
    const service = bed.start({ environment: fromEnvironment });
    for (const [id, code] of [
      ['demo', 'conflict'],
      ['environment', 'conflict'],
      ['id-9', 'not-found'],
    ]) {
      const input = { id: id ?? '', draft: draftOf('a'), secrets: {}, acceptWeak: false };
      await expect(service.save(input)).rejects.toMatchObject({ code });
      await expect(service.remove(id ?? '')).rejects.toMatchObject({ code });
    }
    await expect(service.secretsOf('id-9')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('refuses the fifty-first', async () => {
    const service = bed.start();
    for (let count = 1; count <= 50; count += 1) await save(service, `p${count}`);
    await expect(save(service, 'one more')).rejects.toMatchObject({ code: 'conflict' });
    expect(() => service.importText(service.exportText())).toThrow('At most 50 profiles');
  });

  it('asks for consent where secrets would be kept weakly', async () => {
    const weak: SecretBox = {
      protection: { kind: 'weak', sentence: 'No keyring was found.' },
      seal: (text) => Promise.resolve(text),
      open: (text) => Promise.resolve({ text, stale: false }),
    };
    const service = bed.start({ box: weak });
    expect(service.secretStorage).toEqual({ protection: 'weak', sentence: 'No keyring was found.' });
    await expect(save(service, 'a', { orchestratorKey: 'key' })).rejects.toMatchObject({
      code: 'conflict',
      message: 'No keyring was found. Agree to that, or save without secrets.',
    });
    expect(names(service)).toEqual(['Demo']);
    const id = await save(service, 'a', { portalPassword: null });
    await service.save({ id, draft: draftOf('a'), secrets: { orchestratorKey: 'key' }, acceptWeak: true });
    expect(await service.secretsOf(id)).toMatchObject({ orchestratorKey: 'key' });
  });

  it('that cannot be written counts until the end, and says so', async () => {
    await save(bed.start(), 'a');
    chmodSync(bed.storage.path('profiles.json'), 0o400);
    const service = bed.start();
    const heard: ProfileChange[] = [];
    service.onChange((change) => void heard.push(change));
    await expect(save(service, 'b')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('is not kept'),
    });
    const id = service.list().at(-1)?.id ?? '';
    service.activate(id);
    expect(heard).toEqual([
      { kind: 'added', id, name: 'b' },
      { kind: 'activated', id, name: 'b' },
    ]);
    expect(service.activeId).toBe(id);
    expect(bed.storage.told).toMatchObject([{ id: 'profiles:keeping' }]);
    expect(names(bed.start())).toEqual(['Demo', 'a']);
  });
});

describe('removing', () => {
  it('takes the secrets along, and the active one gives way to the demo', async () => {
    const service = bed.start();
    const [one, two] = [await save(service, 'one', { orchestratorKey: 'a' }), await save(service, 'two')];
    const heard: ProfileChange[] = [];
    const stop = service.onChange((change) => void heard.push(change));
    service.activate(one);
    await service.remove(two);
    expect(service.activeId).toBe(one);
    await service.remove(one);
    expect([service.activeId, names(service)]).toEqual(['demo', ['Demo']]);
    expect(bed.storage.json('secrets.json')).toEqual({ format: 1, data: { sealed: {} } });
    expect([bed.start().activeId, bed.start().firstRun]).toEqual(['demo', false]);
    expect(heard.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'activated one',
      'removed two',
      'removed one',
    ]);
    stop();
    await save(service, 'three');
    expect(heard).toHaveLength(3);
  });
});

describe('secrets', () => {
  it('of demo and environment', async () => {
    const service = bed.start({ environment: fromEnvironment });
    expect(await service.secretsOf('environment')).toMatchObject({ orchestratorKey: 'env-key' });
    expect(Object.values(await service.secretsOf('demo'))).toEqual([null, null, null]);
    expect(bed.known).toContain('env-key');
  });

  it('that cannot be opened are told, and the profile goes on without them', async () => {
    const id = await save(bed.start(), 'lab', { orchestratorKey: 'key' });
    const service = bed.start({ box: null });
    expect(await service.secretsOf(id)).toMatchObject({ orchestratorKey: null });
    expect(service.find(id).secrets.orchestratorKey).toBe('unreadable');
    expect(bed.storage.told).toEqual([
      {
        id: `secret:${id}:orchestratorKey`,
        text: expect.stringContaining('What is stored for the profile lab cannot be opened'),
      },
    ]);
    await service.save({ id, draft: draftOf('lab'), secrets: { orchestratorKey: 'new' }, acceptWeak: false });
    expect(bed.storage.told).toEqual([]);
    expect(await service.secretsOf(id)).toMatchObject({ orchestratorKey: 'new' });
  });

  it('for a test are those typed, else the stored ones of the same address', async () => {
    const service = bed.start();
    const id = await save(service, 'lab', { orchestratorKey: 'stored' });
    const ask = (url: string, typed: SecretsInput = {}, of: string | null = id) =>
      service.secretsForTest(of, draftOf('lab', { orchestrator: { url, allowHttp: true } }), typed);
    const same = 'http://127.0.0.1:8000/other/path';
    expect(await ask(same)).toMatchObject({ secrets: { orchestratorKey: 'stored' }, withheld: [] });
    expect(await ask(same, { orchestratorKey: 'typed' })).toMatchObject({
      secrets: { orchestratorKey: 'typed' },
    });
    expect(await ask(same, { orchestratorKey: null })).toMatchObject({ secrets: { orchestratorKey: null } });
    expect(await ask(same, {}, null)).toMatchObject({ secrets: { orchestratorKey: null }, withheld: [] });
    for (const other of [
      'http://127.0.0.1:8001',
      'https://127.0.0.1:8000',
      'http://evil.example:8000',
      'x',
    ]) {
      expect(await ask(other)).toMatchObject({
        secrets: { orchestratorKey: null },
        withheld: ['orchestratorKey'],
      });
    }
    expect(bed.known).toContain('typed');
    await expect(ask(same, {}, 'id-9')).rejects.toMatchObject({ code: 'not-found' });
  });
});

it('drafts are those of the contract', () => {
  expect(profileDraft.parse(draftOf('a'))).toEqual(draftOf('a'));
});
