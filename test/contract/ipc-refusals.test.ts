import type { IpcMain, WebContents } from 'electron';
import { beforeAll, beforeEach, describe, expect, expectTypeOf, test } from 'vitest';
import { startIpcHost } from '../../electron/hosts/ipc-host.ts';
import type { FrameLike, IpcMainLike, WebContentsLike } from '../../electron/hosts/ipc-host.ts';
import { contract, entryNames } from '../../shared/contract/index.ts';
import type { CallFunction, FeedFunction, FeedMessage, PageBridge } from '../../shared/rpc/wire.ts';
import { createIpcLink } from '../../renderer/client/ipc-link.ts';
import { bridgeFixture } from '../support/bridge-fixture.ts';
import type { BridgeFixture } from '../support/bridge-fixture.ts';
import { bundlePreload, FakeIpcMain, FakePage, runPreload } from '../support/ipc-stub.ts';

let preload = '';
beforeAll(async () => {
  preload = await bundlePreload();
});

let fixture: BridgeFixture;
let ipcMain: FakeIpcMain;
let page: FakePage;
let stop: () => void;

beforeEach(() => {
  fixture = bridgeFixture();
  ipcMain = new FakeIpcMain();
  page = new FakePage();
  stop = startIpcHost({
    ipcMain,
    router: fixture.router,
    log: fixture.log,
    origin: 'app://cachedeck',
    devServerUrl: 'http://localhost:5173/',
    isOwnWindow: (id) => id === page.id,
    role: 'admin',
  });
});

const unauthorized = { ok: false, error: { code: 'unauthorized' } };
const mainFrame = (url: string): FrameLike => ({ url, parent: null });
const ask = (senderFrame: FrameLike | null, sender = page): Promise<unknown> =>
  ipcMain.invoke('cachedeck:cache.clear', { sender, senderFrame }, {});
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the sender of an IPC message', () => {
  test("Electron's own objects fit the host", () => {
    expectTypeOf<IpcMain>().toExtend<IpcMainLike>();
    expectTypeOf<WebContents>().toExtend<WebContentsLike>();
    expect(Object.keys(contract)).toHaveLength(entryNames.length);
  });

  test('our page and the development server are answered', async () => {
    for (const url of ['app://cachedeck/index.html', 'app://cachedeck/', 'http://localhost:5173/x']) {
      await expect(ask(mainFrame(url))).resolves.toMatchObject({ ok: true });
    }
  });

  test('a sub-frame is refused, even one of ours', async () => {
    await expect(ask({ url: page.frame.url, parent: page.frame })).resolves.toMatchObject(unauthorized);
  });

  test('a destroyed frame is refused', async () => {
    await expect(ask(null)).resolves.toMatchObject(unauthorized);
  });

  test.each([
    'https://evil.example/',
    'app://evil/',
    'app://cachedeck.evil/',
    'app://cachedeck:1/',
    'file:///index.html',
    'http://localhost:5174/',
    'about:blank',
    'data:text/html,x',
    'no address',
    '',
  ])('a page at %j is refused', async (url) => {
    await expect(ask(mainFrame(url))).resolves.toMatchObject(unauthorized);
  });

  test('a development address that cannot be read lets nobody in', async () => {
    stop();
    stop = startIpcHost({
      ipcMain,
      router: fixture.router,
      log: fixture.log,
      origin: 'app://cachedeck',
      devServerUrl: 'no address',
      isOwnWindow: () => true,
      role: 'admin',
    });
    await expect(ask(mainFrame('no address'))).resolves.toMatchObject(unauthorized);
    await expect(ask(mainFrame(''))).resolves.toMatchObject(unauthorized);
    await expect(ask(mainFrame('app://cachedeck/'))).resolves.toMatchObject({ ok: true });
  });

  test('an unknown window is refused, on feeds too, and the log says where', async () => {
    const other = new FakePage();
    await expect(ask(other.frame, other)).resolves.toMatchObject(unauthorized);
    const event = { sender: other, senderFrame: other.frame };
    await expect(ipcMain.invoke('cachedeck:subscribe', event, 'demo.state')).resolves.toMatchObject(
      unauthorized,
    );
    await expect(ipcMain.invoke('cachedeck:unsubscribe', event, 'demo.state')).resolves.toMatchObject(
      unauthorized,
    );
    expect(other.sent).toEqual([]);
    expect(fixture.log.lines).toEqual([
      'warn: ipc: refused a sender on cachedeck:cache.clear',
      'warn: ipc: refused a sender on cachedeck:subscribe',
      'warn: ipc: refused a sender on cachedeck:unsubscribe',
    ]);
  });

  test('a page that is refused sees its link as lost', async () => {
    page = new FakePage('https://evil.example/'); // the id is ours, the page is not
    const link = createIpcLink(runPreload(preload, ipcMain, page).bridge, entryNames);
    const states: string[] = [];
    link.onState((state) => states.push(state));
    link.subscribe('demo.state', () => {});
    await turn();
    expect(states).toEqual(['open', 'lost']);
  });

  test.each<unknown>([
    '__proto__',
    'constructor',
    'no.such',
    'cache.clear',
    null,
    { a: 1 },
    { toString: 1, valueOf: 1 },
  ])('subscribing to %j is not found', async (name) => {
    const event = { sender: page, senderFrame: page.frame };
    await expect(ipcMain.invoke('cachedeck:subscribe', event, name)).resolves.toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    });
  });
});

