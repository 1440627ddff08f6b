import { useState } from 'react';
import type { AppInfo } from '../../shared/contract/app.ts';
import type { SettingsState } from '../../shared/contract/settings.ts';
import type { LogLevel } from '../../shared/model/settings.ts';
import { useClient } from '../live/client-context.ts';
import type { Choice } from '../ui/select.tsx';
import { LogLines } from './log-lines.tsx';
import { Outcome } from './outcome.tsx';
import { saveDocument } from './save-document.ts';
import { Section } from './section.tsx';
import { ChoiceRow, NumberRow } from './setting-row.tsx';
import { useAttempt } from './use-attempt.ts';
import { useSetting } from './use-setting.ts';
import { Gate } from '../ui/gate.tsx';

const levelChoices: readonly Choice<LogLevel>[] = [
  { value: 'debug', label: 'Debug', note: 'Also a line for every HIT, MISS, SET and DELETE of the cache.' },
  { value: 'info', label: 'Info', note: 'What happened.' },
  { value: 'warn', label: 'Warnings', note: 'What needs a look.' },
  { value: 'error', label: 'Errors', note: 'What went wrong.' },
  { value: 'silent', label: 'Nothing' },
];

interface Props {
  readonly state: SettingsState;
  readonly info: AppInfo | undefined;
}

/** How long things are kept, what the log says, and what can be passed on when something is wrong. */
export function RecordsSection({ state, info }: Props) {
  const historyDays = useSetting(state, 'historyDays');
  const requestLogHours = useSetting(state, 'requestLogHours');
  const eventDays = useSetting(state, 'eventDays');
  const logLevel = useSetting(state, 'logLevel');
  return (
    <Section name="records">
      <NumberRow
        label="Keep history"
        note="Samples of every 15 minutes. Finer ones are kept for a day at most. 1 to 90 days."
        setting={historyDays}
        min={1}
        max={90}
        unit="days"
      />
      <NumberRow
        label="Keep events"
        note="The log on the Events page. 1 to 365 days."
        setting={eventDays}
        min={1}
        max={365}
        unit="days"
      />
      <NumberRow
        label="Keep requests"
        note="Every request sent to a backend. 0 to 72 hours; with 0 none is written down."
        setting={requestLogHours}
        min={0}
        max={72}
        unit="hours"
      />
      <ChoiceRow
        label="Log level"
        note="How much the log file says. Debug writes a lot: switch it off again after a look."
        setting={logLevel}
        choices={levelChoices}
      />
      <LogFile canOpen={info?.capabilities.openFolder ?? false} />
      <Bundle />
    </Section>
  );
}

function LogFile({ canOpen }: { readonly canOpen: boolean }) {
  const client = useClient();
  const { attempt, run } = useAttempt();
  const [shown, setShown] = useState(false);
  return (
    <div className="setting">
      <div className="setting-words">
        <p className="field-label">Log file</p>
        <p className="field-note">Keys, passwords and e-mail addresses are made unreadable in it.</p>
      </div>
      <div className="setting-control">
        <Gate call="logs.tail">
          <div className="setting-buttons">
            {canOpen && (
              <button
                type="button"
                className="button small"
                onClick={() =>
                  run(async () => {
                    await client.call('logs.open', {});
                    return '';
                  })
                }
              >
                Open logs
              </button>
            )}
            <button
              type="button"
              className="button small"
              aria-expanded={shown}
              onClick={() => setShown((before) => !before)}
            >
              {shown ? 'Hide last lines' : 'Show last lines'}
            </button>
          </div>
        </Gate>
        <Outcome attempt={attempt} running="Opening…" />
      </div>
      {shown && <LogLines />}
    </div>
  );
}

function Bundle() {
  const client = useClient();
  const { attempt, run } = useAttempt();
  return (
    <div className="setting">
      <div className="setting-words">
        <p className="field-label">Diagnostic bundle</p>
        <p className="field-note">
          One file for whoever helps you: versions, settings, profiles with the{' '}
          <strong>addresses of their backends</strong>, the last events and log lines, statistics. Keys and
          passwords are not in it.
        </p>
      </div>
      <div className="setting-control">
        <div className="setting-buttons">
          <Gate call="diagnostics.bundle">
            <button
              type="button"
              className="button small"
              disabled={attempt.state === 'running'}
              onClick={() => run(async () => saveDocument(await client.call('diagnostics.bundle', {})))}
            >
              Save diagnostic bundle
            </button>
          </Gate>
        </div>
        <Outcome attempt={attempt} running="Collecting…" />
      </div>
    </div>
  );
}
