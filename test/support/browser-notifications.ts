/** A notification as a page makes it; nothing is drawn. */
class ShownNotification extends EventTarget {
  readonly title: string;
  readonly options: NotificationOptions;
  closed = false;

  constructor(title: string, options: NotificationOptions) {
    super();
    this.title = title;
    this.options = options;
  }

  close(): void {
    this.closed = true;
  }
}

/** A browser's notifications: what was shown, and what its user decides. */
export class BrowserNotifications {
  readonly shown: ShownNotification[] = [];
  permission: NotificationPermission = 'default';
  /** What the user says once asked. */
  answer: NotificationPermission = 'denied';
  asked = 0;
  /** The name is there, but not for pages. */
  broken = false;
}

/** What stands in for `window.Notification` in a page of this browser. */
export function notificationsOf(browser: BrowserNotifications): unknown {
  return class extends ShownNotification {
    static get permission(): NotificationPermission {
      return browser.permission;
    }

    static requestPermission(): Promise<NotificationPermission> {
      browser.asked += 1;
      browser.permission = browser.answer;
      return Promise.resolve(browser.answer);
    }

    constructor(title: string, options: NotificationOptions) {
      super(title, options);
      if (browser.broken) throw new TypeError('Illegal constructor');
      browser.shown.push(this);
    }
  };
}

/** Web Locks of one browser: of those who ask for a name one has it, the others wait their turn. */
export class TabLocks {
  readonly #tails = new Map<string, Promise<void>>();

  /** Another tab has it before this page asks. Returns the way to close that tab. */
  takeFirst(name: string): () => void {
    const held = Promise.withResolvers<void>();
    this.#tails.set(name, held.promise);
    return () => held.resolve();
  }

  async request(
    name: string,
    { signal }: { readonly signal: AbortSignal },
    callback: () => Promise<void>,
  ): Promise<void> {
    const before = this.#tails.get(name);
    const turn = Promise.withResolvers<void>();
    this.#tails.set(name, turn.promise);
    await before;
    if (!signal.aborted) await callback();
    turn.resolve();
  }
}
