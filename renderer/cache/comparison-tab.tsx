import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { MinuteComparison } from '../../shared/contract/explorer.ts';
import { spanText } from '../../shared/model/age.ts';
import { titleOfKey } from '../../shared/model/resources.ts';
import { ExportMenu } from '../export/export-menu.tsx';
import type { ExportColumn } from '../export/exportable.ts';
import { useClient } from '../live/client-context.ts';
import { useFeed } from '../live/feed.ts';
import { useTicking } from '../live/ticker.ts';
import { TextField } from '../ui/field.tsx';
import { countText, dash, dateTimeText, durationText, plural, zoneTexts } from '../ui/format.ts';
import { Panel } from '../ui/panel.tsx';
import { SwitchField } from '../ui/switch.tsx';
import { useSay } from '../ui/toasts.tsx';
import { useWhileVisible } from '../ui/use-visible.ts';
import { fromLocalInput, localInputText } from '../ui/zone.ts';
import { Gate } from '../ui/gate.tsx';

const minute = 60_000;
/** ms after the end of a minute at which main has surely written it down. */
const written = 10_000;

const exported: readonly ExportColumn<MinuteComparison['byResource'][number]>[] = [
  { title: 'Resource', value: ({ resource }) => titleOfKey(resource) ?? resource },
  { title: 'Requests', value: ({ lookups }) => lookups },
  { title: 'Hits', value: ({ hits }) => hits },
  { title: 'Loads', value: ({ loads }) => loads },
  { title: 'Calls', value: ({ measured }) => measured.calls },
  { title: 'Time', unit: 'ms', value: ({ measured }) => measured.ms },
  { title: 'Calls without', value: ({ without }) => without.calls },
  {
    title: 'Time without',
    unit: 'ms',
    value: ({ loadMs, without }) => (loadMs === null ? null : without.ms),
  },
];

/** What the cache spares: one recorded minute with it and without, and the switch to see it live. */
export function ComparisonTab() {
  return (
    <div className="comparison-tab">
      <LiveSwitch />
      <RecordedMinute />
    </div>
  );
}

/** Turns caching off and on; what the backend sees of it stands beside. */
function LiveSwitch() {
  const client = useClient();
  const say = useSay();
  const polling = useFeed('polling.state');
  const on = polling?.cacheOn ?? true;
  return (
    <Panel title="The cache, live" className="cache-live">
      <Gate call="cache.switch">
        <SwitchField
          label="Keep values in the app cache"
          on={on}
          onChange={(next) => {
            client.call('cache.switch', { on: next }).catch((error: unknown) => {
              say(
                'The cache was not switched',
                error instanceof Error ? error.message : String(error),
                'bad',
              );
            });
          }}
        />
      </Gate>
      <output className="cache-live-now">
        {polling ? `${countText(polling.callsPerMinute)} backend calls in the last minute` : dash}
        {on ? '.' : ', with every request going to the backend.'}
      </output>
      <p className="explanation">
        Off, each window asks the backend by itself, and nothing is loaded ahead. A minute after it was
        switched the number of calls is that of the new state. It is on again when the app starts.
      </p>
    </Panel>
  );
}

function RecordedMinute() {
  const client = useClient();
  const latest = useWhileVisible(
    useTicking(({ wall }) => Math.floor((wall - written) / minute) * minute - minute),
  );
  const [chosen, setChosen] = useState<number | null>(null);
  /** While a moment is typed it is none. */
  const [typed, setTyped] = useState<string | null>(null);
  const shown = chosen ?? latest;
  const { data, error } = useQuery({
    queryKey: ['cache.compareMinute', shown],
    queryFn: ({ signal }) => client.call('cache.compareMinute', { minute: shown }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    placeholderData: keepPreviousData,
    retry: false,
    networkMode: 'always',
  });
  const [zone] = zoneTexts(shown);
  const go = (to: number): void => {
    setTyped(null);
    setChosen(to);
  };
  return (
    <Panel
      title="One recorded minute, with and without"
      className="minute"
      actions={
        <ExportMenu
          of={{
            name: 'with-and-without',
            title: `With and without, ${dateTimeText(shown)}`,
            columns: exported,
            rows: () => data?.byResource ?? [],
          }}
          empty={(data?.byResource.length ?? 0) === 0}
        />
      }
    >
      <div className="minute-choice">
        <button
          type="button"
          className="icon-button"
          aria-label="The minute before"
          onClick={() => go(shown - minute)}
        >
          <ChevronLeft size={16} aria-hidden="true" />
        </button>
        <TextField
          label={`Minute (${zone})`}
          type="datetime-local"
          value={typed ?? localInputText(shown)}
          onChange={(text) => {
            setTyped(text);
            const at = fromLocalInput(text);
            if (at !== null) setChosen(at);
          }}
        />
        <button
          type="button"
          className="icon-button"
          aria-label="The minute after"
          disabled={shown >= latest}
          onClick={() => go(shown + minute)}
        >
          <ChevronRight size={16} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="button"
          disabled={chosen === null}
          onClick={() => {
            setTyped(null);
            setChosen(null);
          }}
        >
          Last minute
        </button>
      </div>
      {error && (
        <p className="field-error" role="alert">
          {error.message}
        </p>
      )}
      {!error && !data && <p className="empty">Reading the log…</p>}
      {data && <Compared comparison={data} />}
    </Panel>
  );
}

function Compared({ comparison }: { readonly comparison: MinuteComparison }) {
  const { lookups, measured, without, offFor, byResource } = comparison;
  if (lookups === 0 && measured.calls === 0) {
    return <p className="empty">Nothing was asked or loaded in this minute.</p>;
  }
  return (
    <>
      <p>
        {plural(lookups, 'request', 'requests')} cost{' '}
        <b>
          {plural(measured.calls, 'backend call', 'backend calls')}, {durationText(measured.ms)}
        </b>
        ; each loaded by itself they would have cost{' '}
        <b>
          {countText(without.calls)}, {durationText(without.ms)}
        </b>
        .{offFor > 0 && ` The cache was off for ${spanText(offFor)} of it.`}
      </p>
      <div className="scroll-x">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Resource</th>
              <th scope="col" className="num">
                Requests
              </th>
              <th scope="col" className="num">
                Hits
              </th>
              <th scope="col" className="num">
                Loads
              </th>
              <th scope="col" className="num">
                Calls
              </th>
              <th scope="col" className="num">
                Time
              </th>
              <th scope="col" className="num">
                Calls without
              </th>
              <th scope="col" className="num">
                Time without
              </th>
            </tr>
          </thead>
          <tbody>
            {byResource.map((one) => (
              <tr key={one.resource}>
                <th scope="row">{titleOfKey(one.resource) ?? one.resource}</th>
                <td className="num">{countText(one.lookups)}</td>
                <td className="num">{countText(one.hits)}</td>
                <td className="num">{countText(one.loads)}</td>
                <td className="num">{countText(one.measured.calls)}</td>
                <td className="num">{durationText(one.measured.ms)}</td>
                <td className="num">{countText(one.without.calls)}</td>
                <td className="num">{one.loadMs === null ? dash : durationText(one.without.ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="explanation">
        Without: each request as a load of the median time its resource took in the hour around. Loads ahead
        of polls count as calls of the measured minute, so a single window spares waiting rather than calls.
      </p>
    </>
  );
}
