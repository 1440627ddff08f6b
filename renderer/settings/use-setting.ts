import { useCallback } from 'react';
import type { SettingName, Settings, SettingsState } from '../../shared/contract/settings.ts';
import { useClient } from '../live/client-context.ts';
import type { Attempt } from './use-attempt.ts';
import { useSaving } from './use-saving.ts';

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
  const { attempt, save } = useSaving();
  const change = useCallback(
    (value: Settings[N]) => {
      const changes: Partial<Settings> = {};
      changes[name] = value;
      save(async () => void (await client.call('settings.change', changes)));
    },
    [client, name, save],
  );
  return {
    value: state.values[name],
    variable: state.overridden.find((each) => each.name === name)?.variable ?? null,
    attempt,
    change,
  };
}
