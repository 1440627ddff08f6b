import type { Warming } from '../../shared/contract/tuning.ts';
import { dash, durationText, timeText } from '../ui/format.ts';
import { warmingLine, warmMarks, warmTitle } from './tuning.ts';

/** The latest warming in one line, what became of each thing behind it. */
export function WarmingLine({ warming }: { readonly warming: Warming | null }) {
  if (!warming) {
    return <p className="warming muted">Nothing was warmed since this profile was connected.</p>;
  }
  return (
    <details className="warming">
      <summary>
        {warmingLine(warming)}
        <span className="muted"> · {timeText(warming.at)}</span>
      </summary>
      <div className="scroll-x">
        <table className="table">
          <caption className="visually-hidden">What was warmed</caption>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">State</th>
              <th scope="col" className="num">
                Took
              </th>
            </tr>
          </thead>
          <tbody>
            {warming.items.map(({ key, state, ms, message }, index) => (
              // Masked addresses of two users may be the same.
              <tr key={`${key} ${index}`}>
                <th scope="row">{warmTitle(key)}</th>
                <td className="warming-state">
                  <span className="chip-glyph" data-role={warmMarks[state].role} aria-hidden="true">
                    {warmMarks[state].glyph}
                  </span>{' '}
                  {warmMarks[state].word}
                  {message !== null && <span className="muted"> · {message}</span>}
                </td>
                <td className="num">{ms === null ? dash : durationText(ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
