import { dash, percentText, timeText } from '../ui/format.ts';
import type { HistoryRow } from './history-rows.ts';

/** The chart's samples as numbers, newest first. */
export function HistoryTable({ rows }: { readonly rows: readonly HistoryRow[] }) {
  return (
    <section className="scroll chart-space" aria-label="Samples">
      <table className="table" aria-label="Hit rate, last 15 min">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col" className="num">
              Rate 1 min, %
            </th>
            <th scope="col" className="num">
              All, %
            </th>
            <th scope="col" className="num">
              Hits
            </th>
            <th scope="col" className="num">
              Joined
            </th>
            <th scope="col" className="num">
              Stale
            </th>
            <th scope="col" className="num">
              Misses
            </th>
            <th scope="col" className="num">
              Prefetches
            </th>
            <th scope="col" className="num">
              Calls/min
            </th>
          </tr>
        </thead>
        <tbody>
          {rows
            .filter(({ hits }) => hits !== null)
            .toReversed()
            .map((row) => (
              <tr key={row.at}>
                <th scope="row">{timeText(row.at)}</th>
                <td className="num">{row.rate === null ? dash : percentText(row.rate)}</td>
                <td className="num">{row.cumulative === null ? dash : percentText(row.cumulative)}</td>
                <td className="num">{row.hits ?? dash}</td>
                <td className="num">{row.coalesced ?? dash}</td>
                <td className="num">{row.staleHits ?? dash}</td>
                <td className="num">{row.misses ?? dash}</td>
                <td className="num">{row.prefetches ?? dash}</td>
                <td className="num">{row.callsPerMinute ?? dash}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}
