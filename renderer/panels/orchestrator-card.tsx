import { memo } from 'react';
import { Server } from 'lucide-react';
import type { OrchestratorStatus } from '../../shared/contract/orchestrator.ts';
import type { Source } from '../live/source.ts';
import { Fact, Facts, Missing } from '../ui/facts.tsx';
import { countText, timeText } from '../ui/format.ts';
import { Meter } from '../ui/meter.tsx';
import { Card } from './card.tsx';
import { blockedWords, breakerWords, statusWords } from './orchestrator-words.ts';

interface Props {
  readonly source: Source<OrchestratorStatus>;
  readonly paused: boolean;
}

/** The orchestrator's own word for itself, its capacity and whether it can start engines. */
export const OrchestratorCard = memo(function OrchestratorCard({ source, paused }: Props) {
  return (
    <Card
      title="Orchestrator"
      icon={<Server size={16} aria-hidden="true" />}
      resource="orchestrator:status"
      source={source}
      paused={paused}
    >
      {(value) => <Body value={value} />}
    </Card>
  );
});

function Body({
  value: { status, capacity, streams, provisioning, server },
}: {
  readonly value: OrchestratorStatus;
}) {
  const word = statusWords[status];
  return (
    <>
      <p className="headline" data-role={word.role}>
        <span className="chip-glyph" aria-hidden="true">
          {word.glyph}
        </span>{' '}
        {word.word}
      </p>
      <Facts>
        <Fact label="Capacity used" wide>
          <Capacity capacity={capacity} />
        </Fact>
        <Fact label="Provisioning" wide>
          <Provisioning provisioning={provisioning} />
        </Fact>
        <Fact label="Streams active">
          {streams.active === null ? <Missing /> : countText(streams.active)}
        </Fact>
        <Fact label="Circuit breaker">
          {provisioning.breaker === null ? <Missing /> : breakerWords[provisioning.breaker]}
        </Fact>
        <Fact label="Version">{server.version}</Fact>
      </Facts>
    </>
  );
}

/** Full is a fact, not a fault: the bar stays neutral. */
function Capacity({ capacity: { used, total, maxReplicas } }: Pick<OrchestratorStatus, 'capacity'>) {
  if (used === null || total === null) return <Missing />;
  const limit = maxReplicas === null ? '' : `, at most ${countText(maxReplicas)}`;
  const full = total > 0 && used >= total ? ' (full)' : '';
  return (
    <Meter
      label="Capacity used"
      value={used}
      max={total}
      tone="accent"
      text={`${countText(used)} of ${countText(total)}${full}${limit}`}
    />
  );
}

function Provisioning({
  provisioning: { canProvision, blocked, lastFailure },
}: Pick<OrchestratorStatus, 'provisioning'>) {
  if (blocked) {
    const role = blocked.code === 'max_capacity' ? 'neutral' : 'attention';
    return (
      <span className="mark" data-role={role}>
        <span className="chip-glyph" aria-hidden="true">
          {role === 'neutral' ? '–' : '▲'}
        </span>{' '}
        {blockedWords(blocked)}
        {blocked.message !== '' && <span className="fact-note">{blocked.message}</span>}
      </span>
    );
  }
  if (canProvision === null) return <Missing />;
  return (
    <span className="mark" data-role={canProvision ? 'ok' : 'attention'}>
      {canProvision ? 'Can start engines' : 'Blocked, no reason given'}
      {lastFailure !== null && <span className="fact-note">Last failure {timeText(lastFailure)}</span>}
    </span>
  );
}
