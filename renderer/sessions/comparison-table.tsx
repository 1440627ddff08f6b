import { dash, durationText, percentText } from '../ui/format.ts';
import { callsOf, differences, savedPercent } from './differences.ts';
import { operationTitles } from './document-figures.ts';
import type { Cost, DocumentTable, Operation, Run } from './document-figures.ts';

const kinds = ['off', 'cold', 'warm', 'restarted'] as const satisfies readonly Run['kind'][];
const kindHeads: Readonly<Record<Run['kind'], string>> = {
  off: 'Off',
  cold: 'Cold',
  warm: 'Warm',
  restarted: 'Restarted',
};

const meanings = {
  cold: 'a first run with an empty store: beside them stands the cold run',
  warm: 'later requests, and calls alone: beside them stands the warm run',
} as const;

interface Props {
  readonly title: string;
  readonly runs: readonly Run[];
  readonly document: DocumentTable;
}

/** What was measured beside what the document says: calls and ms of each operation. */
export function ComparisonTable({ title, runs, document }: Props) {
  const totalOf = (kind: Run['kind']): Run | undefined => runs.find((run) => run.kind === kind);
  const said = differences(runs, document);
  const off = totalOf('off');
  const { comparedWith } = document;
  return (
    <div className="comparison">
      <h3>{title}</h3>
      <section className="scroll-x" aria-label={title} tabIndex={0}>
        <table className="table comparison-table" aria-label="With and without the store">
          <thead>
            <tr>
              <th scope="col">Calls · time</th>
              <th scope="col" className="num document">
                Document, without
              </th>
              <th scope="col" className="num">
                {kindHeads.off}
              </th>
              <th scope="col" className="num document">
                Document, with
              </th>
              {kinds.slice(1).map((kind) => (
                <th key={kind} scope="col" className="num">
                  {kindHeads[kind]}
                </th>
              ))}
              <th scope="col" className="num document">
                Document saves
              </th>
              <th scope="col" className="num">
                {kindHeads[comparedWith]} saves
              </th>
            </tr>
          </thead>
          <tbody>
            {document.rows.map(({ operation, without, with: kept }) => (
              <tr key={operation}>
                <th scope="row">{operationTitles[operation]}</th>
                <CostCell cost={without} document />
                <CostCell cost={costOf(runs, 'off', operation)} />
                <CostCell cost={kept} document />
                {kinds.slice(1).map((kind) => (
                  <CostCell key={kind} cost={costOf(runs, kind, operation)} />
                ))}
                <SavedCell without={without.calls} kept={kept.calls} document />
                <SavedCell
                  without={callsOf(runs, 'off', operation)}
                  kept={callsOf(runs, comparedWith, operation)}
                />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className="comparison-total">
              <th scope="row">Together</th>
              <CostCell cost={document.without} document />
              <CostCell cost={off ?? null} />
              <CostCell cost={document.with} document />
              {kinds.slice(1).map((kind) => (
                <CostCell key={kind} cost={totalOf(kind) ?? null} />
              ))}
              <SavedCell without={document.without.calls} kept={document.with.calls} document />
              <SavedCell without={off?.calls ?? null} kept={totalOf(comparedWith)?.calls ?? null} />
            </tr>
            <tr className="muted">
              <th scope="row">Apart: endpoints for the clusters</th>
              <CostCell cost={null} document />
              <CostCell cost={off?.extra ?? null} />
              <CostCell cost={null} document />
              {kinds.slice(1).map((kind) => (
                <CostCell key={kind} cost={totalOf(kind)?.extra ?? null} />
              ))}
              <td className="num document">{dash}</td>
              <td className="num">{dash}</td>
            </tr>
          </tfoot>
        </table>
      </section>
      <p className="muted fact-note">The document’s figures with a store are for {meanings[comparedWith]}.</p>
      {said.length > 0 && (
        <ul className="comparison-said">
          {said.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function costOf(runs: readonly Run[], kind: Run['kind'], operation: Operation): Cost | null {
  const run = runs.find((one) => one.kind === kind);
  return run?.operations.find((one) => one.operation === operation) ?? null;
}

function CostCell({ cost, document = false }: { readonly cost: Cost | null; readonly document?: boolean }) {
  return (
    <td className={document ? 'num document' : 'num'}>
      {cost === null ? (
        dash
      ) : (
        <>
          {cost.calls}
          {cost.ms !== null && <span className="muted"> · {timeText(cost)}</span>}
        </>
      )}
    </td>
  );
}

/** Whole ms, so that they stand beside the document's; what took no call and no time is plain. */
function timeText({ ms }: Cost): string {
  if (ms === null) return dash;
  return ms < 1 ? durationText(ms) : `${Math.round(ms)} ms`;
}

interface SavedProps {
  readonly without: number | null;
  readonly kept: number | null;
  readonly document?: boolean;
}

function SavedCell({ without, kept, document = false }: SavedProps) {
  const percent = without === null || kept === null ? null : savedPercent(without, kept);
  return (
    <td className={document ? 'num document' : 'num'}>
      {percent === null ? dash : `${percentText(percent)} %`}
    </td>
  );
}
