import type { LinkState } from '../../shared/rpc/client.ts';
import type { FeedMessage } from '../../shared/rpc/wire.ts';

/** Runs `task` once after `ms`; the result cancels it. */
export type After = (ms: number, task: () => void) => () => void;

export interface FeedStreamEvents {
  message(name: string, message: FeedMessage): void;
  state(state: LinkState): void;
}

/** A source of every feed's messages that looks after its own connection. */
export interface FeedStream {
  /** Tries again at once where it waits to: the server was just heard from. */
  retry(): void;
  stop(): void;
}

/** Starts a stream. Current values come first, again after each reconnection. */
export type OpenFeedStream = (events: FeedStreamEvents) => FeedStream;

export const browserAfter: After = (ms, task) => {
  const timer = setTimeout(task, ms);
  return () => clearTimeout(timer);
};
