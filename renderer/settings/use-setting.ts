import { useCallback, useEffect } from 'react';
import type { SettingName, Settings, SettingsState } from '../../shared/contract/settings.ts';
import { useClient } from '../live/client-context.ts';
import { useAttempt } from './use-attempt.ts';
import type { Attempt } from './use-attempt.ts';

/** ms that "Saved" stays. */
const savedFor = 4000;

export interface Setting<T> {
  /** What main says, never only what was clicked. */
  readonly value: T;
  /** The environment variable that decides it; null: the operator does. */
  readonly variable: string | null;
  readonly attempt: Attempt;
  readonly change: (value: T) => void;
}

/** One setting: what it is, and a way to change it that is kept at once. */
export function useSetting<N extends SettingName>(state: SettingsState, name: N): Setting<Settings[N]> {
  const client = useClient();
  const { attempt, run, forget } = useAttempt();
  useEffect(() => {
    if (attempt.state !== 'done') return;
    const timer = setTimeout(forget, savedFor);
    return () => clearTimeout(timer);
  }, [attempt, forget]);
  const change = useCallback(
    (value: Settings[N]) => {
      const changes: Partial<Settings> = {};
      changes[name] = value;
      run(async () => {
        await client.call('settings.change', changes);
        return 'Saved';
      });
    },
    [client, name, run],
  );
  return {
    value: state.values[name],
    variable: state.overridden.find((each) => each.name === name)?.variable ?? null,
    attempt,
    change,
  };
}
