import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inProject, root } from '../../../build/paths.ts';
import { contract } from '../../../shared/contract/index.ts';
import manifest from '../../../package.json' with { type: 'json' };

const sources = globSync('electron/**/*.ts', { cwd: root }).map((path) => ({
  path: path.replaceAll('\\', '/'),
  text: readFileSync(inProject(path), 'utf8'),
}));
const holding = (words: string): string[] =>
  sources.filter(({ text }) => text.includes(words)).map(({ path }) => path);

/** Places of a JSON schema that take a text or a list of any length. */
function unbounded(schema: z.core.JSONSchema.BaseSchema, path: string): string[] {
  const found: string[] = [];
  const { type, items, properties = {}, anyOf = [], oneOf = [], allOf = [] } = schema;
  const fixed = schema.enum !== undefined || schema.const !== undefined;
  if (type === 'string' && !fixed && schema.maxLength === undefined) found.push(path);
  if (type === 'array' && schema.maxItems === undefined) found.push(`${path}[]`);
  const inner: [z.core.JSONSchema._JSONSchema | undefined, string][] = [
    [Array.isArray(items) ? undefined : items, `${path}[]`],
    [schema.additionalProperties, `${path}{}`],
    ...Object.entries(properties).map(([name, each]): (typeof inner)[number] => [each, `${path}.${name}`]),
    ...[...anyOf, ...oneOf, ...allOf].map((each): (typeof inner)[number] => [each, path]),
  ];
  for (const [each, where] of inner) if (typeof each === 'object') found.push(...unbounded(each, where));
  return found;
}

describe('the desktop shell', () => {
  it.each([
    'webSecurity',
    'allowRunningInsecureContent',
    'experimentalFeatures',
    'enableBlinkFeatures',
    'openExternal',
    'executeJavaScript',
    'insertCSS',
    'setAsDefaultProtocolClient',
    'file://',
  ])('never says %s', (words) => {
    expect(holding(words)).toEqual([]);
  });

  it('names the flag that switches the sandbox off in one place, which complains about it', () => {
    expect(holding('no-sandbox')).toEqual(['electron/shell/sandbox.ts']);
  });

  it('exposes to the page what the preload names, in one place', () => {
    expect(holding('exposeInMainWorld')).toEqual(['electron/preload.ts']);
    expect(holding('ipcRenderer')).toEqual(['electron/preload.ts']);
  });

  it('answers pages through the one host that checks the sender', () => {
    expect(holding('ipcMain.handle(')).toEqual(['electron/hosts/ipc-host.ts']);
    expect(holding('ipcMain.on(')).toEqual([]);
  });
});

describe('what a page can send', () => {
  it('is of limited length everywhere', () => {
    const open = Object.entries(contract).flatMap(([name, entry]) =>
      entry.kind === 'call' ? unbounded(z.toJSONSchema(entry.input, { io: 'input' }), name) : [],
    );
    expect(open).toEqual([]);
    expect(unbounded(z.toJSONSchema(z.object({ a: z.array(z.string()) })), 'x')).toEqual(['x.a[]', 'x.a[]']);
  });
});

describe('what is installed', () => {
  const lock = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')) as {
    packages: Record<string, { hasInstallScript?: boolean; integrity?: string }>;
  };

  it('comes by the lock file, each package with its checksum', () => {
    const unchecked = Object.entries(lock.packages).filter(
      ([path, { integrity }]) => path !== '' && !integrity,
    );
    expect(unchecked).toEqual([]);
  });

  it('runs no script of a package', () => {
    const scripted = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript);
    const allowed: Record<string, boolean> = manifest.allowScripts;
    expect(scripted.filter(([path]) => allowed[path.replace('node_modules/', '')] !== false)).toEqual([]);
  });

  it('is bundled: the packed app carries no packages, and its Electron is an exact version', () => {
    expect(manifest).not.toHaveProperty('dependencies');
    expect(manifest.devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
