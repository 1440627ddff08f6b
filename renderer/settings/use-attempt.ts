import { useCallback, useEffect, useRef, useState } from 'react';

export type Attempt =
  | { readonly state: 'idle' }
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly said: string }
  | { readonly state: 'failed'; readonly why: string };

const idle: Attempt = { state: 'idle' };

/** One action at a time and how the last one went. A later one takes the place of an earlier one that still runs. */
export function useAttempt(): {
  readonly attempt: Attempt;
  /** `work` resolves with what to say about its success; an empty text says nothing. */
  readonly run: (work: () => Promise<string>) => void;
  readonly forget: () => void;
} {
  const [attempt, setAttempt] = useState<Attempt>(idle);
  const latest = useRef(0);
  useEffect(() => {
    return () => {
      latest.current += 1;
    };
  }, []);
  const run = useCallback((work: () => Promise<string>) => {
    latest.current += 1;
    const mine = latest.current;
    const settle = (next: Attempt): void => {
      if (latest.current === mine) setAttempt(next);
    };
    setAttempt({ state: 'running' });
    work().then(
      (said) => settle(said === '' ? idle : { state: 'done', said }),
      (error: unknown) =>
        settle({ state: 'failed', why: error instanceof Error ? error.message : String(error) }),
    );
  }, []);
  const forget = useCallback(() => {
    latest.current += 1;
    setAttempt(idle);
  }, []);
  return { attempt, run, forget };
}
