import type { z } from 'zod';
import type { Contract } from '../contract/index.ts';
import type { CallEntry, FeedEntry } from './define.ts';
import { RpcError } from './wire.ts';
import type { FeedMessage, Reply } from './wire.ts';

type NamesOf<K extends 'call' | 'feed'> = {
  [N in keyof Contract]: Contract[N]['kind'] extends K ? N : never;
}[keyof Contract] &
  string;

export type CallName = NamesOf<'call'>;
export type FeedName = NamesOf<'feed'>;

export type CallInput<N extends CallName> = Contract[N] extends CallEntry<infer I> ? z.input<I> : never;
export type CallOutput<N extends CallName> =
  Contract[N] extends CallEntry<z.ZodType, infer O> ? z.output<O> : never;
export type FeedValue<N extends FeedName> = Contract[N] extends FeedEntry<infer V> ? z.output<V> : never;

/** Whether the process that owns the data can be reached. */
export type LinkState = 'connecting' | 'open' | 'lost' | 'signed-out';

/**
 * A transport under the typed client. Implementations: memory (tests), Electron IPC, HTTP + server-sent events.
 * `call` never rejects: what goes wrong on the way is a `Reply` with `unavailable`, `timeout` or `cancelled`.
 */
export interface Link {
  call(name: string, input: unknown, signal?: AbortSignal): Promise<Reply>;
  /** Delivers the current value first, then changes. Returns the way to stop. */
  subscribe(name: string, onMessage: (message: FeedMessage) => void): () => void;
  /** Reports the link's state now and at each change. Returns the way to stop. */
  onState(listener: (state: LinkState) => void): () => void;
}

/** The one client every page and test uses, whatever lies beneath it. */
export interface Client {
  /** @throws RpcError with one of the closed codes. */
  call<N extends CallName>(name: N, input: CallInput<N>, signal?: AbortSignal): Promise<CallOutput<N>>;
  /** Calls `listener` with the current value, then with each newer one. Returns the way to stop. */
  subscribe<N extends FeedName>(
    name: N,
    listener: (value: FeedValue<N>, revision: number) => void,
  ): () => void;
  onState(listener: (state: LinkState) => void): () => void;
}

/** Puts the contract's types on a link and turns error replies into `RpcError`. */
export function createClient(link: Link): Client {
  return {
    async call(name, input, signal) {
      const reply = await link.call(name, input, signal);
      if (!reply.ok) throw new RpcError(reply.error.code, reply.error.message, reply.error.details);
      return reply.value as CallOutput<typeof name>;
    },
    subscribe(name, listener) {
      let last = -1;
      let epoch: string | undefined;
      return link.subscribe(name, (message) => {
        // A late push must not overwrite a newer value; another run of main counts from 0 again.
        if (message.epoch === epoch && message.revision <= last) return;
        epoch = message.epoch;
        last = message.revision;
        listener(message.value as FeedValue<typeof name>, message.revision);
      });
    },
    onState: (listener) => link.onState(listener),
  };
}
