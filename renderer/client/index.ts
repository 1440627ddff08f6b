import { createClient } from '../../shared/rpc/client.ts';
import type { Client } from '../../shared/rpc/client.ts';
import type { PageBridge } from '../../shared/rpc/wire.ts';
import { entries } from './entries.ts';
import { browserAfter } from './feed-stream.ts';
import { createHttpLink, probeHost } from './http-link.ts';
import { createIpcLink } from './ipc-link.ts';
import { ownStream } from './own-stream.ts';
import { sharedStream } from './shared-stream.ts';

declare global {
  interface Window {
    /** Put there by the preload; absent in a browser. */
    readonly cachedeck?: PageBridge;
  }
}

function send(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, init); // called as a plain function: the browser's own insists on being the window's
}

/** The client of the process that owns the data: over IPC in the desktop window, over HTTP in a browser. */
export function connect(): Client {
  if (window.cachedeck) return createClient(createIpcLink(window.cachedeck, entries));
  const own = ownStream({
    feeds: entries.filter((entry) => entry.kind === 'feed').map((entry) => entry.name),
    openEventSource: () => new EventSource('/feeds'),
    probe: (signal) => probeHost('', send, signal),
    after: browserAfter,
  });
  // Locks exist on HTTPS and loopback only; elsewhere each tab streams for itself.
  const locks = 'locks' in navigator ? navigator.locks : null;
  const openStream = locks
    ? sharedStream({
        locks,
        openChannel: () => new BroadcastChannel('cachedeck-feeds'),
        own,
        after: browserAfter,
      })
    : own;
  return createClient(createHttpLink({ base: '', fetch: send, openStream, after: browserAfter }));
}
