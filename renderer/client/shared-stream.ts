import type { LinkState } from '../../shared/rpc/client.ts';
import type { FeedMessage } from '../../shared/rpc/wire.ts';
import type { After, FeedStream, OpenFeedStream } from './feed-stream.ts';

/** Held by the tab that owns the stream; the browser passes it on when that tab closes. */
const lockName = 'cachedeck-feeds';
/** ms without a word from the leader after which a tab asks for one; feeds alone say something every few seconds. */
export const quietLimit = 30_000;
/** ms a leader has to answer; messages reach tabs in the background without delay. */
export const answerLimit = 10_000;

/** What tabs tell each other. */
type TabMessage =
  /** A tab has joined, or has heard nothing for a while, and asks for all there is. */
  | { readonly kind: 'hello' }
  /** The leader's answer; harmless to tabs that know it all. */
  | {
      readonly kind: 'snapshot';
      readonly state: LinkState;
      readonly messages: readonly (readonly [string, FeedMessage])[];
    }
  | { readonly kind: 'message'; readonly name: string; readonly message: FeedMessage }
  | { readonly kind: 'state'; readonly state: LinkState }
  /** A tab has just heard from the server: no need to wait longer. */
  | { readonly kind: 'retry' };

/** A `BroadcastChannel`, as far as it is needed. */
export interface ChannelLike {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  close(): void;
}

/** `navigator.locks`, as far as it is needed. */
export interface LocksLike {
  request(
    name: string,
    options: { signal: AbortSignal } | { steal: true },
    callback: () => Promise<void>,
  ): Promise<unknown>;
}

export interface SharedStreamOptions {
  readonly locks: LocksLike;
  /** Opens the channel all tabs of this origin share. */
  readonly openChannel: () => ChannelLike;
  /** The stream the leader opens. */
  readonly own: OpenFeedStream;
  readonly after: After;
}

/**
 * One stream a browser, whatever the number of tabs: HTTP/1.1 allows six connections to a host, and each stream takes
 * one for good. Tabs queue for a lock; the holder streams and tells the others. A holder that does not answer (frozen
 * by the browser, or hung) loses the lock to the tab that asked, and queues again should it come back.
 */
export function sharedStream(options: SharedStreamOptions): OpenFeedStream {
  const { locks, openChannel, own, after } = options;

  return (events) => {
    const channel = openChannel();
    const latest = new Map<string, FeedMessage>();
    let state: LinkState = 'connecting';
    let stream: FeedStream | null = null;
    let leave = (): void => {};
    let cancelWatch = (): void => {};

    const tell: (message: TabMessage) => void = channel.postMessage.bind(channel);

    function learnState(next: LinkState): void {
      if (next === state) return;
      state = next;
      events.state(next);
    }

    function lead(): void {
      cancelWatch();
      stream = own({
        message(name, message) {
          latest.set(name, message);
          events.message(name, message);
          tell({ kind: 'message', name, message });
        },
        state(next) {
          learnState(next);
          tell({ kind: 'state', state: next });
        },
      });
    }

    /** Tells the leader that we know nothing; without an answer its place is ours. */
    function ask(): void {
      tell({ kind: 'hello' });
      cancelWatch();
      cancelWatch = after(answerLimit, () => queue({ steal: true }));
    }

    function heardLeader(): void {
      cancelWatch();
      cancelWatch = after(quietLimit, ask);
    }

    /** Waits for the lock, or takes it from whoever holds it. */
    function queue({ steal }: { readonly steal: boolean }): void {
      leave();
      const leaving = new AbortController();
      const held = Promise.withResolvers<void>();
      leave = () => {
        leaving.abort();
        held.resolve();
      };
      locks
        .request(lockName, steal ? { steal } : { signal: leaving.signal }, async () => {
          if (leaving.signal.aborted) return;
          lead();
          await held.promise;
        })
        .catch(() => {
          if (leaving.signal.aborted) return;
          // Without a stream, the browser denies locks here: then this tab streams on its own.
          if (stream) stepDown();
          else lead();
        });
    }

    /** Another tab heard nothing of us and took the lock. */
    function stepDown(): void {
      stream?.stop();
      stream = null;
      latest.clear();
      ask();
      queue({ steal: false });
    }

    function follow(message: TabMessage): void {
      if (!stream && message.kind !== 'hello' && message.kind !== 'retry') heardLeader();
      switch (message.kind) {
        case 'hello':
          if (stream) tell({ kind: 'snapshot', state, messages: [...latest] });
          if (state !== 'open') stream?.retry(); // a page that was just loaded proves that the server is there
          return;
        case 'retry':
          stream?.retry();
          return;
        case 'snapshot':
          if (stream) return;
          learnState(message.state);
          for (const [name, each] of message.messages) events.message(name, each);
          return;
        case 'message':
          if (!stream) events.message(message.name, message.message);
          return;
        case 'state':
          if (!stream) learnState(message.state);
          return;
      }
    }

    channel.addEventListener('message', (event) => follow(event.data as TabMessage));
    ask();
    queue({ steal: false });

    return {
      retry() {
        if (stream) stream.retry();
        else tell({ kind: 'retry' });
      },
      stop() {
        cancelWatch();
        leave();
        stream?.stop();
        channel.close();
      },
    };
  };
}
