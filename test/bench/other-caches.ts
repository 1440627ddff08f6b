import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What each is compared in, fixed, so that a ratio can be measured again. */
const versions = {
  'node-cache': '5.1.2',
  'cache-manager': '7.2.9',
  cacheable: '2.5.0',
  bentocache: '1.6.1',
  'async-cache-dedupe': '3.4.0',
} as const;

export type OtherName = keyof typeof versions;
type Load = () => Promise<unknown>;

/** A cache under comparison, in memory, with a TTL of an hour. */
export interface Subject {
  readonly name: string;
  readonly get: (key: string) => unknown;
  readonly set: (key: string, value: unknown) => unknown;
  /** null: it has none; callers write their own. */
  readonly getOrLoad: ((key: string, load: Load) => Promise<unknown>) | null;
  readonly remove: (key: string) => unknown;
}

const hourMs = 3_600_000;

/** As much of each as is used here. */
interface Modules {
  readonly NodeCache: new (options: object) => {
    get(key: string): unknown;
    set(key: string, value: unknown): boolean;
    del(key: string): number;
  };
  readonly createManager: (options: object) => {
    get(key: string): Promise<unknown>;
    set(key: string, value: unknown): Promise<unknown>;
    wrap(key: string, load: Load): Promise<unknown>;
    del(key: string): Promise<unknown>;
  };
  readonly Cacheable: new (options: object) => {
    get(key: string): Promise<unknown>;
    set(key: string, value: unknown): Promise<unknown>;
    getOrSet(key: string, load: Load, options: object): Promise<unknown>;
    delete(key: string): Promise<unknown>;
  };
  readonly BentoCache: new (options: object) => {
    get(options: { key: string }): Promise<unknown>;
    set(options: { key: string; value: unknown }): Promise<unknown>;
    getOrSet(options: { key: string; factory: Load }): Promise<unknown>;
    delete(options: { key: string }): Promise<unknown>;
  };
  readonly bentostore: () => { useL1Layer(driver: unknown): unknown };
  readonly memoryDriver: (options: object) => unknown;
  readonly createDedupe: (options: object) => {
    define(name: string, load: (key: string) => Promise<unknown>): void;
    get(name: string, key: string): Promise<unknown>;
    set(name: string, key: string, value: unknown, ttl: number): Promise<unknown>;
    clear(name: string, key: string): Promise<unknown>;
    readonly value: (key: string) => Promise<unknown>;
  };
}

const entry = `export { default as NodeCache } from 'node-cache';
export { createCache as createManager } from 'cache-manager';
export { Cacheable } from 'cacheable';
export { BentoCache, bentostore } from 'bentocache';
export { memoryDriver } from 'bentocache/drivers/memory';
export { createCache as createDedupe } from 'async-cache-dedupe';
`;

/**
 * Installs them into a folder, beside and not into the project, running none of their scripts.
 * @throws Error when npm cannot
 */
export function installOthers(folder: string): void {
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  writeFileSync(join(folder, 'index.js'), entry);
  const wanted = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', ...wanted];
  const npm = process.env['npm_execpath']; // `npm run` tells which npm it is
  const [command, before] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  execFileSync(command, [...before, ...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 180_000,
  });
}

/** The installed ones, each as its documentation says. */
export async function otherSubjects(folder: string): Promise<Subject[]> {
  const loaded: unknown = await import(pathToFileURL(join(folder, 'index.js')).href);
  const modules = loaded as Modules;
  return [
    nodeCache(modules, true),
    nodeCache(modules, false),
    cacheManager(modules),
    cacheable(modules),
    bentoCache(modules),
    asyncCacheDedupe(modules),
  ];
}

/** By default it hands out copies; without them it is little more than a Map. */
function nodeCache({ NodeCache }: Modules, useClones: boolean): Subject {
  const cache = new NodeCache({ stdTTL: hourMs / 1000, useClones, checkperiod: 0 });
  return {
    name: useClones ? 'node-cache' : 'the same, no copies',
    get: (key) => cache.get(key),
    set: (key, value) => cache.set(key, value),
    getOrLoad: null,
    remove: (key) => cache.del(key),
  };
}

function cacheManager({ createManager }: Modules): Subject {
  const cache = createManager({ ttl: hourMs });
  return {
    name: 'cache-manager',
    get: (key) => cache.get(key),
    set: (key, value) => cache.set(key, value),
    getOrLoad: (key, load) => cache.wrap(key, load),
    remove: (key) => cache.del(key),
  };
}

function cacheable({ Cacheable }: Modules): Subject {
  const cache = new Cacheable({ ttl: hourMs });
  return {
    name: 'cacheable',
    get: (key) => cache.get(key),
    set: (key, value) => cache.set(key, value),
    // Without it a failed load is answered as undefined.
    getOrLoad: (key, load) => cache.getOrSet(key, load, { ttl: hourMs, throwErrors: true }),
    remove: (key) => cache.delete(key),
  };
}

function bentoCache({ BentoCache, bentostore, memoryDriver }: Modules): Subject {
  const store = bentostore().useL1Layer(memoryDriver({ maxItems: 20_000 }));
  const cache = new BentoCache({ default: 'memory', ttl: '1h', stores: { memory: store } });
  return {
    name: 'bentocache',
    get: (key) => cache.get({ key }),
    set: (key, value) => cache.set({ key, value }),
    getOrLoad: (key, factory) => cache.getOrSet({ key, factory }),
    remove: (key) => cache.delete({ key }),
  };
}

function asyncCacheDedupe({ createDedupe }: Modules): Subject {
  const ttl = hourMs / 1000;
  const cache = createDedupe({ ttl, storage: { type: 'memory', options: { size: 20_000 } } });
  // It knows its loaders beforehand: this one asks what to load with.
  const loads = new Map<string, Load>();
  cache.define('value', async (key) => loads.get(key)?.());
  /** Its own name of what `value(key)` stored. */
  const stored = (key: string): string => `value~${key}`;
  return {
    name: 'async-cache-dedupe',
    get: (key) => cache.get('value', stored(key)),
    set: (key, value) => cache.set('value', stored(key), value, ttl),
    getOrLoad: (key, load) => {
      loads.set(key, load);
      return cache.value(key);
    },
    remove: (key) => cache.clear('value', key),
  };
}
