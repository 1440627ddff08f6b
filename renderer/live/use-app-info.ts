import { useQuery } from '@tanstack/react-query';
import type { AppInfo } from '../../shared/contract/app.ts';
import { useClient } from './client-context.ts';

/** What app and host are and can do; undefined until main told. It never changes: asked once, whoever uses it. */
export function useAppInfo(): AppInfo | undefined {
  const client = useClient();
  const { data } = useQuery({
    queryKey: ['app.info'],
    queryFn: ({ signal }) => client.call('app.info', {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: true,
    retryDelay: 2000,
    networkMode: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  return data;
}
