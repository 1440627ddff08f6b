import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startIpcHost } from '../../electron/hosts/ipc-host.ts';
import { createIpcLink } from '../../renderer/client/ipc-link.ts';
import { contract, entryNames } from '../../shared/contract/index.ts';
import { createClient } from '../../shared/rpc/client.ts';
import type { CallInput, CallName, Client, FeedName, FeedValue, Link } from '../../shared/rpc/client.ts';
import { roles } from '../../shared/rpc/define.ts';
import type { Role } from '../../shared/rpc/define.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { bridgeFixture } from '../support/bridge-fixture.ts';
import { goodInputs } from '../support/bridge-inputs.ts';
import type { BridgeFixture } from '../support/bridge-fixture.ts';
import { linkTo, serveFixture, signIn } from '../support/browser-session.ts';
import { bundlePreload, FakeIpcMain, FakePage, runPreload } from '../support/ipc-stub.ts';
import { createMemoryLink } from '../support/memory-link.ts';

/** What a transport must offer to take part: a link to a router, and its end. */
interface Transport {
  readonly link: Link;
  close(): Promise<void>;
}
type Start = (fixture: BridgeFixture) => Promise<Transport>;

let preload = '';
let pageFolder = '';
beforeAll(async () => {
  preload = await bundlePreload();
  pageFolder = await mkdtemp(join(tmpdir(), 'cachedeck-page-'));
});
afterAll(() => rm(pageFolder, { recursive: true }));

const transports: Record<string, Start> = {
  memory: async ({ router }) => ({ link: createMemoryLink(router), close: async () => {} }),

  async ipc({ router, log }) {
    const ipcMain = new FakeIpcMain();
    const page = new FakePage();
    const stop = startIpcHost({
      ipcMain,
      router,
      log,
      origin: 'app://cachedeck',
      isOwnWindow: (id) => id === page.id,
      role: 'admin',
    });
    const { bridge } = runPreload(preload, ipcMain, page);
    return { link: createIpcLink(bridge, entryNames), close: async () => stop() };
  },

  async http(fixture) {
    const host = await serveFixture(fixture, pageFolder);
    const link = linkTo(host, await signIn(host));
    return {
      link,
      async close() {
        link.close();
        await host.close();
      },
    };
  },
};

const callNames = Object.keys(goodInputs) as CallName[];
const feedNames = Object.entries(contract)
  .filter(([, entry]) => entry.kind === 'feed')
  .map(([name]) => name as FeedName);

