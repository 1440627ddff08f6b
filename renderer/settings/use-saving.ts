import { useCallback, useEffect } from 'react';
import { useAttempt } from './use-attempt.ts';
import type { Attempt } from './use-attempt.ts';

/** ms that "Saved" stays. */
const savedFor = 4000;

/** Keeps a change, and says for a moment that it was kept. */
export function useSaving(): {
  readonly attempt: Attempt;
  readonly save: (work: () => Promise<void>) => void;
} {
  const { attempt, run, forget } = useAttempt();
  useEffect(() => {
    if (attempt.state !== 'done') return;
    const timer = setTimeout(forget, savedFor);
    return () => clearTimeout(timer);
  }, [attempt, forget]);
  const save = useCallback(
    (work: () => Promise<void>) =>
      run(async () => {
        await work();
        return 'Saved';
      }),
    [run],
  );
  return { attempt, save };
}
