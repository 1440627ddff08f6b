import { EventEmitter } from 'node:events';
import { createContext, runInContext } from 'node:vm';
import { fileURLToPath } from 'node:url';
import { createBuilder } from 'vite';
import type { FrameLike, IpcEventLike, IpcMainLike, WebContentsLike } from '../../electron/hosts/ipc-host.ts';
import type { PageBridge } from '../../shared/rpc/wire.ts';

type Handler = (event: IpcEventLike, argument: unknown) => unknown;

/** Electron's `ipcMain` in memory. What crosses is cloned, as Electron clones it. */
export class FakeIpcMain implements IpcMainLike {
  readonly handlers = new Map<string, Handler>();

  handle(channel: string, listener: Handler): void {
    if (this.handlers.has(channel)) throw new Error(`a second handler for ${channel}`);
    this.handlers.set(channel, listener);
  }

  removeHandler(channel: string): void {
    this.handlers.delete(channel);
  }

  async invoke(channel: string, event: IpcEventLike, argument: unknown): Promise<unknown> {
    const handler = this.handlers.get(channel);
    if (!handler) throw new Error(`no handler for ${channel}`);
    const given: unknown = structuredClone(argument);
    await Promise.resolve(); // a message is never handled within the call that sends it
    return structuredClone(await handler(event, given));
  }
}

let lastId = 0;

/** One window's page: its web contents in main, `ipcRenderer` for its preload. */
export class FakePage extends EventEmitter implements WebContentsLike {
  readonly id: number;
  readonly frame: FrameLike;
  readonly renderer = new EventEmitter();
  readonly sent: string[] = [];
  #destroyed = false;

  constructor(url = 'app://cachedeck/index.html') {
    super();
    lastId += 1;
    this.id = lastId;
    this.frame = { url, parent: null };
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  send(channel: string, message: unknown): void {
    if (this.#destroyed) throw new Error('Object has been destroyed');
    this.sent.push(channel);
    const crossing: unknown = structuredClone(message);
    queueMicrotask(() => this.renderer.emit(channel, { sender: 'never to be handed on' }, crossing));
  }

  destroy(): void {
    this.#destroyed = true;
    this.emit('destroyed');
  }

  /** What Electron does when the page is loaded again. */
  reload(): void {
    this.renderer.removeAllListeners();
    this.emit('did-navigate');
  }
}

/** The real preload, bundled by the project's own configuration. Nothing is written to disk. */
export async function bundlePreload(): Promise<string> {
  const builder = await createBuilder({
    configFile: fileURLToPath(new URL('../../vite.config.ts', import.meta.url)),
    logLevel: 'silent',
    environments: { preload: { build: { write: false } } },
  });
  const environment = builder.environments['preload'];
  if (!environment) throw new Error('vite.config.ts has no environment "preload"');
  const built = await builder.build(environment);
  const [bundle] = Array.isArray(built) ? built : [built];
  const chunk = bundle && 'output' in bundle ? bundle.output[0] : null;
  if (chunk?.type !== 'chunk') throw new Error('the preload was not built into a chunk');
  return chunk.code;
}

/** Runs a bundled preload against `ipcMain` as the preload of `page`; returns what it puts on the window. */
export function runPreload(
  code: string,
  ipcMain: FakeIpcMain,
  page: FakePage,
): { readonly key: string; readonly bridge: PageBridge } {
  const exposed: { key: string; bridge: PageBridge }[] = [];
  const electron = {
    contextBridge: {
      exposeInMainWorld: (key: string, bridge: PageBridge) => void exposed.push({ key, bridge }),
    },
    ipcRenderer: {
      invoke: (channel: string, argument: unknown) =>
        ipcMain.invoke(channel, { sender: page, senderFrame: page.frame }, argument),
      on: (channel: string, listener: (...args: unknown[]) => void) => page.renderer.on(channel, listener),
      off: (channel: string, listener: (...args: unknown[]) => void) => page.renderer.off(channel, listener),
    },
  };
  const requireOnly = (name: string): unknown => {
    if (name === 'electron') return electron; // all a sandboxed preload may ask for
    throw new Error(`module not found: ${name}`);
  };
  const run = runInContext(`(function (require, module, exports) {${code}\n})`, createContext({})) as (
    ...args: unknown[]
  ) => void;
  const module = { exports: {} };
  run(requireOnly, module, module.exports);
  const [first, ...more] = exposed;
  if (!first || more.length > 0) throw new Error(`the preload exposed ${exposed.length} objects`);
  return first;
}
