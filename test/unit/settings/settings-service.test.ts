import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settings } from '../../../shared/contract/settings.ts';
import type { SettingName, Settings } from '../../../shared/contract/settings.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import { settingsFromEnvironment } from '../../../electron/core/settings/environment.ts';
import { SettingsService } from '../../../electron/core/settings/settings-service.ts';
import { defaultSettings } from '../../../electron/core/settings/values.ts';
import { openDocument } from '../../../electron/core/storage/document.ts';
import { openConfStore } from '../../../electron/hosts/conf-store.ts';
import { StorageBed } from '../../support/storage-bed.ts';

let bed: StorageBed;
beforeEach(() => void (bed = new StorageBed()));
afterEach(() => bed.remove());

function open(environment: Record<string, string> = {}): SettingsService {
  const document = openDocument({
    folder: bed.folder,
    name: 'settings',
    area: 'settings',
    schema: settings,
    defaults: defaultSettings,
    format: 1,
    migrations: [],
    clock: bed.clock,
    problems: bed.problems,
    openStore: openConfStore,
  });
  return new SettingsService(document, settingsFromEnvironment(environment));
}

/** Everything a listener is told. */
function follow(service: SettingsService): { values: Settings; changed: readonly SettingName[] }[] {
  const told: { values: Settings; changed: readonly SettingName[] }[] = [];
  service.onChange((values, changed) => void told.push({ values, changed }));
  return told;
}

test('the defaults are settings', () => {
  expect(settings.parse(defaultSettings)).toEqual(defaultSettings);
  expect(open().state.value).toEqual({ values: defaultSettings, overridden: [], warnings: [] });
});

describe('a change', () => {
  test('is in effect, told and on disk; the rest stays', () => {
    const service = open();
    const told = follow(service);
    expect(service.change({ theme: 'dark', density: undefined, pollSeconds: 5 })).toEqual(['theme']);
    expect(service.values).toEqual({ ...defaultSettings, theme: 'dark' });
    expect(service.state.value.values).toEqual(service.values);
    expect(told).toEqual([{ values: service.values, changed: ['theme'] }]);
    expect(bed.json('settings.json')).toEqual({ format: 1, data: service.values });
    expect(open().values.theme).toBe('dark');
  });

  test('that changes nothing is told to nobody', () => {
    const service = open();
    const told = follow(service);
    expect(service.change({ theme: 'system' })).toEqual([]);
    expect(told).toEqual([]);
  });

  test('a listener that stopped hears nothing', () => {
    const service = open();
    let calls = 0;
    const stop = service.onChange(() => (calls += 1));
    service.change({ theme: 'dark' });
    stop();
    service.change({ theme: 'light' });
    expect(calls).toBe(1);
  });

  test('that cannot be stored counts for this run and is refused in a sentence; the next try stores it', () => {
    const service = open();
    const told = follow(service);
    rmSync(bed.folder, { recursive: true });
    writeFileSync(bed.folder, 'in the way');
    const refused = new RpcError(
      'unavailable',
      'The change counts until Cachedeck ends but is not kept: its folder cannot be made.',
    );
    expect(() => service.change({ logLevel: 'debug' })).toThrow(refused);
    expect(service.values.logLevel).toBe('debug');
    expect(told.map(({ changed }) => changed)).toEqual([['logLevel']]);
    expect(bed.told.map(({ id }) => id)).toEqual(['settings:keeping']);

    rmSync(bed.folder);
    expect(service.change({ logLevel: 'debug' })).toEqual([]);
    expect(bed.json('settings.json')).toMatchObject({ data: { logLevel: 'debug' } });
    expect(bed.told).toEqual([]);
  });
});

describe('the environment', () => {
  test('goes before what is stored, which waits behind it', () => {
    open().change({ pollSeconds: 30, theme: 'light' });
    const service = open({ CACHEDECK_INTERVAL: '10' });
    const told = follow(service);
    expect(service.values).toMatchObject({ pollSeconds: 10, theme: 'light' });
    expect(service.state.value.overridden).toEqual([{ name: 'pollSeconds', variable: 'CACHEDECK_INTERVAL' }]);

    expect(service.change({ pollSeconds: 60, theme: 'dark' })).toEqual(['theme']);
    expect(told.map(({ changed }) => changed)).toEqual([['theme']]);
    expect(service.values.pollSeconds).toBe(10);
    expect(open().values).toMatchObject({ pollSeconds: 60, theme: 'dark' });
  });

  test('what is ignored stands before the warnings of the profile', () => {
    const service = open({ CACHEDECK_THEME: 'pink' });
    const ignored = 'CACHEDECK_THEME takes system, light or dark; what it holds is ignored.';
    expect(service.state.value.warnings).toEqual([ignored]);
    service.warnOf(() => ['one', 'two']);
    expect(service.state.value.warnings).toEqual([ignored, 'one', 'two']);
    service.warnOf(() => []);
    service.change({ theme: 'dark' });
    expect(service.state.value.warnings).toEqual([ignored]);
  });
});

test('of a stored file with one bad setting the others count, and the file is kept', () => {
  mkdirSync(bed.folder, { recursive: true });
  const content = JSON.stringify({
    format: 1,
    data: { ...defaultSettings, theme: 'dark', historyDays: 9000, gone: 1 },
  });
  writeFileSync(bed.path('settings.json'), content);
  expect(open().values).toEqual({ ...defaultSettings, theme: 'dark' });
  expect(readFileSync(bed.path('settings.corrupt-20261121T061530Z.json'), 'utf8')).toBe(content);
  expect(bed.told[0]?.text).toContain('historyDays');
});