describe('subscriptions of a page', () => {
  const listeners = (): number => fixture.handlers['demo.state'].listenerCount;
  async function subscribed(): Promise<FeedMessage[]> {
    const { bridge } = runPreload(preload, ipcMain, page);
    const messages: FeedMessage[] = [];
    (bridge['demo.state'] as FeedFunction)(
      (message) => messages.push(message),
      () => {},
    );
    await turn();
    expect(listeners()).toBe(1);
    return messages;
  }

  test.each(['destroyed', 'did-navigate', 'render-process-gone'])('end when it is %s', async (event) => {
    await subscribed();
    page.emit(event);
    expect(listeners()).toBe(0);
    expect(page.eventNames()).toEqual([]);
  });

  test('begin anew after a reload', async () => {
    const before = await subscribed();
    page.reload();
    const after = await subscribed();
    fixture.handlers['demo.state'].set({ available: true, fault: 'slow' });
    await turn();
    expect([before.length, after.length]).toEqual([1, 2]);
  });

  test('many listeners of one page are one subscription', async () => {
    const { bridge } = runPreload(preload, ipcMain, page);
    const feed = bridge['demo.state'] as FeedFunction;
    const stops = [1, 2, 3].map(() =>
      feed(
        () => {},
        () => {},
      ),
    );
    await turn();
    expect(listeners()).toBe(1);
    for (const each of stops) each();
    await turn();
    expect(listeners()).toBe(0);
    expect(page.renderer.eventNames()).toEqual([]);
  });

  test('nothing is sent to a page that is gone', async () => {
    const messages = await subscribed();
    page.destroy();
    fixture.handlers['demo.state'].set({ available: true, fault: 'slow' });
    await turn();
    expect(messages).toHaveLength(1);
  });

  test('stopping the host takes handlers and subscriptions down', async () => {
    await subscribed();
    stop();
    expect(ipcMain.handlers.size).toBe(0);
    expect(listeners()).toBe(0);
  });
});

describe('the preload', () => {
  let bridge: PageBridge;
  let key: string;
  beforeEach(() => {
    ({ key, bridge } = runPreload(preload, ipcMain, page));
  });

  test('offers one function for each entry and nothing else', () => {
    expect(key).toBe('cachedeck');
    expect(Object.keys(bridge).toSorted()).toEqual(entryNames.map((entry) => entry.name).toSorted());
    expect(new Set(Object.values(bridge).map((each) => typeof each))).toEqual(new Set(['function']));
  });

  test('is a few KB of its own code: no zod, one require', () => {
    expect(preload.length - JSON.stringify(entryNames, null, '\t').length).toBeLessThan(3000);
    expect(preload).not.toMatch(/zod/i);
    expect(preload.match(/require\(/g)).toHaveLength(1);
  });

  test('hands on the message alone, never the event', async () => {
    const seen: unknown[][] = [];
    (bridge['demo.state'] as FeedFunction)(
      (...given: unknown[]) => seen.push(given),
      () => {},
    );
    await turn();
    expect(seen).toEqual([[{ revision: 0, value: { available: true, fault: 'none' } }]]);
  });

  test('sends one argument on a channel of its own', async () => {
    const call = bridge['demo.simulate'] as (...args: unknown[]) => Promise<unknown>;
    await expect(call({ fault: 'none' }, 'cachedeck:cache.clear')).resolves.toEqual({ ok: true, value: {} });
  });

  test('a call whose main is gone is unavailable, and the link lost until one succeeds', async () => {
    const link = createIpcLink(bridge, entryNames);
    const states: string[] = [];
    link.onState((state) => states.push(state));
    stop();
    await expect((bridge['cache.clear'] as CallFunction)({})).rejects.toThrow('no handler');
    await expect(link.call('cache.clear', {})).resolves.toMatchObject({ error: { code: 'unavailable' } });
    expect(states).toEqual(['open', 'lost']);
  });
});
