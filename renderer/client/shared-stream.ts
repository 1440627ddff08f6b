import type { LinkState } from '../../shared/rpc/client.ts';
import type { FeedMessage } from '../../shared/rpc/wire.ts';
import type { FeedStream, OpenFeedStream } from './feed-stream.ts';

/** Held by the tab that owns the stream; the browser passes it on when that tab closes. */
const lockName = 'cachedeck-feeds';

/** What tabs tell each other. */
type TabMessage =
  /** A tab has joined and knows nothing yet. */
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
  request(name: string, options: { signal: AbortSignal }, callback: () => Promise<void>): Promise<unknown>;
}

export interface SharedStreamOptions {
  readonly locks: LocksLike;
  /** Opens the channel all tabs of this origin share. */
  readonly openChannel: () => ChannelLike;
  /** The stream the leader opens. */
  readonly own: OpenFeedStream;
}

/**
 * One stream a browser, whatever the number of tabs: HTTP/1.1 allows six connections to a host, and each stream takes
 * one for good. Tabs queue for a lock; the holder streams and tells the others.
 */
export function sharedStream(options: SharedStreamOptions): OpenFeedStream {
  const { locks, openChannel, own } = options;

  return (events) => {
    const channel = openChannel();
    const latest = new Map<string, FeedMessage>();
    const leaving = new AbortController();
    let state: LinkState = 'connecting';
    let stream: FeedStream | null = null;
    let release = (): void => leaving.abort();

    const tell: (message: TabMessage) => void = channel.postMessage.bind(channel);

    function learnState(next: LinkState): void {
      if (next === state) return;
      state = next;
      events.state(next);
    }

    function lead(): void {
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

    function follow(message: TabMessage): void {
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
    tell({ kind: 'hello' });
    locks
      .request(lockName, { signal: leaving.signal }, () => {
        lead();
        return new Promise<void>((resolve) => {
          release = resolve;
        });
      })
      .catch(() => {
        // Aborted by `stop`, or the browser denies locks here: then this tab streams on its own.
        if (!leaving.signal.aborted) lead();
      });

    return {
      retry() {
        if (stream) stream.retry();
        else tell({ kind: 'retry' });
      },
      stop() {
        leaving.abort();
        stream?.stop();
        release();
        channel.close();
      },
    };
  };
}
