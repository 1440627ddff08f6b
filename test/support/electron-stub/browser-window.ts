import { EventEmitter } from 'node:events';
import type {
  BrowserWindow as ElectronBrowserWindow,
  BrowserWindowConstructorOptions,
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
  #openHandler: OpenHandler | null = null;

  send(channel: string, message: unknown): void {
    this.sent.push({ channel, message });
  }

  isDestroyed(): boolean {
    return false;
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
  visible = false;
  minimized = false;
  url: string | null = null;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    record('new BrowserWindow');
    this.options = options;
    BrowserWindow.#all.push(this);
  }

  async loadURL(url: string): Promise<void> {
    record(`loadURL ${url}`);
    this.url = url;
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
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  restore(): void {
    this.minimized = false;
  }

  /** Closes unless a listener prevents it. */
  close(): void {
    let prevented = false;
    this.emit('close', { preventDefault: () => (prevented = true) });
    if (!prevented) this.visible = false;
  }
}

type UsedContents = Pick<WebContents, 'id' | 'send' | 'isDestroyed' | 'reload' | 'setWindowOpenHandler'>;
type UsedWindow = Pick<
  ElectronBrowserWindow,
  'loadURL' | 'show' | 'hide' | 'focus' | 'isMinimized' | 'restore' | 'close'
>;
WebContentsStub satisfies new () => UsedContents;
BrowserWindow satisfies new (options: BrowserWindowConstructorOptions) => UsedWindow;
