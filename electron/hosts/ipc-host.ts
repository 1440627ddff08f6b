import type { FeedMessage, Reply } from '../../shared/rpc/wire.ts';
import type { Log } from '../core/log.ts';
import type { Role } from '../../shared/rpc/define.ts';
import type { Principal, Router } from '../core/router.ts';

/** Every channel begins with this; calls add the entry's name, pushes `feed:` and the name. */
const prefix = 'cachedeck:';

/** The parts of Electron's objects that the host touches, so that it runs and is tested in plain Node. */
export interface FrameLike {
  readonly url: string;
  readonly parent: FrameLike | null;
}

export interface WebContentsLike {
  readonly id: number;
  isDestroyed(): boolean;
  send(channel: string, message: unknown): void;
  on(event: 'destroyed' | 'did-navigate' | 'render-process-gone', listener: () => void): unknown;
  off(event: 'destroyed' | 'did-navigate' | 'render-process-gone', listener: () => void): unknown;
}

export interface IpcEventLike {
  readonly sender: WebContentsLike;
  /** null once the frame has navigated away or is gone. */
  readonly senderFrame: FrameLike | null;
}

/** Electron's `ipcMain`, as far as it is needed. */
export interface IpcMainLike {
  handle(channel: string, listener: (event: IpcEventLike, argument: unknown) => unknown): void;
  removeHandler(channel: string): void;
}

export interface IpcHostOptions {
  readonly ipcMain: IpcMainLike;
  readonly router: Router;
  readonly log: Log;
  /** The page's own origin, `app://cachedeck`. */
  readonly origin: string;
  /** Vite's server while developing; its origin is accepted too. */
  readonly devServerUrl?: string | null;
  /** True for the id of a webContents of a window that this process made. */
  readonly isOwnWindow: (webContentsId: number) => boolean;
  /** Of whoever sits at the desktop, who owns the application unless the machine's environment says otherwise. */
  readonly role: Role;
}

const refused: Reply = {
  ok: false,
  error: { code: 'unauthorized', message: 'The sender is not a page of Cachedeck.' },
};

/** The feed an argument names; what is not a text names none. */
function feedNameOf(argument: unknown): string {
  return typeof argument === 'string' ? argument : '';
}

/** scheme://host[:port]; `URL.origin` says "null" for schemes it does not know. */
function originOf(url: string): string | null {
  const parsed = URL.parse(url);
  return parsed && `${parsed.protocol}//${parsed.host}`;
}

/** The feeds one page listens to. They end when the page goes, whichever way it goes. */
class PageSubscriptions {
  readonly #page: WebContentsLike;
  readonly #stops = new Map<string, () => void>();
  readonly #onGone: () => void;

  constructor(page: WebContentsLike, onGone: () => void) {
    this.#page = page;
    this.#onGone = onGone;
    page.on('destroyed', onGone);
    page.on('did-navigate', onGone);
    page.on('render-process-gone', onGone);
  }

  add(router: Router, name: string, principal: Principal): Reply {
    this.remove(name); // a second subscription replaces the first, and so hears the current value
    const push = (message: FeedMessage): void => {
      if (!this.#page.isDestroyed()) this.#page.send(`${prefix}feed:${name}`, message);
    };
    const subscribed = router.subscribe(name, principal, push);
    if (!subscribed.ok) return subscribed;
    this.#stops.set(name, subscribed.stop);
    return { ok: true, value: {} };
  }

  remove(name: string): void {
    this.#stops.get(name)?.();
    this.#stops.delete(name);
  }

  end(): void {
    for (const stop of this.#stops.values()) stop();
    this.#stops.clear();
    this.#page.off('destroyed', this.#onGone);
    this.#page.off('did-navigate', this.#onGone);
    this.#page.off('render-process-gone', this.#onGone);
  }
}

/**
 * Serves a router over Electron IPC: `cachedeck:<call>` for each call, `cachedeck:subscribe` and
 * `cachedeck:unsubscribe` for feeds, pushes on `cachedeck:feed:<feed>`. A sender that is not the main frame of one
 * of our windows on our origin gets an `unauthorized` reply. Returns the way to take everything down.
 */
export function startIpcHost(options: IpcHostOptions): () => void {
  const { ipcMain, router, log, isOwnWindow } = options;
  const principal: Principal = { role: options.role };
  const origins = new Set([options.origin, options.devServerUrl ?? ''].map(originOf));
  origins.delete(null); // an address that cannot be read is nobody's
  const pages = new Map<number, PageSubscriptions>();
  const channels: string[] = [];

  function isTrusted(event: IpcEventLike): boolean {
    const frame = event.senderFrame; // read before anything is awaited: later it may be null or another page's
    return (
      frame !== null &&
      frame.parent === null &&
      origins.has(originOf(frame.url)) &&
      isOwnWindow(event.sender.id)
    );
  }

  function serve(
    channel: string,
    answer: (argument: unknown, sender: WebContentsLike) => Reply | Promise<Reply>,
  ): void {
    const full = `${prefix}${channel}`;
    channels.push(full);
    ipcMain.handle(full, (event, argument) => {
      if (isTrusted(event)) return answer(argument, event.sender);
      log.warn(`ipc: refused a sender on ${full}`);
      return refused;
    });
  }

  function subscriptionsOf(page: WebContentsLike): PageSubscriptions {
    const known = pages.get(page.id);
    if (known) return known;
    const made = new PageSubscriptions(page, () => {
      pages.get(page.id)?.end();
      pages.delete(page.id);
    });
    pages.set(page.id, made);
    return made;
  }

  for (const { name, kind } of router.entries) {
    if (kind === 'call') serve(name, (input) => router.call(name, input, principal));
  }
  serve('subscribe', (argument, sender) =>
    subscriptionsOf(sender).add(router, feedNameOf(argument), principal),
  );
  serve('unsubscribe', (argument, sender) => {
    pages.get(sender.id)?.remove(feedNameOf(argument));
    return { ok: true, value: {} };
  });

  return () => {
    for (const channel of channels) ipcMain.removeHandler(channel);
    for (const page of pages.values()) page.end();
    pages.clear();
  };
}
