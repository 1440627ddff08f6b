import { describe, expect, it } from 'vitest';
import { openCommand } from '../../../electron/hosts/open-browser.ts';

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
