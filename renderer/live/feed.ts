import { useSyncExternalStore } from 'react';
import type { Client, FeedName, FeedValue, LinkState } from '../../shared/rpc/client.ts';
import { useClient } from './client-context.ts';
import { changeTogether } from './together.ts';

/** A pushed value shared by every component that shows it: one subscription however many look. */
interface Store<T> {
  readonly subscribe: (listener: () => void) => () => void;
  readonly get: () => T | undefined;
}

function shared<T>(start: (set: (value: T) => void) => () => void): Store<T> {
  const listeners = new Set<() => void>();
  let value: T | undefined;
  let stop: (() => void) | undefined;
  return {
    get: () => value,
    subscribe(listener) {
      listeners.add(listener);
      stop ??= start((next) => {
        value ??= next; // the first contradicts nothing that is drawn
        // Later ones are not seen before all are told: who draws for another reason would be ahead of the rest.
        changeTogether(() => {
          value = next;
          for (const each of listeners) each();
        });
      });
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = undefined;
      };
    },
  };
}

const feeds = new WeakMap<Client, Map<string, Store<unknown>>>();

function storeOf<T>(client: Client, name: string, start: (set: (value: T) => void) => () => void): Store<T> {
  const known = feeds.get(client) ?? new Map<string, Store<unknown>>();
  feeds.set(client, known);
  const store = known.get(name) ?? shared(start as (set: (value: unknown) => void) => () => void);
  known.set(name, store);
  return store as Store<T>;
}

function useFeedStore<N extends FeedName>(name: N): Store<FeedValue<N>> {
  const client = useClient();
  return storeOf<FeedValue<N>>(client, name, (set) => client.subscribe(name, (value) => set(value)));
}

/** The feed's last value; undefined until the first one came. */
export function useFeed<N extends FeedName>(name: N): FeedValue<N> | undefined {
  const store = useFeedStore(name);
  return useSyncExternalStore(store.subscribe, store.get);
}

/** Whether polling is paused. Draws again only when that changes, not with each new count of calls. */
export function usePaused(): boolean {
  const store = useFeedStore('polling.state');
  return useSyncExternalStore(store.subscribe, () => store.get()?.paused ?? false);
}

/** Whether main can be reached. */
export function useLinkState(): LinkState {
  const client = useClient();
  const store = storeOf<LinkState>(client, '(link)', (set) => client.onState(set));
  return useSyncExternalStore(store.subscribe, store.get) ?? 'connecting';
}
