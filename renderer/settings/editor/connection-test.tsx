import { useCallback, useEffect, useRef, useState } from 'react';
import type { TestResult } from '../../../shared/contract/profiles.ts';
import { backendKinds, backendTitles } from '../../../shared/model/profiles.ts';
import { useClient } from '../../live/client-context.ts';
import { durationText } from '../../ui/format.ts';
import { draftOf, secretsOf } from './draft.ts';
import type { FormState } from './draft.ts';
import { Gate } from '../../ui/gate.tsx';

export type ConnectionTest =
  | { readonly state: 'none' }
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly results: readonly TestResult[] }
  | { readonly state: 'failed'; readonly why: string };

const none: ConnectionTest = { state: 'none' };

export interface Testing {
  readonly test: ConnectionTest;
  /** Asks the backends of the form once. Secrets that are not typed are those of profile `id`. */
  readonly start: (id: string | null, form: FormState) => void;
  /** Ends a test that runs and takes its result away: for a form that has changed, and for Cancel. */
  readonly drop: () => void;
}

export function useConnectionTest(): Testing {
  const client = useClient();
  const [test, setTest] = useState<ConnectionTest>(none);
  const running = useRef<AbortController | null>(null);
  const drop = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setTest(none);
  }, []);
  useEffect(() => () => running.current?.abort(), []);
  const start = useCallback(
    (id: string | null, form: FormState) => {
      running.current?.abort();
      const mine = new AbortController();
      running.current = mine;
      const settle = (next: ConnectionTest): void => {
        if (running.current !== mine) return;
        running.current = null;
        setTest(next);
      };
      setTest({ state: 'running' });
      // The name is asked for when the profile is kept, not before its addresses are tried.
      const draft = { ...draftOf(form), name: form.name.trim() || 'Test' };
      client.call('profiles.test', { id, draft, secrets: secretsOf(form) }, mine.signal).then(
        ({ results }) => settle({ state: 'done', results }),
        (error: unknown) =>
          settle({ state: 'failed', why: error instanceof Error ? error.message : String(error) }),
      );
    },
    [client],
  );
  return { test, start, drop };
}

interface Props {
  readonly form: FormState;
  readonly testing: Testing;
  readonly id: string | null;
}

/** The button, and what each backend answered until the form changes. */
export function ConnectionTestPanel({ form, testing, id }: Props) {
  const { test, start, drop } = testing;
  const asked = backendKinds.filter((kind) => form.on[kind]);
  const ready = asked.length > 0 && asked.every((kind) => form[kind].url.trim() !== '');
  const running = test.state === 'running';
  return (
    <div className="connection-test">
      <div className="connection-test-head">
        {running ? (
          <button type="button" className="button" onClick={drop}>
            Cancel test
          </button>
        ) : (
          <Gate call="profiles.test">
            <button type="button" className="button" disabled={!ready} onClick={() => start(id, form)}>
              Test connection
            </button>
          </Gate>
        )}
        {test.state === 'none' && <span className="muted">Asks each backend once and changes nothing.</span>}
        {running && <span className="muted">Takes up to 10 s.</span>}
      </div>
      <ul className="test-results" aria-live="polite" aria-busy={running}>
        {running &&
          asked.map((kind) => (
            <li key={kind} data-role="neutral">
              <span className="chip-glyph" aria-hidden="true">
                ◐
              </span>
              <p>
                <strong>{backendTitles[kind]}</strong> Asking…
              </p>
            </li>
          ))}
        {test.state === 'done' &&
          test.results.map(({ backend, ok, sentence, ms }) => (
            <li key={backend} data-role={ok ? 'ok' : 'bad'}>
              <span className="chip-glyph" aria-hidden="true">
                {ok ? '●' : '✕'}
              </span>
              <p>
                <strong>
                  {backendTitles[backend]}: {ok ? 'works' : 'failed'}
                </strong>{' '}
                {sentence}
              </p>
              <span className="test-ms">{durationText(ms)}</span>
            </li>
          ))}
        {test.state === 'failed' && (
          <li data-role="bad">
            <span className="chip-glyph" aria-hidden="true">
              ✕
            </span>
            <p>
              <strong>Not tested.</strong> {test.why}
            </p>
          </li>
        )}
      </ul>
    </div>
  );
}
