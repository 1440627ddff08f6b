import { memo } from 'react';
import { Boxes } from 'lucide-react';
import type { EngineList, EngineTotals, OrchestratorStatus } from '../../shared/contract/orchestrator.ts';
import type { Source } from '../live/source.ts';
import { BorrowedAge } from '../ui/chip.tsx';
import { Fact, Facts, Missing } from '../ui/facts.tsx';
import { bytesText, countText, dash, percentText, plural } from '../ui/format.ts';
import { Headline } from '../ui/headline.tsx';
import { Card } from './card.tsx';
import { enginesPresence, runningOf, unhealthyWords } from './presence.ts';

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
      note={(value) => note(value, status.reading.value, list.reading.value)}
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

/** What the headline means where it is no number. */
function note(
  totals: EngineTotals,
  status: OrchestratorStatus | null,
  list: EngineList | null,
): string | null {
  switch (enginesPresence(totals, status, list)) {
    case 'hidden':
      return 'The orchestrator hides engines whose VPN is down.';
    case 'uncollected':
      return `All totals are zero while the orchestrator reports ${countText(status?.engines.running ?? 0)} running.`;
    case 'none':
    case 'running':
      return null;
  }
}

function reported(value: number | null, text: (n: number) => string) {
  return value === null ? <Missing /> : text(value);
}

interface HealthyProps extends Omit<Props, 'totals'> {
  readonly totals: EngineTotals;
  readonly card: Source<EngineTotals>;
}

/** How many are healthy is the status reply's word, so it ages with that one. */
function Healthy({ totals, card, status, list, paused }: HealthyProps) {
  const presence = enginesPresence(totals, status.reading.value, list.reading.value);
  const engines = status.reading.value?.engines;
  switch (presence) {
    case 'hidden':
      return (
        <Headline
          source={list}
          paused={paused}
          sub={`${plural(runningOf(totals, status.reading.value), 'container runs', 'containers run')}, none is listed`}
          said="no engine listed"
        >
          Hidden, not none
        </Headline>
      );
    case 'none':
      return (
        <Headline source={card} paused={paused} sub="0 containers" said="no engines running">
          No engines running
        </Headline>
      );
    case 'uncollected':
      return (
        <Headline source={card} paused={paused} sub="not collected yet" said="nothing collected yet">
          {dash}
        </Headline>
      );
    case 'running': {
      const { healthy = null, total = null, unhealthy = null } = engines ?? {};
      const reports = status.reading.supported;
      const rest = `of ${total === null ? dash : countText(total)} healthy`;
      return (
        <Headline
          source={status}
          paused={paused}
          said={healthy === null ? 'nothing of their health' : `${countText(healthy)} ${rest}`}
          sub={
            <>
              {healthy !== null && unhealthyWords(unhealthy)}{' '}
              {reports && <BorrowedAge source={status} beside={card} paused={paused} />}
            </>
          }
        >
          {healthy === null ? (
            <Missing why={engines || !reports ? 'health not reported' : 'health unknown'} />
          ) : (
            <>
              {countText(healthy)}
              <span className="headline-of"> {rest}</span>
            </>
          )}
        </Headline>
      );
    }
  }
}
