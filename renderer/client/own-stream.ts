import type { FeedMessage } from '../../shared/rpc/wire.ts';
import type { After, OpenFeedStream } from './feed-stream.ts';

/** ms before the first, second, … try after a loss; the last one repeats. */
export const reconnectDelays = [1_000, 2_000, 5_000, 10_000] as const;
/** ms without a sign of life (three of the host's heartbeats) after which a stream counts as lost. */
export const silenceLimit = 45_000;

/** A browser's `EventSource`, as far as it is needed. */
export interface EventSourceLike {
  addEventListener(type: string, listener: (event: { readonly data?: unknown }) => void): void;
  close(): void;
}

export interface OwnStreamOptions {
  /** Feeds to listen for, by name. */
  readonly feeds: readonly string[];
  readonly openEventSource: () => EventSourceLike;
  /** Why there is no stream: an `EventSource` does not tell. */
  readonly probe: () => Promise<'reachable' | 'signed-out' | 'lost'>;
  readonly after: After;
}

/** A stream of server-sent events of this page's own, reconnected with back-off for as long as it is wanted. */
export function ownStream(options: OwnStreamOptions): OpenFeedStream {
  const { feeds, openEventSource, probe, after } = options;

  return (events) => {
    let source: EventSourceLike | null = null;
    let cancelTimer: (() => void) | null = null;
    let waiting = false;
    let failures = 0;
    let stopped = false;

    function setTimer(ms: number, task: () => void): void {
      cancelTimer?.();
      cancelTimer = after(ms, task);
    }

    function drop(): void {
      cancelTimer?.();
      cancelTimer = null;
      source?.close();
      source = null;
    }

    function connect(): void {
      waiting = false;
      const opened = openEventSource();
      source = opened;
      const heard = (): boolean => {
        if (source !== opened) return false; // events of a stream already given up
        setTimer(silenceLimit, () => void lose());
        return true;
      };
      opened.addEventListener('open', () => {
        if (!heard()) return;
        failures = 0;
        events.state('open');
      });
      opened.addEventListener('error', () => {
        if (source === opened) void lose();
      });
      opened.addEventListener('heartbeat', heard);
      for (const name of feeds) {
        opened.addEventListener(name, ({ data }) => {
          if (heard()) events.message(name, JSON.parse(String(data)) as FeedMessage);
        });
      }
      setTimer(silenceLimit, () => void lose());
    }

    async function lose(): Promise<void> {
      drop();
      waiting = true;
      const delay = reconnectDelays[Math.min(failures, reconnectDelays.length - 1)] ?? 10_000;
      failures += 1;
      setTimer(delay, connect);
      const found = await probe();
      if (!stopped && waiting) events.state(found === 'signed-out' ? 'signed-out' : 'lost');
    }

    connect();
    return {
      retry() {
        if (stopped || !waiting) return;
        drop();
        connect();
      },
      stop() {
        stopped = true;
        waiting = false;
        drop();
      },
    };
  };
}
