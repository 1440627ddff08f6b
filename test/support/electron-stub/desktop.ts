import { EventEmitter } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { RequestOptions } from 'node:http';
import type {
  Menu as ElectronMenu,
  MenuItemConstructorOptions,
  NativeImage,
  NativeTheme,
  Net,
  Notification as ElectronNotification,
  NotificationConstructorOptions,
  PowerMonitor,
  Rectangle,
  Screen,
  Shell,
  Tray as ElectronTray,
} from 'electron';
import { record } from './calls.ts';

/** An image is its path here. */
export interface ImageStub {
  readonly path: string;
  isTemplate: boolean;
  setTemplateImage(on: boolean): void;
}

export const nativeImage = {
  createFromPath(path: string): ImageStub {
    return {
      path,
      isTemplate: false,
      setTemplateImage(on) {
        this.isTemplate = on;
      },
    };
  },
} satisfies { createFromPath(path: string): Pick<NativeImage, 'setTemplateImage'> };

/** A menu is its template here. */
export class Menu {
  static application: Menu | null = null;
  readonly template: MenuItemConstructorOptions[];

  constructor(template: MenuItemConstructorOptions[]) {
    this.template = template;
  }

  static buildFromTemplate(template: MenuItemConstructorOptions[]): Menu {
    return new Menu(template);
  }

  static setApplicationMenu(menu: Menu): void {
    Menu.application = menu;
  }
}

export class Tray extends EventEmitter {
  static readonly all: Tray[] = [];
  image: ImageStub;
  toolTip = '';
  menu: Menu | null = null;
  destroyed = false;

  constructor(image: ImageStub) {
    super();
    record('new Tray');
    this.image = image;
    Tray.all.push(this);
  }

  setImage(image: ImageStub): void {
    this.image = image;
  }

  setToolTip(text: string): void {
    this.toolTip = text;
  }

  setContextMenu(menu: Menu | null): void {
    this.menu = menu;
  }

  destroy(): void {
    this.destroyed = true;
  }
}

export class Notification extends EventEmitter {
  static readonly all: Notification[] = [];
  static isSupported(): boolean {
    return true;
  }

  readonly options: NotificationConstructorOptions;
  shown = false;

  constructor(options: NotificationConstructorOptions) {
    super();
    this.options = options;
    Notification.all.push(this);
  }

  show(): void {
    record('notification.show');
    this.shown = true;
    this.emit('show', {});
  }

  close(): void {
    this.shown = false;
    this.emit('close', {});
  }
}

class NativeThemeStub extends EventEmitter {
  #source: NativeTheme['themeSource'] = 'system';

  get themeSource(): NativeTheme['themeSource'] {
    return this.#source;
  }

  set themeSource(source: NativeTheme['themeSource']) {
    record(`nativeTheme.themeSource ${source}`);
    this.#source = source;
    this.emit('updated');
  }

  /** The system of the stub is a dark one. */
  get shouldUseDarkColors(): boolean {
    return this.#source !== 'light';
  }
}

export const nativeTheme = new NativeThemeStub() satisfies Pick<
  NativeTheme,
  'themeSource' | 'shouldUseDarkColors'
>;
export class PowerMonitorStub extends EventEmitter {
  /** The stub's own: the plug is out. */
  onBattery = false;

  isOnBatteryPower(): boolean {
    return this.onBattery;
  }
}

export const powerMonitor = new PowerMonitorStub() satisfies Pick<PowerMonitor, 'isOnBatteryPower'>;

export const net = {
  online: true,
  isOnline(): boolean {
    return this.online;
  },
  /** Over Node's own, which takes the same options: what electron-updater asks with. */
  request: (options: RequestOptions) => httpRequest(options),
} satisfies Pick<Net, 'isOnline'> & { online: boolean; request: unknown };

const workArea: Rectangle = { x: 0, y: 0, width: 1920, height: 1040 };
type Displays = Record<keyof Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>, unknown>;
export const screen = {
  getAllDisplays: () => [{ workArea }],
  getPrimaryDisplay: () => ({ workArea }),
} satisfies Displays;

export const shell = {
  async openPath(path: string): Promise<string> {
    record(`shell.openPath ${path}`);
    return '';
  },
} satisfies Pick<Shell, 'openPath'>;

// Names that Electron does not have would not be keys of its classes.
type Used<T, K extends keyof T> = Record<K, unknown>;
Tray satisfies new (
  image: ImageStub,
) => Used<ElectronTray, 'setImage' | 'setToolTip' | 'setContextMenu' | 'destroy' | 'on'>;
Menu satisfies Used<typeof ElectronMenu, 'buildFromTemplate' | 'setApplicationMenu'>;
Notification satisfies new (
  options: NotificationConstructorOptions,
) => Pick<ElectronNotification, 'show' | 'close'>;
Notification satisfies Pick<typeof ElectronNotification, 'isSupported'>;
