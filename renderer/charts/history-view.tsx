import { useMemo, useState } from 'react';
import type { ScopeHistory } from '../../shared/contract/charts.ts';
import { FormField } from '../ui/field.tsx';
import { Choose } from '../ui/select.tsx';
import { AgeChart, FleetChart, TrafficChart, VpnChart } from './history-charts.tsx';
import { frameOf, whenOf } from './frame.ts';
import { HitRateChart } from './hit-rate-chart.tsx';
import { LatencyChart } from './latency-chart.tsx';
import { RangeSwitch } from './range-switch.tsx';
import { useTimeRange } from './time-range.ts';
import { useBands, useHistory, useScopes } from './use-history.ts';

/** In place of a scope: everything the app's cache did. */
const everything = '*';

/** Every chart of the recorded history, over one range. */
export function HistoryView() {
  const range = useTimeRange();
  const { data: history, error } = useHistory(range);
  const scopes = useScopes(range);
  const bands = useBands(range);
  const [scope, setScope] = useState<string>(everything);
  const when = whenOf(range);

  const frame = useMemo(() => history && frameOf(history, history.marks, bands), [history, bands]);
  const data = scopes.data;
  const scopeFrame = useMemo(
    () => data && frameOf(data, history?.marks ?? [], bands),
    [data, history, bands],
  );
  const chosen = data?.scopes.find((one) => one.scope === scope);
  const counts = scope === everything ? history?.series : chosen;
  const whose = scope === everything ? 'Everything' : (chosen?.title ?? 'What was chosen');

  return (
    <div className="history">
      <div className="history-head">
        <RangeSwitch />
        <ScopeChoice scopes={data?.scopes ?? []} value={scope} onChange={setScope} />
      </div>
      {(error ?? scopes.error) && (
        <p className="empty" role="alert">
          The history could not be read: {(error ?? scopes.error)?.message}
        </p>
      )}
      <div className="history-charts">
        <HitRateChart
          frame={scope === everything ? frame : scopeFrame}
          counts={counts}
          whose={whose}
          when={when}
        />
        <LatencyChart
          frame={scopeFrame}
          times={chosen ?? data?.scopes.find((one) => one.scope === everything)}
          whose={whose}
          when={when}
        />
        <TrafficChart frame={frame} history={history} when={when} />
        <AgeChart frame={frame} history={history} when={when} />
        <FleetChart frame={frame} history={history} when={when} />
        <VpnChart frame={frame} history={history} when={when} />
      </div>
    </div>
  );
}

interface ScopeChoiceProps {
  readonly scopes: readonly ScopeHistory[];
  readonly value: string;
  readonly onChange: (scope: string) => void;
}

/** Whose hit rate and answer times are shown. */
function ScopeChoice({ scopes, value, onChange }: ScopeChoiceProps) {
  const named = scopes.filter(({ scope }) => scope !== everything);
  const choices = [
    { value: everything, label: 'Everything' },
    ...named.map(({ scope, title }) => ({
      value: scope,
      label: title,
      note: scope.startsWith('user:') ? 'Portal user' : scope,
    })),
  ];
  return (
    <FormField label="Hit rate and answer time of" button>
      <Choose value={value} choices={choices} onChange={onChange} />
    </FormField>
  );
}
