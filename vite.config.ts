import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { EnvironmentOptions } from 'vite';
import { defineConfig } from 'vitest/config';
import { developmentHosts } from './build/dev.ts';
import { entryNames } from './shared/contract/index.ts';
import manifest from './package.json' with { type: 'json' };

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const external = ['electron', /^node:/, ...builtinModules];

/** A bundle that runs in Node or Electron: one file with every dependency in it. */
function nodeBundle(
  entry: string,
  folder: string,
  format: 'es' | 'cjs',
  extension: string,
): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, conditions: ['node'], builtins: external },
    build: {
      outDir: here(`out/${folder}`),
      emptyOutDir: true,
      copyPublicDir: false,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        input: { index: here(entry) },
        external,
        platform: 'node',
        output: { format, entryFileNames: `[name].${extension}`, codeSplitting: false },
      },
    },
  };
}

const bundles = {
  client: {
    build: {
      outDir: here('out/renderer'),
      emptyOutDir: true,
      // What the first page needs is one chunk: split by who else uses it, it would compress far less.
      rolldownOptions: {
        output: { codeSplitting: { groups: [{ name: 'initial', tags: ['$initial'] }] } },
      },
    },
  },
  main: nodeBundle('electron/main.ts', 'main', 'es', 'js'),
  preload: nodeBundle('electron/preload.ts', 'preload', 'cjs', 'cjs'),
  serve: nodeBundle('electron/serve.ts', 'serve', 'es', 'js'),
} satisfies Record<string, EnvironmentOptions>;

const node = { environment: 'node' as const, setupFiles: [] };

export default defineConfig(({ command }) => ({
  root: here('renderer'),
  base: './',
  define: {
    // Names only: the page and the preload need no schema, so zod stays out of both.
    ENTRY_NAMES: JSON.stringify(entryNames),
    APP_VERSION: JSON.stringify(manifest.version),
  },
  plugins: [react(), command === 'serve' && !process.env['VITEST'] && developmentHosts()],
  environments: bundles,
  builder: {
    async buildApp(builder) {
      for (const name of Object.keys(bundles)) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
  test: {
    projects: [
      {
        extends: true,
        root: here('.'),
        test: { ...node, name: 'unit', include: ['test/unit/**/*.test.ts'] },
      },
      {
        extends: true,
        root: here('.'),
        test: { ...node, name: 'contract', include: ['test/contract/**/*.test.ts'] },
      },
      {
        extends: true,
        root: here('.'),
        test: { ...node, name: 'seeds', include: ['test/seeds/**/*.test.ts'] },
      },
      {
        extends: true,
        root: here('.'),
        test: { ...node, name: 'built', include: ['test/built/**/*.test.ts'] },
      },
      {
        extends: true,
        root: here('.'),
        test: { name: 'component', environment: 'jsdom', include: ['test/component/**/*.test.tsx'] },
      },
    ],
  },
}));
