import type { AlertsState } from '../../shared/contract/alerts.ts';
import { alertRules } from '../../shared/model/alerts.ts';
import { useFeed } from '../live/feed.ts';
import { RuleRow } from './rule-row.tsx';
import { TimingPanel } from './timing-panel.tsx';
import { useEdits } from './use-edits.ts';
import type { SettingsState } from '../../shared/contract/settings.ts';
import { Gate } from '../ui/gate.tsx';

/** What is watched for and when it is told; each change is kept at once. */
export function RulesTab({ state }: { readonly state: AlertsState }) {
  const settings = useFeed('settings.state');
  if (!settings) return <p className="panel empty page-space">Reading the settings…</p>;
  return (
    <>
      {state.demoTimes && (
        <p className="panel alerts-note">
          The demo is connected, and its own, shorter times apply while it is. What is set here counts for
          your profiles.
        </p>
      )}
      <Gate call="settings.change">
        <RuleTable state={state} settings={settings} />
        <TimingPanel settings={settings} />
      </Gate>
    </>
  );
}

interface Props {
  readonly state: AlertsState;
  readonly settings: SettingsState;
}

function RuleTable({ state, settings }: Props) {
  const edits = useEdits(settings, 'alertRules');
  return (
    <section className="panel rules" aria-labelledby="rules-title">
      <header className="panel-head">
        <h2 id="rules-title">Rules</h2>
        {edits.variable !== null && <span className="muted">Set by {edits.variable}</span>}
      </header>
      <table className="table" aria-label="Rules of alerts">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Condition now</th>
            <th scope="col">Numbers</th>
            <th scope="col">
              <span className="visually-hidden">Defaults</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {alertRules.map((rule) => (
            <RuleRow
              key={rule}
              rule={rule}
              edits={edits}
              instances={state.rules.filter((each) => each.rule === rule)}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}
