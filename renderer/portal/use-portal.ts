import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { PortalContext } from '../../shared/contract/portal.ts';
import type { SessionField } from '../../shared/model/sessions.ts';
import type { CallOutput } from '../../shared/rpc/client.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { useClient } from '../live/client-context.ts';
import { stampNow } from '../live/ticker.ts';
import type { Stamp } from '../live/ticker.ts';
import { useAttempt } from '../settings/use-attempt.ts';
import { errorOf } from './block-state.ts';
import type { BlockState, FailedRefresh } from './block-state.ts';

/** A reply and the moment its ages count from. */
interface Told<T> {
  readonly value: T;
  readonly at: Stamp;
}

/** The page keeps what it was told as long as the connection: main is asked when somebody wants it, never by a timer. */
const onDemand = { gcTime: Number.POSITIVE_INFINITY, retry: false, networkMode: 'always' } as const;

const contextKey = (user: string) => ['portal.context', user] as const;

/** The context of a user. Asked for when the page is opened or looked at again: another page may have changed it. */
export function useContext(user: string) {
  const client = useClient();
  return useQuery({
    ...onDemand,
    queryKey: contextKey(user),
    queryFn: async ({ signal }): Promise<Told<PortalContext>> => {
      const value = await client.call('portal.context', { user }, signal);
      return { value, at: stampNow() };
    },
    staleTime: 0,
    refetchOnReconnect: false,
  });
}

/** Loads fields of a user's session past the store, one after the other, then asks for the context again. */
export function useFieldRefresh(user: string, fields: readonly SessionField[]) {
  const client = useClient();
  const queries = useQueryClient();
  const { attempt, run } = useAttempt();
  const [failed, setFailed] = useState<FailedRefresh | null>(null);
  const refresh = useCallback(
    () =>
      run(async () => {
        setFailed(null);
        try {
          for (const field of fields) await client.call('sessions.refreshField', { user, field });
        } catch (error) {
          setFailed({ failure: errorOf(error), at: stampNow() });
          return '';
        }
        await queries.invalidateQueries({ queryKey: contextKey(user) });
        return '';
      }),
    [client, queries, run, user, fields],
  );
  return { running: attempt.state === 'running', failed, refresh };
}

/** Changes the engagement. What was known of the one before is dropped here as it is in main. */
export function useEngagementChoice(user: string) {
  const client = useClient();
  const queries = useQueryClient();
  const { attempt, run } = useAttempt();
  const choose = (engagementId: number): void =>
    run(async () => {
      await queries.cancelQueries({ queryKey: contextKey(user) });
      const value = await client.call('portal.chooseEngagement', { user, engagementId });
      forgetLists(queries, user);
      queries.setQueryData<Told<PortalContext>>(contextKey(user), { value, at: stampNow() });
      return '';
    });
  return { attempt, choose };
}

type ListName = 'portal.vms' | 'portal.clusters';

const listKey = (name: ListName, user: string) => [name, user] as const;

function forgetLists(queries: QueryClient, user: string): void {
  queries.removeQueries({ queryKey: listKey('portal.vms', user) });
  queries.removeQueries({ queryKey: listKey('portal.clusters', user) });
}

/** Drops everything that this page knows of a user. */
export function forgetUser(queries: QueryClient, user: string): void {
  queries.removeQueries({ queryKey: contextKey(user) });
  forgetLists(queries, user);
}

interface List<N extends ListName> {
  readonly value: CallOutput<N> | undefined;
  readonly state: BlockState;
  readonly load: () => void;
}

/**
 * A list that main does not cache: the page asks once for each engagement, then only when told to, and keeps the last one
 * with its age. The age counts from the moment it was asked for.
 */
export function useList<N extends ListName>(
  name: N,
  user: string,
  engagementId: number,
  mayAsk: boolean,
): List<N> {
  const client = useClient();
  const queries = useQueryClient();
  const { data, error, isFetching, refetch } = useQuery({
    ...onDemand,
    queryKey: [...listKey(name, user), engagementId],
    queryFn: async ({ signal }): Promise<Told<CallOutput<N>>> => {
      const at = stampNow();
      const value: CallOutput<ListName> = await client.call<ListName>(name, { user }, signal);
      if (value.engagementId !== engagementId) {
        void queries.invalidateQueries({ queryKey: contextKey(user) });
        throw new RpcError('conflict', 'Another window has chosen another engagement for this user.');
      }
      return { value: value as CallOutput<N>, at };
    },
    enabled: mayAsk,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retryOnMount: false,
  });
  return {
    value: data?.value,
    state: {
      from: data ? 'portal' : null,
      age: 0,
      at: data?.at ?? stampNow(),
      busy: isFetching,
      failure: error ? errorOf(error) : null,
    },
    load: () => void refetch(),
  };
}