/** Collects a feed's values and lets a test wait for the n-th. */
function collect<N extends FeedName>(client: Client, name: N) {
  const values: FeedValue<N>[] = [];
  const revisions: number[] = [];
  let wake = (): void => {};
  const stop = client.subscribe(name, (value, revision) => {
    values.push(value);
    revisions.push(revision);
    wake();
  });
  async function until(count: number): Promise<void> {
    while (values.length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  return { values, revisions, stop, until };
}

async function failure(promise: Promise<unknown>): Promise<RpcError> {
  const result = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (result instanceof RpcError) return result;
  throw new Error('expected the call to fail with an RpcError');
}

describe('roles over the true contract', () => {
  test.each(roles)('a %s may call and hear what the contract says', async (role) => {
    const link = createMemoryLink(bridgeFixture().router, { role });
    const may = (needed: Role): boolean => roles.indexOf(needed) <= roles.indexOf(role);
    const answers: unknown[] = [];
    const expected: unknown[] = [];
    for (const name of callNames) {
      const reply = await link.call(name, goodInputs[name]);
      answers.push([name, reply.ok ? 'ok' : reply.error.code]);
      expected.push([name, may(contract[name].role) ? 'ok' : 'forbidden']);
    }
    for (const name of feedNames) {
      let heard = false;
      link.subscribe(name, () => (heard = true))();
      answers.push([name, heard]);
      expected.push([name, may(contract[name].role)]);
    }
    expect(answers).toEqual(expected);
  });
});

describe.each(Object.keys(transports))('the bridge over %s', (kind) => {
  const open: Transport[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((transport) => transport.close()));
  });

  async function start(change: Parameters<typeof bridgeFixture>[0] = {}) {
    const fixture = bridgeFixture(change);
    const transport = await transports[kind]?.(fixture);
    if (!transport) throw new Error(`no transport ${kind}`);
    open.push(transport);
    return { ...fixture, link: transport.link, client: createClient(transport.link) };
  }

  test('the suite knows every call and feed of the contract', () => {
    expect([...callNames, ...feedNames].toSorted()).toEqual(Object.keys(contract).toSorted());
  });

  test('every call answers with data that fits the contract', async () => {
    const { client } = await start();
    const fits = new Map<string, boolean>();
    const ask = async <N extends CallName>(name: N, input: CallInput<N>): Promise<void> => {
      const value = await client.call(name, input);
      fits.set(name, contract[name].output.safeParse(value).success);
    };
    for (const name of callNames) await ask<CallName>(name, goodInputs[name] as CallInput<CallName>);
    expect([...fits]).toEqual(callNames.map((name) => [name, true]));
  });

  test('an input reaches the handler as sent', async () => {
    const seen: unknown[] = [];
    const { client } = await start({
      'demo.simulate': (input) => {
        seen.push(input);
        return {};
      },
    });
    await client.call('demo.simulate', { fault: 'vpn-down' });
    expect(seen).toEqual([{ fault: 'vpn-down' }]);
  });

  test('a missing input counts as an empty one', async () => {
    const { link } = await start();
    await expect(link.call('cache.clear', undefined)).resolves.toEqual({
      ok: true,
      value: { removed: 3, reloading: 3, undo: { id: 'undo-1', until: 1_000_000_031_000 } },
    });
  });

  test('a bad input is refused with field paths and no values', async () => {
    const { link } = await start();
    const reply = await link.call('refresh.force', { resources: ['stats:total', 'my-secret-key'] });
    expect(reply).toMatchObject({ ok: false, error: { code: 'bad-request', details: ['resources'] } });
    expect(JSON.stringify(reply)).not.toContain('my-secret-key');
    const extra = await link.call('cache.clear', { scope: 'my-secret-scope' });
    expect(extra).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(JSON.stringify(extra)).not.toContain('my-secret-scope');
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'no.such', '', 'polling.state'])(
    'the call %j is not found',
    async (name) => {
      const { link } = await start();
      await expect(link.call(name, {})).resolves.toMatchObject({ ok: false, error: { code: 'not-found' } });
    },
  );

  test.each([
    'bad-request',
    'not-found',
    'unauthorized',
    'forbidden',
    'conflict',
    'unavailable',
    'timeout',
    'cancelled',
    'internal',
  ] as const)('an error %s crosses with code, message and details', async (code) => {
    const { client } = await start({
      'cache.clear': () => {
        throw new RpcError(code, 'Because.', ['a.b']);
      },
    });
    const error = await failure(client.call('cache.clear', {}));
    expect([error.code, error.message, error.details]).toEqual([code, 'Because.', ['a.b']]);
  });

  test('a backend that wants a sign-in signs no page out of Cachedeck', async () => {
    const { client, link } = await start({
      'portal.vms': () => {
        throw new RpcError('unauthorized', 'This user needs to sign in again.');
      },
    });
    const states: string[] = [];
    const stop = link.onState((state) => states.push(state));
    const error = await failure(client.call('portal.vms', { user: 'x' }));
    stop();
    expect(error.code).toBe('unauthorized');
    expect(states).not.toContain('signed-out');
  });

  test('what a handler throws by mistake tells the page nothing and the log its reason', async () => {
    const { client, log } = await start({
      'cache.clear': () => Promise.reject(new Error('disk of key s3cr3t is full')),
    });
    const error = await failure(client.call('cache.clear', {}));
    expect(error.code).toBe('internal');
    expect(error.message).not.toContain('s3cr3t');
    expect(log.lines).toEqual(['error: call cache.clear: disk of key s3cr3t is full']);
  });

  test('an output that does not fit stays in main', async () => {
    const { client, log } = await start({
      'cache.clear': () => JSON.parse('{"removed":"s3cr3t","reloading":0,"undo":null}') as never,
    });
    expect((await failure(client.call('cache.clear', {}))).code).toBe('internal');
    expect(log.lines).toEqual(['error: call cache.clear: output does not fit at removed']);
  });

  test('a caller that gives up hears cancelled', async () => {
    const { client } = await start({ 'cache.clear': () => new Promise(() => {}) });
    const giveUp = new AbortController();
    const result = failure(client.call('cache.clear', {}, giveUp.signal));
    setImmediate(() => giveUp.abort());
    expect((await result).code).toBe('cancelled');
  });

  test.each(feedNames)('the feed %s gives its current value first', async (name) => {
    const { client, handlers } = await start();
    const { values, revisions, stop, until } = collect(client, name);
    await until(1);
    stop();
    expect(values).toEqual([handlers[name].value]);
    expect(revisions).toEqual([0]);
  });

  test('changes follow with rising revisions', async () => {
    const { client, handlers } = await start();
    const { values, revisions, stop, until } = collect(client, 'demo.state');
    await until(1);
    handlers['demo.state'].set({ available: true, fault: 'slow' });
    await until(2);
    handlers['demo.state'].set({ available: true, fault: 'none' });
    await until(3);
    stop();
    expect(values.map((value) => value.fault)).toEqual(['none', 'slow', 'none']);
    expect(revisions).toEqual([0, 1, 2]);
  });

  test('two subscribers both hear; the late one begins with the current value', async () => {
    const { client, handlers } = await start();
    const first = collect(client, 'demo.state');
    await first.until(1);
    handlers['demo.state'].set({ available: true, fault: 'slow' });
    await first.until(2);
    const second = collect(client, 'demo.state');
    await second.until(1);
    handlers['demo.state'].set({ available: true, fault: 'frozen' });
    await Promise.all([first.until(3), second.until(2)]);
    first.stop();
    second.stop();
    expect(first.values.map((value) => value.fault)).toEqual(['none', 'slow', 'frozen']);
    expect(second.values.map((value) => value.fault)).toEqual(['slow', 'frozen']);
  });

  test('one that stopped hears nothing more, the other goes on, and a new one can come', async () => {
    const { client, handlers } = await start();
    const first = collect(client, 'demo.state');
    const second = collect(client, 'demo.state');
    await Promise.all([first.until(1), second.until(1)]);
    first.stop();
    first.stop(); // safe twice
    handlers['demo.state'].set({ available: true, fault: 'slow' });
    await second.until(2);
    second.stop();
    const third = collect(client, 'demo.state');
    await third.until(1);
    third.stop();
    expect(first.values).toHaveLength(1);
    expect(third.values.at(-1)?.fault).toBe('slow');
  });

  test('a pushed value that does not fit is held back and logged without it', async () => {
    const { client, handlers, log } = await start();
    const { values, stop, until } = collect(client, 'demo.state');
    await until(1);
    handlers['demo.state'].set(JSON.parse('{"available":true,"fault":"s3cr3t"}') as FeedValue<'demo.state'>);
    handlers['demo.state'].set({ available: false, fault: 'none' });
    await until(2);
    stop();
    expect(values.map((value) => value.available)).toEqual([true, false]);
    expect(log.lines).toEqual(['error: feed demo.state: value held back, does not fit at fault']);
  });

  test('the link says that it is open', async () => {
    const { client } = await start();
    const opened = new Promise<string>((resolve) => {
      client.onState((state) => {
        if (state === 'open') resolve(state);
      });
    });
    await expect(opened).resolves.toBe('open');
  });
});
