import { useQuery } from '@tanstack/react-query';
import type { AppInfo } from '../../shared/contract/app.ts';

/** What the frame asked main about the app; undefined until the reply. */
export function useAppInfo(): AppInfo | undefined {
  const { data } = useQuery<AppInfo>({ queryKey: ['app.info'], enabled: false });
  return data;
}
