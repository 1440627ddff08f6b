import { memo } from 'react';
import { Server } from 'lucide-react';
import type { OrchestratorStatus } from '../../shared/contract/orchestrator.ts';
import type { Source } from '../live/source.ts';
import { Fact, Facts, Missing } from '../ui/facts.tsx';
import { countText, timeText } from '../ui/format.ts';
import { Headline } from '../ui/headline.tsx';
import { Meter } from '../ui/meter.tsx';
import { Card } from './card.tsx';
import { blockedNote, blockedWords, breakerWords, statusWords } from './orchestrator-words.ts';

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
      note={provisioningNote}
    >
      {(value) => <Body value={value} source={source} paused={paused} />}
    </Card>
  );
});

interface BodyProps extends Props {
  readonly value: OrchestratorStatus;
}

function Body({ value, source, paused }: BodyProps) {
  const { status, capacity, streams, provisioning, server } = value;
  const { glyph, word, role } = statusWords[status];
  return (
    <>
      <Headline
        source={source}
        paused={paused}
        glyph={glyph}
        role={role}
        sub={`version ${server.version}`}
        said={word.toLowerCase()}
      >
        {word}
      </Headline>
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
      </Facts>
    </>
  );
}

/** Full is a fact, not a fault: the bar stays neutral. */
export function Capacity({ capacity: { used, total, maxReplicas } }: Pick<OrchestratorStatus, 'capacity'>) {
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

function Provisioning({ provisioning: { canProvision, blocked } }: Pick<OrchestratorStatus, 'provisioning'>) {
  if (blocked) {
    const role = blocked.code === 'max_capacity' ? 'neutral' : 'attention';
    return (
      <span className="mark" data-role={role}>
        <span className="chip-glyph" aria-hidden="true">
          {role === 'neutral' ? '–' : '▲'}
        </span>{' '}
        {blockedWords(blocked)}
      </span>
    );
  }
  if (canProvision === null) return <Missing />;
  return (
    <span className="mark" data-role={canProvision ? 'ok' : 'attention'}>
      {canProvision ? 'Can start engines' : 'Blocked, no reason given'}
    </span>
  );
}

/** Why it is blocked and for how long, or when it failed last. */
function provisioningNote({ provisioning: { blocked, lastFailure } }: OrchestratorStatus): string | null {
  if (blocked) return blockedNote(blocked);
  return lastFailure === null ? null : `Provisioning failed last at ${timeText(lastFailure)}.`;
}
