import { useMemo } from 'react';
import type { ChartMark } from '../../shared/contract/events.ts';
import { frameOf } from '../charts/frame.ts';
import { VpnChart } from '../charts/history-charts.tsx';
import { useBands, useHistory } from '../charts/use-history.ts';
import { usePoll } from '../live/use-poll.ts';

const none: readonly ChartMark[] = [];

/** Whether the VPN was connected in the last hour, with what was told of it in between. */
export function VpnHistory() {
  const { data: history, error } = useHistory('1h');
  const bands = useBands('1h');
  const told = usePoll('server.events').reading.value;
  const marks = useMemo(() => {
    const own = history?.marks.filter(({ kind }) => kind === 'vpn') ?? none;
    const said = (told?.events ?? [])
      .filter(({ type }) => type === 'vpn')
      .map(({ at, message }): ChartMark => ({ at, kind: 'vpn', label: message }));
    // Oldest first, each moment once: a mark is known by its moment.
    const byMoment = new Map([...said, ...own].map((mark) => [mark.at, mark]));
    return [...byMoment.values()].toSorted((a, b) => a.at - b.at);
  }, [history, told]);
  const frame = useMemo(() => history && frameOf(history, marks, bands), [history, marks, bands]);
  if (error) return <p className="panel empty">The last hour could not be read: {error.message}</p>;
  return <VpnChart frame={frame} history={history} when="the last hour" error={null} />;
}
