import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { inProject } from '../../../build/paths.ts';

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

  it('decides every fuse the builder knows, for a release', () => {
    expect(configuration()['electronFuses']).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('packs the bundles into an archive and no packages', () => {
    expect(configuration()).toMatchObject({
      appId: 'dev.cachedeck.app',
      productName: 'Cachedeck',
      asar: true,
      npmRebuild: false,
      files: expect.arrayContaining(['out/main/**', 'build/icons/*.png', '!node_modules/**']) as string[],
    });
  });
});
