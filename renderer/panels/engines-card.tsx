import { memo } from 'react';
import { Boxes } from 'lucide-react';
import type { EngineList, EngineTotals, OrchestratorStatus } from '../../shared/contract/orchestrator.ts';
import type { Source } from '../live/source.ts';
import { BorrowedAge } from '../ui/chip.tsx';
import { Fact, Facts, Missing } from '../ui/facts.tsx';
import { bytesText, countText, dash, percentText } from '../ui/format.ts';
import { Card } from './card.tsx';
import { enginesPresence } from './presence.ts';

interface Props {
  readonly totals: Source<EngineTotals>;
  readonly status: Source<OrchestratorStatus>;
  readonly list: Source<EngineList>;
  readonly paused: boolean;
}

/** Totals of all engine containers, with how many are healthy as the orchestrator's status tells it. */
export const EnginesCard = memo(function EnginesCard({ totals, status, list, paused }: Props) {
  return (
    <Card
      title="Engines"
      icon={<Boxes size={16} aria-hidden="true" />}
      resource="stats:total"
      source={totals}
      paused={paused}
    >
      {(value) => (
        <>
          <Healthy totals={value} card={totals} status={status} list={list} paused={paused} />
          <Facts>
            <Fact label="Containers">{reported(value.containerCount, countText)}</Fact>
            <Fact label="CPU (sum)">{reported(value.cpuPercent, (n) => `${percentText(n)} %`)}</Fact>
            <Fact label="Memory">{reported(value.memoryBytes, bytesText)}</Fact>
            <Fact label="Network in">{reported(value.networkRxBytes, bytesText)}</Fact>
            <Fact label="Network out">{reported(value.networkTxBytes, bytesText)}</Fact>
          </Facts>
        </>
      )}
    </Card>
  );
});

function reported(value: number | null, text: (n: number) => string) {
  return value === null ? <Missing /> : text(value);
}

interface HealthyProps extends Omit<Props, 'totals'> {
  readonly totals: EngineTotals;
  readonly card: Source<EngineTotals>;
}

function Healthy({ totals, card, status, list, paused }: HealthyProps) {
  const presence = enginesPresence(totals, status.reading.value, list.reading.value);
  const engines = status.reading.value?.engines;
  switch (presence) {
    case 'hidden':
      return (
        <p className="headline">
          Hidden, not none
          <span className="headline-note">
            {countText(totals.containerCount ?? 0)} containers run, but the orchestrator lists no engine. It
            hides engines whose VPN is down.
          </span>
        </p>
      );
    case 'none':
      return <p className="headline">No engines running</p>;
    case 'uncollected':
      return (
        <p className="headline">
          {dash}
          <span className="headline-note">
            All totals are zero while the orchestrator reports {countText(engines?.running ?? 0)} running: not
            collected yet.
          </span>
        </p>
      );
    case 'running':
      return (
        <p className="headline">
          {engines?.healthy === null || engines?.healthy === undefined ? (
            <Missing why="health not reported" />
          ) : (
            <>
              {countText(engines.healthy)}
              <span className="headline-of">
                {' '}
                of {engines.total === null ? dash : countText(engines.total)} healthy
              </span>
            </>
          )}{' '}
          <BorrowedAge source={status} beside={card} paused={paused} />
        </p>
      );
  }
}
