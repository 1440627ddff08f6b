import type { ControlState } from '../../../shared/contract/control.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import { Feed } from '../feed.ts';
import type { Log } from '../log.ts';
import type { StoredDocument } from '../storage/document.ts';
import { StoreError } from '../storage/store-file.ts';
import type { KeyStore } from './keys.ts';
import type { StoredControl } from './stored.ts';
import type { ControlApi } from './types.ts';

/** A server that carries the control API. */
export interface OpenedControl {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens on a port of this machine alone. Rejects with what the system says when it cannot. */
export type OpenControl = (port: number, api: ControlApi) => Promise<OpenedControl>;

export interface ControlServiceOptions {
  readonly document: StoredDocument<StoredControl>;
  readonly keys: KeyStore;
  /** null: the host serves it beside the page for as long as there is a key. */
  readonly open: OpenControl | null;
  readonly log: Log;
}

/** Whether and where the control API answers. Changes follow each other, so that two never meet on a port. */
export class ControlService {
  readonly state: Feed<ControlState>;
  readonly #options: ControlServiceOptions;
  #api: ControlApi | null = null;
  #opened: OpenedControl | null = null;
  /** Of the page; null: there is no page beside it, or not yet. */
  #pageUrl: string | null = null;
  #fault: string | null = null;
  #last: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: ControlServiceOptions) {
    this.#options = options;
    this.state = new Feed(this.#now());
    options.keys.onChange(() => this.#tell());
  }

  /** Listens with `api` behind it, if it is to. What hinders it is told in `state` and costs nothing else. */
  start(api: ControlApi): Promise<void> {
    this.#api = api;
    return this.#inTurn(() => this.#follow());
  }

  /** The host listens with the page on `url`, and so with the control API. */
  servedAt(url: string): void {
    this.#pageUrl = url;
    this.#tell();
  }

  /**
   * Keeps the choice and follows it, also when it is the same as before: what failed is tried again.
   * @throws RpcError `conflict` where it has no port of its own; `unavailable` with the reason when it cannot listen or
   * the choice could not be written, in which case it counts until the app ends.
   */
  async configure(choice: Pick<StoredControl, 'on' | 'port'>): Promise<void> {
    const { document, open } = this.#options;
    if (!open) {
      throw new RpcError('conflict', 'Here the control API is served beside the page while there is a key.');
    }
    await this.#inTurn(async () => {
      let refused: StoreError | null = null;
      try {
        document.set({ ...document.value, ...choice });
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        refused = error;
      }
      await this.#follow();
      if (this.#fault !== null) throw new RpcError('unavailable', this.#fault);
      if (refused) throw new RpcError('unavailable', refused.message);
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#inTurn(() => this.#close());
  }

  async #follow(): Promise<void> {
    const { document, log, open } = this.#options;
    const { on, port } = document.value;
    await this.#close();
    this.#fault = null;
    if (on && open && this.#api && !this.#stopped) {
      try {
        this.#opened = await open(port, this.#api);
      } catch (error) {
        this.#fault = listenFault(error, port);
        log.warn(`control: ${this.#fault}`);
      }
    }
    this.#tell();
  }

  async #close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = null;
    await opened?.close();
  }

  async #inTurn(step: () => Promise<void>): Promise<void> {
    const done = this.#last.then(step);
    this.#last = done.catch(() => {}); // whoever asked for it hears of it; the next one goes on
    await done;
  }

  #now(): ControlState {
    const { document, keys, open } = this.#options;
    const { on, port } = document.value;
    const besidePage = open === null;
    const url = besidePage ? (keys.size > 0 ? this.#pageUrl : null) : (this.#opened?.url ?? null);
    return {
      on: besidePage ? keys.size > 0 : on,
      port,
      url,
      fault: this.#fault,
      besidePage,
      keys: keys.list,
    };
  }

  #tell(): void {
    this.state.set(this.#now());
  }
}

function listenFault(error: unknown, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') return `Port ${port} is taken by another program. Choose another one.`;
  if (code === 'EACCES') return `This account may not listen on port ${port}. Choose one above 1023.`;
  return `The control API cannot listen on port ${port}: ${error instanceof Error ? error.message : 'no reason was given'}.`;
}
