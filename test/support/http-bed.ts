import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { KeyStore } from '../../electron/core/control/keys.ts';
import type { HttpHost } from '../../electron/hosts/http-host.ts';
import { bridgeFixture } from './bridge-fixture.ts';
import type { BridgeFixture } from './bridge-fixture.ts';
import { noControl, originOf, rawRequest, serveFixture, signIn } from './browser-session.ts';
import type { RawReply } from './browser-session.ts';
import { FakeClock } from './fake-clock.ts';
import { keysOf } from './keys-of.ts';
import { symlinks } from './posix.ts';

export const apiKey = 'right-key-s3cr3t';

/** A signed-in browser before a fresh host, with a folder of files to be served and one that must not be. */
export interface HttpBed {
  readonly fixture: BridgeFixture;
  readonly host: HttpHost;
  readonly clock: FakeClock;
  readonly pageFolder: string;
  /** The session's Cookie header. */
  readonly cookie: string;
  /** One from the environment, of an admin. */
  readonly keys: KeyStore;
  /** A call as the page sends it, with what a test wants changed; undefined leaves a header out. */
  post(change?: Record<string, string | undefined>, path?: string, body?: string): Promise<RawReply>;
  get(path: string, headers?: Record<string, string>): Promise<RawReply>;
}

async function writePage(pages: string): Promise<string> {
  const folder = join(pages, 'page');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>the page</title>');
  await writeFile(join(folder, 'assets', 'index-AbCd1234.js'), 'export {};');
  await writeFile(join(folder, 'notes.exe'), 'no');
  await writeFile(join(pages, 'outside.json'), '{"outside":true}');
  if (symlinks) await symlink(join(pages, 'outside.json'), join(folder, 'link.json'));
  return folder;
}

/** Registers the hooks that make a fresh bed for each test of the file. */
export function httpBed(): HttpBed {
  let pages = '';
  const bed = {
    fixture: bridgeFixture(),
    clock: new FakeClock(),
    pageFolder: '',
    cookie: '',
    keys: keysOf(),

    post(change: Record<string, string | undefined> = {}, path = '/rpc/cache.clear', body = '{}') {
      const headers: Record<string, string> = {};
      const usual = { Cookie: bed.cookie, Origin: originOf(current()), 'Content-Type': 'application/json' };
      for (const [name, value] of Object.entries({ ...usual, ...change })) {
        if (value !== undefined) headers[name] = value;
      }
      return rawRequest(current().port, { method: 'POST', path, headers, body });
    },

    get: (path: string, headers: Record<string, string> = {}) =>
      rawRequest(current().port, { path, headers: { Cookie: bed.cookie, ...headers } }),

    get host() {
      return current();
    },
  };
  let host: HttpHost | null = null;
  function current(): HttpHost {
    if (!host) throw new Error('the host runs within tests only');
    return host;
  }

  beforeAll(async () => {
    pages = await mkdtemp(join(tmpdir(), 'cachedeck-bed-'));
    bed.pageFolder = await writePage(pages);
  });
  afterAll(() => rm(pages, { recursive: true }));

  beforeEach(async () => {
    bed.clock = new FakeClock();
    bed.fixture = bridgeFixture();
    bed.keys = keysOf({ CACHEDECK_API_KEY: apiKey }, bed.clock);
    host = await serveFixture(bed.fixture, bed.pageFolder, {
      clock: bed.clock,
      core: { router: bed.fixture.router, controlApi: noControl, keys: bed.keys },
    });
    bed.cookie = await signIn(host);
  });
  afterEach(() => current().close());
  return bed;
}
