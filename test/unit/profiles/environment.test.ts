import { describe, expect, it } from 'vitest';
import { environmentProfile } from '../../../electron/core/profiles/environment.ts';

describe('the profile of the environment', () => {
  it.each([{}, { CACHEDECK_ORCHESTRATOR_URL: ' ', CACHEDECK_ORCHESTRATOR_KEY: 'secret' }])(
    'there is none without an address: %j',
    (environment) => {
      expect(environmentProfile(environment)).toBeNull();
    },
  );

  it('takes all backends, accounts and secrets', () => {
    expect(
      environmentProfile({
        CACHEDECK_ORCHESTRATOR_URL: ' https://orchestrator.example:8443/api/v1 ',
        CACHEDECK_ORCHESTRATOR_KEY: ' key ',
        CACHEDECK_PORTAL_URL: 'https://portal.example',
        CACHEDECK_PORTAL_EMAIL: 'me@portal.example',
        CACHEDECK_PORTAL_PASSWORD: 'one',
        CACHEDECK_WORKSTATIONS_URL: 'http://127.0.0.1:9000',
        CACHEDECK_WORKSTATIONS_USER: 'admin',
        CACHEDECK_WORKSTATIONS_PASSWORD: 'two',
      }),
    ).toEqual({
      draft: {
        name: 'orchestrator.example:8443',
        production: false,
        orchestrator: { url: 'https://orchestrator.example:8443/api/v1', allowHttp: false },
        portal: {
          url: 'https://portal.example',
          allowHttp: false,
          email: 'me@portal.example',
          uatPaths: false,
        },
        workstations: { url: 'http://127.0.0.1:9000', allowHttp: false, user: 'admin' },
        pollSeconds: null,
        ttlSeconds: {},
      },
      secrets: { orchestratorKey: 'key', portalPassword: 'one', workstationsPassword: 'two' },
    });
  });

  it('may be any one of them, with nothing but the address', () => {
    expect(environmentProfile({ CACHEDECK_WORKSTATIONS_URL: 'https://stations.example' })).toMatchObject({
      draft: { name: 'stations.example', orchestrator: null, portal: null, workstations: { user: null } },
      secrets: { orchestratorKey: null, portalPassword: null, workstationsPassword: null },
    });
    expect(environmentProfile({ CACHEDECK_PORTAL_URL: 'https://portal.example' })).toMatchObject({
      draft: { portal: { email: null } },
    });
  });

  it('allows plain http to another machine when told', () => {
    const environment = { CACHEDECK_ORCHESTRATOR_URL: 'http://10.0.0.5:8000' };
    expect(() => environmentProfile(environment)).toThrow(
      'CACHEDECK_ORCHESTRATOR_URL is plain http to another machine, which sends keys and passwords readable: use https, or set CACHEDECK_ALLOW_HTTP=1.',
    );
    expect(environmentProfile({ ...environment, CACHEDECK_ALLOW_HTTP: '1' })).toMatchObject({
      draft: { orchestrator: { url: 'http://10.0.0.5:8000', allowHttp: true } },
    });
    expect(() => environmentProfile({ ...environment, CACHEDECK_ALLOW_HTTP: '0' })).toThrow('plain http');
  });

  it.each([
    ['CACHEDECK_ORCHESTRATOR_URL', 'hunter2:8000', 'must be an http or https address.'],
    ['CACHEDECK_PORTAL_URL', 'https://me:hunter2@host', 'must not carry credentials.'],
    ['CACHEDECK_WORKSTATIONS_URL', 'https://host/?hunter2', 'must not carry a query'],
  ])('%s=%s is refused in words that do not repeat it', (name, value, words) => {
    const refused = () => environmentProfile({ [name]: value });
    expect(refused).toThrow(`${name} ${words}`);
    expect(refused).not.toThrow('hunter2');
  });

  it.each([
    ['CACHEDECK_ORCHESTRATOR_URL', { CACHEDECK_ORCHESTRATOR_URL: `https://host/${'a'.repeat(2000)}` }],
    [
      'CACHEDECK_PORTAL_EMAIL',
      { CACHEDECK_PORTAL_URL: 'https://host', CACHEDECK_PORTAL_EMAIL: `${'a'.repeat(300)}@b.c` },
    ],
    [
      'CACHEDECK_WORKSTATIONS_USER',
      { CACHEDECK_WORKSTATIONS_URL: 'https://host', CACHEDECK_WORKSTATIONS_USER: 'a'.repeat(101) },
    ],
  ])('%s is refused when it is longer than pages can be told', (name, environment) => {
    expect(() => environmentProfile(environment)).toThrow(`${name} is too long.`);
  });
});
