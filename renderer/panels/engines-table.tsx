import { memo } from 'react';
import type {
  Engine,
  EngineList,
  EngineTotals,
  OrchestratorStatus,
} from '../../shared/contract/orchestrator.ts';
import type { Source } from '../live/source.ts';
import { ChipWithChain } from '../ui/age-chain.tsx';
import { bytesText, countText, dash, percentText } from '../ui/format.ts';
import { Panel } from '../ui/panel.tsx';
import { useClaims } from '../ui/use-unsure.ts';
import { EngineMark } from './engines-mark.tsx';
import { noEnginesWords } from './engines-none.ts';
import { engineName, engineState } from './engines-words.ts';
import { HealthLine } from './health-line.tsx';

/** Rows shown; the page of engines has the rest. */
const mostShown = 8;

interface Props {
  readonly list: Source<EngineList>;
  readonly totals: Source<EngineTotals>;
  readonly status: Source<OrchestratorStatus>;
  readonly paused: boolean;
}

/** The engines that most deserve a look: those in trouble, and then as the orchestrator lists them. */
export const EnginesTable = memo(function EnginesTable({ list, totals, status, paused }: Props) {
  const engines = list.reading.value?.engines ?? [];
  const claims = useClaims(list, paused);
  return (
    <Panel
      title="Engine list"
      className="engines"
      aside={<ChipWithChain source={list} paused={paused} />}
      actions={
        <a href="#/engines">
          {engines.length > mostShown ? `Show all ${countText(engines.length)} engines` : 'Engines & VPN'}
        </a>
      }
    >
      {engines.length > 0 ? (
        <Rows engines={engines} claims={claims} />
      ) : (
        <p className="empty">{noEnginesWords(list, totals.reading.value, status.reading.value)}</p>
      )}
      <HealthLine paused={paused} />
    </Panel>
  );
});

interface RowsProps {
  readonly engines: readonly Engine[];
  readonly claims: boolean;
}

function Rows({ engines, claims }: RowsProps) {
  return (
    <section
      className="scroll-x"
      aria-label="Engines, those in trouble first"
      data-unsure={!claims || undefined}
    >
      <table className="table" aria-label="Engines">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Health</th>
            <th scope="col" className="num">
              Streams
            </th>
            <th scope="col" className="num">
              CPU, %
            </th>
            <th scope="col" className="num">
              Memory
            </th>
            <th scope="col">VPN</th>
            <th scope="col" className="num">
              Port
            </th>
            <th scope="col" className="num">
              Forwarded
            </th>
            <th scope="col">Version</th>
          </tr>
        </thead>
        <tbody>
          {worstFirst(engines).map((engine) => (
            <Row key={engine.id} engine={engine} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Without sorting them all: a thousand healthy ones stay where they are. */
function worstFirst(engines: readonly Engine[]): readonly Engine[] {
  const byRank: Engine[][] = [];
  for (const engine of engines) (byRank[engineState(engine).rank] ??= []).push(engine);
  return byRank.flat().slice(0, mostShown);
}

const Row = memo(function Row({ engine }: { readonly engine: Engine }) {
  return (
    <tr>
      <th scope="row">{engineName(engine)}</th>
      <td>
        <EngineMark engine={engine} />
      </td>
      <td className="num">{engine.streams === null ? dash : countText(engine.streams)}</td>
      <td className="num">{engine.cpuPercent === null ? dash : percentText(engine.cpuPercent)}</td>
      <td className="num">{engine.memoryBytes === null ? dash : bytesText(engine.memoryBytes)}</td>
      <td>{engine.vpn ?? dash}</td>
      <td className="num mono">{engine.port ?? dash}</td>
      <td className="num mono">{engine.forwarded ? (engine.forwardedPort ?? 'yes') : dash}</td>
      <td>{engine.version ?? dash}</td>
    </tr>
  );
});
