import { expect, test } from 'vitest';
import { dataFolder } from '../../../electron/data-folder.ts';

test.each<[NodeJS.Platform, Record<string, string>, string, string]>([
  ['linux', {}, '/home/op', '/home/op/.config/cachedeck'],
  ['linux', { XDG_CONFIG_HOME: '/cfg' }, '/home/op', '/cfg/cachedeck'],
  ['linux', { XDG_CONFIG_HOME: 'cfg' }, '/home/op', '/home/op/.config/cachedeck'],
  ['linux', { CACHEDECK_DATA: '/srv/deck', XDG_CONFIG_HOME: '/cfg' }, '/home/op', '/srv/deck'],
  ['linux', { CACHEDECK_DATA: '' }, '/home/op', '/home/op/.config/cachedeck'],
  ['darwin', {}, '/Users/op', '/Users/op/Library/Application Support/Cachedeck Browser'],
  ['win32', { APPDATA: 'C:\\Roaming' }, 'C:\\Users\\op', 'C:\\Roaming\\Cachedeck Browser'],
  ['win32', {}, 'C:\\Users\\op', 'C:\\Users\\op\\AppData\\Roaming\\Cachedeck Browser'],
  ['win32', { CACHEDECK_DATA: 'D:\\deck' }, 'C:\\Users\\op', 'D:\\deck'],
])('%s, %j', (platform, environment, home, folder) => {
  expect(dataFolder(platform, environment, home)).toBe(folder);
});

test('a relative folder would depend on where the app was started: refused', () => {
  expect(() => dataFolder('linux', { CACHEDECK_DATA: 'deck' }, '/home/op')).toThrow(
    'CACHEDECK_DATA must be an absolute path, from the root of the disk.',
  );
});
