import { mainTimeAt } from './source.ts';
import { useTicking } from './ticker.ts';
import { useWatched } from './watched.tsx';

/** Derives a primitive from main's wall clock, UTC ms, once a second; draws again only when the result differs. */
export function useMainTicking<T extends string | number | boolean | null>(derive: (now: number) => T): T {
  const { status } = useWatched();
  return useTicking((now) => derive(mainTimeAt(status, now)));
}
