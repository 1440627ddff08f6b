import { useCallback, useEffect, useRef, useState } from 'react';
import type { AlertMessage } from '../../shared/contract/alerts.ts';
import { useClient } from '../live/client-context.ts';
import { useFeed } from '../live/feed.ts';

/** ms that whoever shows notifications has to say what became of one. */
const patience = 8000;

export type TestNotification =
  | { readonly state: 'idle' | 'running' | 'shown' | 'failed' | 'no-permission' | 'no-answer' }
  | { readonly state: 'withheld' | 'refused'; readonly why: string };

const none: readonly AlertMessage[] = [];

/** Sends a notification of the system, and tells what became of it as those who showed it say. */
export function useTestNotification(): { readonly test: TestNotification; readonly send: () => void } {
  const client = useClient();
  const messages = useFeed('alerts.messages') ?? none;
  /** When the newest test was that is not the one sent here; null: nothing was sent. */
  const [after, setAfter] = useState<number | null>(null);
  const [end, setEnd] = useState<TestNotification | null>(null);
  const latest = useRef(messages);
  useEffect(() => {
    latest.current = messages;
  });
  useEffect(() => {
    if (after === null) return;
    const timer = setTimeout(() => setEnd((before) => before ?? { state: 'no-answer' }), patience);
    return () => clearTimeout(timer);
  }, [after]);
  const send = useCallback(() => {
    setAfter(newestTest(latest.current)?.at ?? 0);
    setEnd(null);
    client.call('alerts.test', {}).catch((error: unknown) => {
      setEnd({ state: 'refused', why: error instanceof Error ? error.message : String(error) });
    });
  }, [client]);
  if (after === null) return { test: { state: 'idle' }, send };
  const sent = newestTest(messages);
  const said = sent && sent.at > after ? outcomeOf(sent) : null;
  return { test: said ?? end ?? { state: 'running' }, send };
}

function newestTest(messages: readonly AlertMessage[]): AlertMessage | undefined {
  return messages.findLast(({ kind }) => kind === 'test');
}

function outcomeOf({ way, why, outcome }: AlertMessage): TestNotification | null {
  if (way !== 'system') return { state: 'withheld', why: why ?? 'It was told in the window.' };
  return outcome === null ? null : { state: outcome };
}
