import { useMemo, useState } from 'react';
import type { ScopeHistory } from '../../shared/contract/charts.ts';
import { allResources } from '../../shared/model/history.ts';
import { FormField } from '../ui/field.tsx';
import { Choose } from '../ui/select.tsx';
import { AgeChart, FleetChart, TrafficChart, VpnChart } from './history-charts.tsx';
import { frameOf, whenOf } from './frame.ts';
import { HitRateChart } from './hit-rate-chart.tsx';
import { LatencyChart } from './latency-chart.tsx';
import { RangeSwitch } from './range-switch.tsx';
import { useTimeRange } from './time-range.ts';
import { useBands, useHistory, useScopes } from './use-history.ts';

type Whose = Pick<ScopeHistory, 'scope' | 'title'>;

const everything: Whose = { scope: allResources, title: 'All resources' };
const noMarks = [] as const;
const noCounts = { hits: [], staleHits: [], misses: [], coalesced: [], prefetches: [] } as const;
const noTimes = { hitP50: [], hitP95: [], loadP50: [], loadP95: [] } as const;
const unasked = { ...noCounts, ...noTimes } as const;

/** Every chart of the recorded history, over one range. */
export function HistoryView() {
  const range = useTimeRange();
  const { data: history, range: historyRange, error } = useHistory(range);
  const { data: asked, range: askedRange, error: scopesError } = useScopes(range);
  const bands = useBands(range);
  const [whose, setWhose] = useState(everything);
  const when = whenOf(historyRange);
  const askedWhen = whenOf(askedRange);

  const marks = history?.marks ?? noMarks;
  const frame = useMemo(() => history && frameOf(history, marks, bands), [history, marks, bands]);
  const counts = asked && (asked.scopes.find(({ scope }) => scope === whose.scope) ?? unasked);
  // What was not asked for has no points at all, other than what was asked for in between.
  const at = counts === unasked ? counts.hits : asked?.at;
  const scopeFrame = useMemo(
    () => asked && at && frameOf({ ...asked, at }, marks, bands),
    [asked, at, marks, bands],
  );

  return (
    <div className="history">
      <div className="history-head">
        <RangeSwitch />
        <ScopeChoice scopes={asked?.scopes ?? []} value={whose} onChange={setWhose} />
      </div>
      <div className="history-charts">
        <HitRateChart
          frame={scopeFrame}
          counts={counts}
          whose={whose.title}
          when={askedWhen}
          error={scopesError}
        />
        <LatencyChart
          frame={scopeFrame}
          times={counts}
          whose={whose.title}
          when={askedWhen}
          error={scopesError}
        />
        <TrafficChart frame={frame} history={history} when={when} error={error} />
        <AgeChart frame={frame} history={history} when={when} error={error} />
        <FleetChart frame={frame} history={history} when={when} error={error} />
        <VpnChart frame={frame} history={history} when={when} error={error} />
      </div>
    </div>
  );
}

interface ScopeChoiceProps {
  readonly scopes: readonly Whose[];
  readonly value: Whose;
  readonly onChange: (whose: Whose) => void;
}

/** Whose hit rate and answer times are shown. What is chosen stays so where it was not asked for. */
function ScopeChoice({ scopes, value, onChange }: ScopeChoiceProps) {
  const known = [everything, ...scopes.filter(({ scope }) => scope !== allResources)];
  const listed = known.some(({ scope }) => scope === value.scope) ? known : [...known, value];
  return (
    <FormField label="Hit rate and answer time of" button>
      <Choose
        value={value.scope}
        choices={listed.map(({ scope, title }) => ({
          value: scope,
          label: title,
          ...(scope !== allResources && { note: scope.startsWith('user:') ? 'Portal user' : scope }),
        }))}
        onChange={(scope) => {
          const chosen = listed.find((one) => one.scope === scope);
          if (chosen) onChange({ scope, title: chosen.title });
        }}
      />
    </FormField>
  );
}
