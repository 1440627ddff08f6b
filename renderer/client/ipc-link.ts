import { orWhenAborted } from '../../shared/rpc/abort.ts';
import type { Link, LinkState } from '../../shared/rpc/client.ts';
import type { CallFunction, EntryName, FeedFunction, PageBridge, Reply } from '../../shared/rpc/wire.ts';

function failed(code: 'not-found' | 'cancelled' | 'unavailable', message: string): Reply {
  return { ok: false, error: { code, message } };
}

/** The bridge over the preload's functions. Main lives and dies with the page, so it is open unless it refuses us. */
export function createIpcLink(bridge: PageBridge, entries: readonly EntryName[]): Link {
  const stateListeners = new Set<(state: LinkState) => void>();
  let state: LinkState = 'open';

  function setState(next: LinkState): void {
    if (next === state) return;
    state = next;
    for (const listener of stateListeners) listener(next);
  }

  function functionOf(name: string, kind: EntryName['kind']): CallFunction | FeedFunction | undefined {
    return entries.some((entry) => entry.name === name && entry.kind === kind) ? bridge[name] : undefined;
  }

  async function invoke(call: CallFunction, input: unknown): Promise<Reply> {
    try {
      const reply = await call(input);
      setState('open');
      return reply;
    } catch {
      setState('lost');
      return failed('unavailable', 'The main process cannot be reached.');
    }
  }

  return {
    async call(name, input, signal) {
      const cancelled = failed('cancelled', 'The request was cancelled.');
      if (signal?.aborted) return cancelled;
      const call = functionOf(name, 'call');
      if (!call) return failed('not-found', 'There is no such call.');
      return orWhenAborted(invoke(call as CallFunction, input), signal, cancelled);
    },

    subscribe(name, onMessage) {
      const feed = functionOf(name, 'feed');
      return feed ? (feed as FeedFunction)(onMessage, () => setState('lost')) : () => {};
    },

    onState(listener) {
      const own = (next: LinkState): void => listener(next);
      stateListeners.add(own);
      own(state);
      return () => void stateListeners.delete(own);
    },
  };
}
