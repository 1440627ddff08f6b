import { useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CacheStatistics } from '../../shared/contract/cache.ts';
import type { StreamList } from '../../shared/contract/fleet.ts';
import type { EngineList } from '../../shared/contract/orchestrator.ts';
import type { PortalState } from '../../shared/contract/portal.ts';
import type { Poll } from '../../shared/model/reading.ts';
import type { CallOutput } from '../../shared/rpc/client.ts';
import type { EntryAnswer } from '../cache/use-entries.ts';
import { useFeed } from '../live/feed.ts';
import { showFound } from '../live/found.ts';
import type { Found } from '../live/found.ts';
import type { Command } from './command.ts';

/** What has a name: only what pages have asked for already, so that the palette costs no call. */
export function useItemCommands(): readonly Command[] {
  const queries = useQueryClient();
  const users = useFeed('portal.state')?.users;
  return useMemo(() => itemsOf(queries, users ?? []), [queries, users]);
}

interface Item {
  readonly kind: Found;
  readonly name: string;
  readonly title: string;
  readonly note: string;
}

function commandOf(group: Command['group'], { kind, name, title, note }: Item): Command {
  return {
    id: `${kind} ${name}`,
    group,
    title,
    note,
    movesFocus: true,
    run: () => showFound(kind, name),
  };
}

function itemsOf(queries: QueryClient, users: PortalState['users']): readonly Command[] {
  const engines = queries
    .getQueriesData<{ readonly poll: Poll<EngineList> }>({ queryKey: ['engines.list'] })
    .flatMap(([, data]) => data?.poll.reading.value?.engines ?? []);
  const streams = queries
    .getQueriesData<{ readonly poll: Poll<StreamList> }>({ queryKey: ['streams.list'] })
    .flatMap(([, data]) => data?.poll.reading.value?.streams ?? []);
  const entries = queries
    .getQueriesData<EntryAnswer>({ queryKey: ['cache.entries'] })
    .flatMap(([, data]) => data?.rows.map(({ entry }) => entry.key) ?? []);
  const counted = queries
    .getQueriesData<{ readonly value: CacheStatistics }>({ queryKey: ['cache.statistics'] })
    .flatMap(([, data]) => data?.value.keys.map(({ key }) => key) ?? []);
  const sessions = queries
    .getQueriesData<{ readonly value: CallOutput<'sessions.list'> }>({ queryKey: ['sessions.list'] })
    .flatMap(([, data]) => data?.value.users ?? []);
  return [
    ...engines.map(({ id, name, vpn }) =>
      commandOf('engines', {
        kind: 'engine',
        name: id,
        title: name ?? id.slice(0, 12),
        note: vpn === null ? 'Engine' : `Engine behind ${vpn}`,
      }),
    ),
    ...streams.map(({ id, key, endedAt }) =>
      commandOf('streams', {
        kind: 'stream',
        name: id,
        title: key,
        note: endedAt === null ? 'Stream' : 'Ended stream',
      }),
    ),
    ...[...new Set([...entries, ...counted])].map((key) =>
      commandOf('keys', { kind: 'key', name: key, title: key, note: 'Cache key' }),
    ),
    ...sessions.map(({ user, masked }) =>
      commandOf('users', { kind: 'session', name: user, title: masked, note: 'Session' }),
    ),
    ...users.map(({ user, masked }) =>
      commandOf('users', { kind: 'user', name: user, title: masked, note: 'Portal user' }),
    ),
  ];
}
