import type { ServerResponse } from 'node:http';
import type { FeedMessage } from '../../shared/rpc/wire.ts';
import type { Clock } from '../core/clock.ts';
import type { Principal, Router } from '../core/router.ts';
import { pageHeaders } from './page-headers.ts';

/** ms between heartbeats; a page that hears nothing for three of them takes the stream for dead. */
export const heartbeatEvery = 15_000;
/** ms a reader may leave its buffer full before it is let go. */
const patience = 30_000;

export interface EventStreams {
  /**
   * Answers with a stream of every feed the principal may hear: current values first, then changes. It ends with
   * `ended`, too; `onEnd` runs once when it is over.
   */
  open(response: ServerResponse, principal: Principal, ended: AbortSignal, onEnd: () => void): void;
  /** Ends every stream. */
  closeAll(): void;
}

/**
 * Server-sent events: event name = feed, data = `FeedMessage` as JSON with the host's epoch. A slow reader gets the
 * newest value of each feed when it can take more, so what waits for it is bounded by the number of feeds.
 */
export function createEventStreams(options: {
  readonly router: Router;
  readonly clock: Clock;
  readonly epoch: string;
}): EventStreams {
  const { router, clock, epoch } = options;
  const feeds = router.entries.filter((entry) => entry.kind === 'feed').map((entry) => entry.name);
  const open = new Set<() => void>();
  const encoded = new WeakMap<FeedMessage, string>();

  /** One string for all streams: the router hands every subscriber the same message object. */
  function encode(name: string, message: FeedMessage): string {
    const known = encoded.get(message);
    if (known !== undefined) return known;
    const text = `event: ${name}\ndata: ${JSON.stringify({ ...message, epoch })}\n\n`;
    encoded.set(message, text);
    return text;
  }

  return {
    open(response, principal, ended, onEnd) {
      const waiting = new Map<string, string>();
      const stops: (() => void)[] = [];
      let cancelBeat: (() => void) | null = null;
      let cancelPatience: (() => void) | null = null;
      let over = false;

      function end(): void {
        if (over) return;
        over = true;
        open.delete(end);
        ended.removeEventListener('abort', end);
        cancelBeat?.();
        cancelPatience?.();
        for (const stop of stops) stop();
        response.end();
        onEnd();
      }

      function write(text: string): void {
        if (response.write(text)) return;
        cancelPatience ??= clock.after(patience, () => {
          end();
          response.destroy();
        });
      }

      function push(name: string, text: string): void {
        if (over) return;
        if (response.writableNeedDrain) waiting.set(name, text);
        else write(text);
      }

      function beat(): void {
        push('heartbeat', 'event: heartbeat\ndata: {}\n\n');
        cancelBeat = clock.after(heartbeatEvery, beat);
      }

      response.on('drain', () => {
        cancelPatience?.();
        cancelPatience = null;
        for (const [name, text] of waiting) {
          if (over || response.writableNeedDrain) break;
          waiting.delete(name);
          write(text);
        }
      });
      response.on('close', end);
      response.writeHead(200, {
        ...pageHeaders(),
        'Content-Type': 'text/event-stream; charset=utf-8',
        Connection: 'keep-alive',
      });
      response.flushHeaders();
      open.add(end);
      ended.addEventListener('abort', end);
      for (const name of feeds) {
        const subscribed = router.subscribe(name, principal, (message) => push(name, encode(name, message)));
        if (subscribed.ok) stops.push(subscribed.stop);
      }
      beat();
    },

    closeAll() {
      for (const end of open) end();
    },
  };
}
