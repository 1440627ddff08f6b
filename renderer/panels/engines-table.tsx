import { memo } from 'react';
import type {
  Engine,
  EngineList,
  EngineTotals,
  OrchestratorStatus,
} from '../../shared/contract/orchestrator.ts';
import type { Source } from '../live/source.ts';
import { ChipWithChain } from '../ui/age-chain.tsx';
import { bytesText, countText, dash, percentText, plural } from '../ui/format.ts';
import { Panel } from '../ui/panel.tsx';
import { useClaims } from '../ui/use-unsure.ts';
import { failureWords } from '../ui/words.ts';
import { HealthLine } from './health-line.tsx';
import { enginesPresence, runningOf } from './presence.ts';

/** Rows drawn at most; more would need a virtual list, and no orchestrator starts as many. */
const maxRows = 200;

const healthMarks = {
  healthy: { glyph: '●', word: 'Healthy', role: 'ok' },
  unhealthy: { glyph: '✕', word: 'Unhealthy', role: 'bad' },
  unknown: { glyph: '?', word: 'Unknown', role: 'neutral' },
} as const;

interface Props {
  readonly list: Source<EngineList>;
  readonly totals: Source<EngineTotals>;
  readonly status: Source<OrchestratorStatus>;
  readonly paused: boolean;
}

/** Every engine the orchestrator lists, by port. */
export const EnginesTable = memo(function EnginesTable({ list, totals, status, paused }: Props) {
  const { value, failure, supported } = list.reading;
  const claims = useClaims(list, paused);
  return (
    <Panel title="Engine list" className="engines" aside={<ChipWithChain source={list} paused={paused} />}>
      {value && value.engines.length > 0 && <Rows engines={value.engines} claims={claims} />}
      {value?.engines.length === 0 && (
        <p className="empty">{emptyWords(totals.reading.value, status.reading.value, value)}</p>
      )}
      {!value && (
        <p className="empty">
          {!supported
            ? 'This backend does not list its engines.'
            : failure
              ? `No list yet. Last try: ${failureWords[failure.code]}.`
              : 'Not loaded yet.'}
        </p>
      )}
      <HealthLine paused={paused} />
    </Panel>
  );
});

function emptyWords(
  totals: EngineTotals | null,
  status: OrchestratorStatus | null,
  list: EngineList,
): string {
  if (enginesPresence(totals, status, list) === 'hidden') {
    const running = plural(runningOf(totals, status), 'container runs', 'containers run');
    return `The list is empty while ${running}: hidden, not none. The orchestrator hides engines whose VPN is down.`;
  }
  return 'No engines running.';
}

interface RowsProps {
  readonly engines: readonly Engine[];
  readonly claims: boolean;
}

function Rows({ engines, claims }: RowsProps) {
  const shown = engines.slice(0, maxRows);
  return (
    <section className="scroll-x" aria-label="Engines by port" data-unsure={!claims || undefined}>
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
          {shown.map((engine) => (
            <Row key={engine.id} engine={engine} />
          ))}
        </tbody>
      </table>
      {engines.length > maxRows && (
        <p className="muted table-note">
          The first {maxRows} of {countText(engines.length)} engines.
        </p>
      )}
    </section>
  );
}

function Row({ engine }: { readonly engine: Engine }) {
  const health = healthMarks[engine.health];
  return (
    <tr>
      <th scope="row">{engine.name ?? <span className="mono">{engine.id.slice(0, 12)}</span>}</th>
      <td>
        <span className="mark" data-role={health.role}>
          <span className="chip-glyph" aria-hidden="true">
            {health.glyph}
          </span>{' '}
          {health.word}
        </span>
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
}
