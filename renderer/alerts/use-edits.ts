import { useCallback, useEffect, useRef } from 'react';
import type { Settings, SettingsState } from '../../shared/contract/settings.ts';
import { useClient } from '../live/client-context.ts';

type EditedName = 'alertRules' | 'alertTiming';

export interface Edits<T> {
  /** What main says. */
  readonly value: T;
  /** The environment variable that decides it; null: the operator does. */
  readonly variable: string | null;
  /** Sends the whole of it with a part changed; resolves once it is kept. */
  readonly edit: (change: (before: T) => T) => Promise<void>;
}

export type RuleEdits = Edits<Settings['alertRules']>;
export type TimingEdits = Edits<Settings['alertTiming']>;

/** A setting of several parts that are changed one by one: no change takes back one that was sent just before. */
export function useEdits<N extends EditedName>(state: SettingsState, name: N): Edits<Settings[N]> {
  const client = useClient();
  const value = state.values[name];
  const sent = useRef<Settings[N] | null>(null);
  const running = useRef(0);
  const told = useRef(value);
  useEffect(() => {
    if (told.current === value) return;
    told.current = value;
    if (running.current === 0) sent.current = null; // main has told what became of it
  }, [value]);
  const edit = useCallback(
    async (change: (before: Settings[N]) => Settings[N]) => {
      const next = change(sent.current ?? value);
      const changes: Partial<Settings> = {};
      changes[name] = next;
      sent.current = next;
      running.current += 1;
      try {
        await client.call('settings.change', changes);
      } catch (failure) {
        if (sent.current === next) sent.current = null;
        throw failure;
      } finally {
        running.current -= 1;
      }
    },
    [client, name, value],
  );
  return { value, variable: state.overridden.find((each) => each.name === name)?.variable ?? null, edit };
}
