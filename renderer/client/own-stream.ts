import type { FeedMessage } from '../../shared/rpc/wire.ts';
import type { After, OpenFeedStream } from './feed-stream.ts';

/** ms before the first, second, … try after a loss; the last one repeats. */
export const reconnectDelays = [1_000, 2_000, 5_000, 10_000] as const;
/** ms without a sign of life (three of the host's heartbeats) after which a stream counts as lost. */
export const silenceLimit = 45_000;
/** ms a host has to say why there is no stream; one that hangs is lost. */
export const probeLimit = 3_000;

/** What is found where a stream should be: a host, one that knows no session of ours, or none. */
export type HostState = 'reachable' | 'signed-out' | 'lost';

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
  readonly probe: (signal: AbortSignal) => Promise<HostState>;
  readonly after: After;
}

/** A stream of server-sent events of this page's own, reconnected with back-off for as long as it is wanted. */
export function ownStream(options: OwnStreamOptions): OpenFeedStream {
  const { feeds, openEventSource, probe, after } = options;

  return (events) => {
    let source: EventSourceLike | null = null;
    let cancelTimer: (() => void) | null = null;
    let isOpen = false;
    let waiting = false;
    /** The host answers and still there is no stream: asking sooner than planned is of no use. */
    let refused = false;
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
      isOpen = false;
    }

    async function ask(): Promise<HostState> {
      const limit = new AbortController();
      const cancelLimit = after(probeLimit, () => limit.abort());
      const found = await probe(limit.signal);
      cancelLimit();
      return found;
    }

    function connect(): void {
      waiting = false;
      refused = false;
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
        isOpen = true;
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
      const found = await ask();
      if (stopped || isOpen) return; // the next try was faster than the answer
      refused = found === 'reachable';
      events.state(found === 'signed-out' ? 'signed-out' : 'lost');
    }

    connect();
    return {
      retry() {
        if (stopped || !waiting || refused) return;
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
