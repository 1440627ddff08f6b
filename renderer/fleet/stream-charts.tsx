import { useMemo } from 'react';
import { ChartPanel } from '../charts/chart-panel.tsx';
import { extentOf } from '../charts/rates.ts';
import { useClient } from '../live/client-context.ts';
import { usePaused } from '../live/feed.ts';
import { useEachTick } from '../live/use-poll.ts';
import { countText } from '../ui/format.ts';
import { useVisible } from '../ui/use-visible.ts';
import { chartsOf } from './stream-samples.ts';

interface Props {
  readonly stream: string;
  /** An ended stream has no new samples: it is asked about once. */
  readonly running: boolean;
}

const speed = (value: number): string => value.toFixed(2);

/** How fast one stream is and with how many peers, read from the orchestrator every 5 s while it is looked at. */
export function StreamCharts({ stream, running }: Props) {
  const client = useClient();
  const paused = usePaused();
  const visible = useVisible();
  const { data, error } = useEachTick(
    ['streams.samples', stream],
    (signal) => client.call('streams.samples', { id: stream }, signal),
    visible && !paused,
  );
  const charts = useMemo(() => (data ? chartsOf(data) : null), [data]);
  const speeds = useMemo(
    () =>
      charts
        ? [
            { id: 'down', label: 'down', values: charts.down },
            { id: 'up', label: 'up', values: charts.up },
          ]
        : [],
    [charts],
  );
  const peers = useMemo(
    () => (charts ? [{ id: 'peers', label: 'Peers', values: charts.peers }] : []),
    [charts],
  );
  if (error && !data) return <p className="fact-note">No charts: {error.message}</p>;
  if (data && !charts) return <p className="fact-note">The orchestrator has no samples of it.</p>;
  const fastest = extentOf(charts?.down ?? []);
  const most = extentOf(charts?.peers ?? []);
  const late = error ? ` Not read again: ${error.message}` : '';
  return (
    <div className="stream-charts" data-ended={!running || undefined}>
      <ChartPanel
        title="Speed, MiB/s"
        frame={charts?.frame}
        series={speeds}
        unit=""
        exportUnit="MiB/s"
        format={speed}
        least={0.1}
        summary={
          fastest
            ? `Down between ${speed(fastest.least)} and ${speed(fastest.most)} MiB/s, ${speed(fastest.last)} last.${late}`
            : `No speed is reported.${late}`
        }
      />
      <ChartPanel
        title="Peers"
        frame={charts?.frame}
        series={peers}
        unit=""
        format={countText}
        least={5}
        summary={
          most
            ? `Between ${countText(most.least)} and ${countText(most.most)} peers, ${countText(most.last)} last.`
            : 'No peers are reported.'
        }
      />
    </div>
  );
}
