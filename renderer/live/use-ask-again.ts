import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLinkState } from './feed.ts';

/** Asks main for everything at once when it can be reached again, not at the next tick. */
export function useAskAgain(): void {
  const link = useLinkState();
  const queries = useQueryClient();
  useEffect(() => {
    if (link === 'open') void queries.invalidateQueries();
  }, [link, queries]);
}
