import { useCallback } from 'react';
import type { SnoozeChoice } from '../../shared/model/alerts.ts';
import { useClient } from '../live/client-context.ts';
import { useAttempt } from '../settings/use-attempt.ts';
import type { Attempt } from '../settings/use-attempt.ts';

export interface Snooze {
  /** Says nothing of its success: what main tells then does. */
  readonly attempt: Attempt;
  readonly snooze: (key: string, until: SnoozeChoice) => void;
  readonly end: (key: string) => void;
}

/** Mutes alerts by their key, and ends that. */
export function useSnooze(): Snooze {
  const client = useClient();
  const { attempt, run } = useAttempt();
  const snooze = useCallback(
    (key: string, until: SnoozeChoice) =>
      run(async () => {
        await client.call('alerts.snooze', { key, until });
        return '';
      }),
    [client, run],
  );
  const end = useCallback(
    (key: string) =>
      run(async () => {
        await client.call('alerts.unsnooze', { key });
        return '';
      }),
    [client, run],
  );
  return { attempt, snooze, end };
}
