import { chipAt } from '../live/source.ts';
import type { Source } from '../live/source.ts';
import { useTicking } from '../live/ticker.ts';

/** Whether what a source said last can no longer be taken for what is: it is stale, or its reads fail. */
export function useUnsure(source: Source<unknown>, paused: boolean): boolean {
  return useTicking((now) => {
    const { kind } = chipAt(source, now, paused);
    return kind === 'stale' || kind === 'failing';
  });
}

/** Whether a mark may claim that something is fine: only while the source is read and both main and it answer. */
export function useClaims(source: Source<unknown>, paused: boolean): boolean {
  return !useUnsure(source, paused) && !paused && source.callError === null;
}
