import { describe, expect, it } from 'vitest';
import { openCommand } from '../../../electron/hosts/open-browser.ts';
import { profileFromEnvironment } from '../../../electron/profile-from-environment.ts';

describe('the profile from the environment', () => {
  it('is the demo when nothing is said, and when it is asked for', () => {
    expect(profileFromEnvironment({})).toEqual({ kind: 'demo' });
    expect(
      profileFromEnvironment({ CACHEDECK_PROFILE: 'demo', CACHEDECK_ORCHESTRATOR_URL: 'http://host:8000' }),
    ).toEqual({ kind: 'demo' });
  });

  it('is the orchestrator of the address given, with its key', () => {
    expect(
      profileFromEnvironment({
        CACHEDECK_ORCHESTRATOR_URL: 'http://10.0.0.5:8000/api/v1',
        CACHEDECK_ORCHESTRATOR_KEY: 'secret',
      }),
    ).toEqual({
      kind: 'orchestrator',
      name: '10.0.0.5:8000',
      url: 'http://10.0.0.5:8000/api/v1',
      apiKey: 'secret',
    });
    expect(
      profileFromEnvironment({ CACHEDECK_ORCHESTRATOR_URL: 'https://host', CACHEDECK_ORCHESTRATOR_KEY: '' }),
    ).toMatchObject({ apiKey: null });
  });

  it.each([
    [{ CACHEDECK_PROFILE: 'portal' }, /demo or orchestrator/],
    [{ CACHEDECK_PROFILE: 'orchestrator' }, /needs CACHEDECK_ORCHESTRATOR_URL/],
    [{ CACHEDECK_ORCHESTRATOR_URL: 'localhost:8000' }, /http or https address/],
    [{ CACHEDECK_ORCHESTRATOR_URL: 'nonsense' }, /http or https address/],
    [{ CACHEDECK_ORCHESTRATOR_URL: 'http://me:hunter2@host/' }, /must not carry credentials/],
  ])('is refused in words for %j', (environment, words) => {
    expect(() => profileFromEnvironment(environment)).toThrow(words);
  });

  it('never repeats the address in an error, since it may hold a password', () => {
    expect(() => profileFromEnvironment({ CACHEDECK_ORCHESTRATOR_URL: 'http://me:hunter2@host/' })).toThrow(
      /^(?!.*hunter2)/,
    );
  });
});

describe('opening the browser', () => {
  const url = 'http://127.0.0.1:4000/login?code=a&b';
  it.each([
    ['linux', {}, null],
    ['linux', { DISPLAY: ':0' }, ['xdg-open', url]],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open', url]],
    ['darwin', {}, ['open', url]],
    ['darwin', { SSH_CONNECTION: '10.0.0.1 22' }, null],
    ['win32', {}, ['rundll32', 'url.dll,FileProtocolHandler', url]],
  ] as const)('on %s with %j is %j', (platform, environment, command) => {
    expect(openCommand(url, platform, environment)).toEqual(command);
  });
});
