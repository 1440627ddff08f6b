import { EventEmitter } from 'node:events';
import type {
  BrowserWindow as ElectronBrowserWindow,
  BrowserWindowConstructorOptions,
  Rectangle,
  WebContents,
  WindowOpenHandlerResponse,
} from 'electron';
import { record } from './calls.ts';

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

export class WebContentsStub extends EventEmitter {
  static #next = 1;
  readonly id = WebContentsStub.#next++;
  readonly sent: { readonly channel: string; readonly message: unknown }[] = [];
  reloads = 0;
  killed = 0;
  destroyed = false;
  /** The stub's own: why the next loads fail; null: they do not. */
  loadError: Error | null = null;
  #url = '';
  #openHandler: OpenHandler | null = null;

  send(channel: string, message: unknown): void {
    this.sent.push({ channel, message });
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  getURL(): string {
    return this.#url;
  }

  /** Another fragment keeps the document, as in Chromium. */
  async loadURL(url: string): Promise<void> {
    record(`loadURL ${url}`);
    if (this.loadError) throw this.loadError;
    const sameDocument = url.split('#')[0] === this.#url.split('#')[0];
    this.#url = url;
    this.emit(sameDocument ? 'did-navigate-in-page' : 'did-navigate', {}, url);
  }

  forcefullyCrashRenderer(): void {
    this.killed += 1;
    this.emit('render-process-gone', {}, { reason: 'killed', exitCode: 9 });
  }

  reload(): void {
    this.reloads += 1;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  /** The stub's own: the page opens a window. */
  open(url: string): WindowOpenHandlerResponse | undefined {
    return this.#openHandler?.({
      url,
      frameName: '',
      features: '',
      disposition: 'foreground-tab',
      referrer: { url: '', policy: 'no-referrer' },
    });
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly #all: BrowserWindow[] = [];
  static getAllWindows(): BrowserWindow[] {
    return [...BrowserWindow.#all];
  }

  readonly webContents = new WebContentsStub();
  readonly options: BrowserWindowConstructorOptions;
  static forgotten: string[] = [];
  static clearPersistedState(name: string): void {
    BrowserWindow.forgotten.push(name);
  }

  visible = false;
  minimized = false;
  maximized = false;
  fullScreen = false;
  destroyed = false;
  bounds: Rectangle;
  backgroundColor: string;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    record('new BrowserWindow');
    this.options = options;
    this.bounds = { x: 0, y: 0, width: options.width ?? 800, height: options.height ?? 600 };
    this.backgroundColor = options.backgroundColor ?? '';
    BrowserWindow.#all.push(this);
  }

  show(): void {
    record('window.show');
    this.visible = true;
  }

  hide(): void {
    this.visible = false;
  }

  focus(): void {
    record('window.focus');
    this.emit('focus');
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  restore(): void {
    this.minimized = false;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  getBounds(): Rectangle {
    return this.bounds;
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.bounds = { ...this.bounds, ...bounds };
  }

  isMaximized(): boolean {
    return this.maximized;
  }

  unmaximize(): void {
    this.maximized = false;
  }

  isFullScreen(): boolean {
    return this.fullScreen;
  }

  setFullScreen(on: boolean): void {
    this.fullScreen = on;
  }

  /** The stub's own: called when the last window is gone. */
  static onAllClosed: () => void = () => {};

  setBackgroundColor(colour: string): void {
    this.backgroundColor = colour;
  }

  /** Closes unless a listener prevents it. */
  close(): void {
    let prevented = false;
    this.emit('close', { preventDefault: () => (prevented = true) });
    if (prevented) return;
    this.visible = false;
    this.destroyed = true;
    this.webContents.destroyed = true;
    BrowserWindow.#all.splice(BrowserWindow.#all.indexOf(this), 1);
    this.webContents.emit('destroyed');
    this.emit('closed');
    if (BrowserWindow.#all.length === 0) BrowserWindow.onAllClosed();
  }
}

type UsedContents = Pick<
  WebContents,
  | 'id'
  | 'send'
  | 'isDestroyed'
  | 'reload'
  | 'loadURL'
  | 'getURL'
  | 'forcefullyCrashRenderer'
  | 'setWindowOpenHandler'
>;
type UsedWindow = Pick<
  ElectronBrowserWindow,
  | 'show'
  | 'hide'
  | 'focus'
  | 'isMinimized'
  | 'restore'
  | 'close'
  | 'isDestroyed'
  | 'getBounds'
  | 'setBounds'
  | 'isMaximized'
  | 'unmaximize'
  | 'isFullScreen'
  | 'setFullScreen'
  | 'setBackgroundColor'
>;
WebContentsStub satisfies new () => UsedContents;
BrowserWindow satisfies Pick<typeof ElectronBrowserWindow, 'clearPersistedState'>;
BrowserWindow satisfies new (options: BrowserWindowConstructorOptions) => UsedWindow;
