import { useLayoutEffect, useRef } from 'react';
import type { AlertsState, Silence } from '../../shared/contract/alerts.ts';
import { everyAlert } from '../../shared/model/alerts.ts';
import { useMainTicking } from '../live/main-time.ts';
import { Outcome } from '../settings/outcome.tsx';
import { dateTimeText } from '../ui/format.ts';
import { NewSilence } from './new-silence.tsx';
import { useSnooze } from './use-snooze.ts';
import { snoozeAllChoices, snoozeWords, endText } from './words.ts';
import { Gate } from '../ui/gate.tsx';

/** What is muted now, and ways to mute more. */
export function SilencesTab({ state }: { readonly state: AlertsState }) {
  return (
    <>
      <Silences silences={state.silences} />
      <div className="silence-forms">
        <NewSilence state={state} />
        <SnoozeAll />
      </div>
    </>
  );
}

function Silences({ silences }: { readonly silences: readonly Silence[] }) {
  const { attempt, end } = useSnooze();
  const heading = useRef<HTMLHeadingElement>(null);
  const ending = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (ending.current === null || silences.some(({ key }) => key === ending.current)) return;
    // Its button has gone with it.
    if (document.activeElement === document.body) heading.current?.focus();
    ending.current = null;
  }, [silences]);
  return (
    <section className="panel silences" aria-labelledby="silences-title">
      <header className="panel-head">
        <h2 id="silences-title" ref={heading} tabIndex={-1}>
          Silences
        </h2>
        <Outcome attempt={attempt} running="" />
      </header>
      {silences.length === 0 ? (
        <p className="empty">Nothing is muted. A silenced alert stays listed; it only is not told.</p>
      ) : (
        <table className="table" aria-label="Silences">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Since</th>
              <th scope="col">Until</th>
              <th scope="col">
                <span className="visually-hidden">End</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {silences.map((silence) => (
              <Row
                key={silence.key}
                silence={silence}
                onEnd={() => {
                  ending.current = silence.key;
                  end(silence.key);
                }}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ silence, onEnd }: { readonly silence: Silence; readonly onEnd: () => void }) {
  const { title, since, until } = silence;
  const end = useMainTicking((now) => endText(until, now));
  return (
    <tr>
      <th scope="row" className="silence-what">
        {title}
      </th>
      <td>
        <time dateTime={new Date(since).toISOString()}>{dateTimeText(since)}</time>
      </td>
      <td>{end}</td>
      <td className="silence-end">
        <Gate call="alerts.unsnooze">
          <button type="button" className="button small" aria-label={`End: ${title}`} onClick={onEnd}>
            End
          </button>
        </Gate>
      </td>
    </tr>
  );
}

/** Mutes whatever comes, for a time; a later choice takes the place of an earlier one. */
function SnoozeAll() {
  const { attempt, snooze } = useSnooze();
  return (
    <section className="panel" aria-labelledby="snooze-all-title">
      <header className="panel-head">
        <h2 id="snooze-all-title">Snooze all alerts</h2>
      </header>
      <p className="muted">Of the connected profile, also those that begin meanwhile.</p>
      <Gate call="alerts.snooze">
        <div className="silence-buttons">
          {snoozeAllChoices.map((choice) => (
            <button key={choice} type="button" className="button" onClick={() => snooze(everyAlert, choice)}>
              {snoozeWords[choice]}
            </button>
          ))}
        </div>
      </Gate>
      <Outcome attempt={attempt} running="" />
    </section>
  );
}
