import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { inProject } from '../../../build/paths.ts';
import { appId, productName } from '../../../electron/shell/identity.ts';

// Deep imports, as far as the pinned version offers them: there is no public way to check a configuration alone.
const require = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const { validateConfiguration } = require('app-builder-lib/out/util/config/config.js') as {
  validateConfiguration: (configuration: unknown, log: unknown) => Promise<void>;
};
const { DebugLogger } = require('builder-util') as { DebugLogger: new (on: boolean) => unknown };
const { load } = require('js-yaml') as { load: (text: string) => Record<string, unknown> };

const configuration = (): Record<string, unknown> =>
  load(readFileSync(inProject('electron-builder.yml'), 'utf8'));

describe('electron-builder.yml', () => {
  it('is valid for the installed version', async () => {
    await expect(validateConfiguration(configuration(), new DebugLogger(false))).resolves.toBeUndefined();
  });

  it('would be refused with a key that does not exist', async () => {
    const wrong = { ...configuration(), surplus: true };
    await expect(validateConfiguration(wrong, new DebugLogger(false))).rejects.toThrow(/surplus/);
  });

  it('leaves the fuses to the hook that knows all of them, and checks what it set', () => {
    expect(configuration()).toMatchObject({
      afterPack: './build/after-pack.ts',
      afterAllArtifactBuild: './build/checksums.ts',
    });
    expect(configuration()).not.toHaveProperty('electronFuses');
    for (const hook of ['build/after-pack.ts', 'build/checksums.ts']) {
      expect(existsSync(inProject(hook))).toBe(true);
    }
  });

  it('packs the bundles into a checked archive and no packages', () => {
    expect(configuration()).toMatchObject({ asar: true, npmRebuild: false });
    expect(configuration()).not.toHaveProperty('disableAsarIntegrity');
    expect(configuration()['files']).toEqual([
      'out/main/**',
      'out/preload/**',
      'out/renderer/**',
      'build/icons/*.png',
      'package.json',
      '!**/*.map',
      '!node_modules/**',
    ]);
  });

  it('has the id that the app tells Windows, and the name that the app calls itself', () => {
    expect(configuration()).toMatchObject({ appId, productName });
  });

  it('makes an installer for each system and processor', () => {
    const both = (target: string) => ({ target, arch: ['x64', 'arm64'] });
    expect(configuration()).toMatchObject({
      win: { target: [both('nsis')], requestedExecutionLevel: 'asInvoker' },
      nsis: { perMachine: false, allowElevation: false, packElevateHelper: false },
      mac: { target: [both('dmg'), both('zip')], hardenedRuntime: true },
      linux: { target: [both('AppImage'), both('deb')], executableName: 'cachedeck' },
    });
  });

  it('starts nothing without the sandbox', () => {
    expect(configuration()).toMatchObject({ appImage: { executableArgs: [] } });
    const text = readFileSync(inProject('electron-builder.yml'), 'utf8').replaceAll(/#.*/g, '');
    expect(text).not.toContain('sandbox');
  });

  it('asks macOS for nothing but compiling at run time', () => {
    const { mac } = configuration() as { mac: Record<string, string> };
    expect(mac['entitlementsInherit']).toBe(mac['entitlements']);
    const plist = readFileSync(inProject(mac['entitlements'] ?? ''), 'utf8');
    expect([...plist.matchAll(/<key>(.+)<\/key>\s*<(\w+)/g)].map(([, key, value]) => [key, value])).toEqual([
      ['com.apple.security.cs.allow-jit', 'true'],
    ]);
  });

  it('names no server, no account and no secret', () => {
    expect(configuration()).not.toHaveProperty('publish');
    const text = readFileSync(inProject('electron-builder.yml'), 'utf8');
    expect(text).not.toMatch(/https?:|token|password|certificate(File|Subject)|cscLink/i);
  });
});
