import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { CallOutput } from '../../shared/rpc/client.ts';
import { useClient } from '../live/client-context.ts';
import { stampNow } from '../live/ticker.ts';
import type { Stamp } from '../live/ticker.ts';

/** ms; main answers from its memory, no portal is asked. */
const lookMs = 5000;

const fromMain = {
  staleTime: 0,
  retry: false,
  networkMode: 'always',
  refetchInterval: lookMs,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const;

interface Told<T> {
  readonly value: T;
  /** The moment its ages count from. */
  readonly at: Stamp;
}

/** What is kept of whom. */
export function useSessionList() {
  const client = useClient();
  return useQuery({
    ...fromMain,
    queryKey: ['sessions.list'],
    queryFn: async ({ signal }): Promise<Told<CallOutput<'sessions.list'>>> => {
      const value = await client.call('sessions.list', {}, signal);
      return { value, at: stampNow() };
    },
  });
}

/** Every field of one session, while somebody looks at it. */
export function useInspected(user: string) {
  const client = useClient();
  return useQuery({
    ...fromMain,
    gcTime: 0, // it holds an address and data of a customer: nothing of it stays when the inspector closes
    queryKey: ['sessions.inspect', user],
    queryFn: async ({ signal }): Promise<Told<CallOutput<'sessions.inspect'>>> => {
      const value = await client.call('sessions.inspect', { user }, signal);
      return { value, at: stampNow() };
    },
  });
}

/** Looks through the store once when the page is opened, then when told to. */
export function useIsolation() {
  const client = useClient();
  return useQuery({
    queryKey: ['sessions.checkIsolation'],
    queryFn: ({ signal }) => client.call('sessions.checkIsolation', {}, signal),
    staleTime: 0,
    gcTime: 0,
    retry: false,
    networkMode: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** After something changed a session: what shows it asks again, and the Portal page keeps nothing of before. */
export function useSessionsChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(async () => {
    queries.removeQueries({ queryKey: ['portal.context'] });
    await Promise.all(
      ['sessions.list', 'sessions.inspect'].map((name) => queries.invalidateQueries({ queryKey: [name] })),
    );
  }, [queries]);
}
