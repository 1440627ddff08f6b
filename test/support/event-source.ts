import type { EventSourceLike } from '../../renderer/client/own-stream.ts';

type Listener = (event: { readonly data?: unknown }) => void;

/** A small `EventSource` over fetch, because Node has none. It does not reconnect: the client does. */
export class FetchEventSource implements EventSourceLike {
  readonly #listeners = new Map<string, Listener[]>();
  readonly #abort = new AbortController();

  constructor(url: string, headers: Record<string, string>) {
    this.#read(url, headers).then(
      () => this.#fail(),
      () => this.#fail(),
    );
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  close(): void {
    this.#abort.abort();
  }

  #fail(): void {
    if (!this.#abort.signal.aborted) this.#emit('error', {});
  }

  #emit(type: string, event: { readonly data?: unknown }): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event);
  }

  async #read(url: string, headers: Record<string, string>): Promise<void> {
    const response = await fetch(url, { headers, signal: this.#abort.signal });
    if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
    this.#emit('open', {});
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body) {
      rest += decoder.decode(chunk, { stream: true });
      const blocks = rest.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) this.#emitBlock(block);
    }
  }

  #emitBlock(block: string): void {
    const type = /^event: (.*)$/m.exec(block)?.[1] ?? 'message';
    const data = /^data: (.*)$/m.exec(block)?.[1] ?? '';
    this.#emit(type, { data });
  }
}
