import type { HealthStatus } from '../../shared/contract/orchestrator.ts';
import { usePaused } from '../live/feed.ts';
import { usePoll } from '../live/use-poll.ts';
import { useWatched } from '../live/watched.tsx';
import { statusWords } from '../panels/orchestrator-words.ts';
import { Fact, Facts, Missing } from '../ui/facts.tsx';
import { countText, dateTimeText } from '../ui/format.ts';
import { Headline } from '../ui/headline.tsx';
import { Breakers } from './breakers.tsx';
import { LatestChanges } from './latest-changes.tsx';
import { StartState, blockNote } from './start-state.tsx';
import { Strip, StripCell } from './strip.tsx';

const serverKinds = ['health', 'system'] as const;
const ownKinds = ['state', 'action'] as const;

/** What the orchestrator's health manager finds, and what holds it back. */
export function HealthTab() {
  const health = usePoll('orchestrator.health');
  const { status } = useWatched();
  const paused = usePaused();
  return (
    <>
      <Strip>
        <StripCell title="Health checks" source={health} paused={paused}>
          {(value) => (
            <>
              <Headline source={health} paused={paused} {...headlineOf(value)}>
                {headlineOf(value).said}
              </Headline>
              <Facts>
                <Fact label="To be replaced">{counted(value.markedForReplacement)}</Fact>
                <Fact label="At least">{counted(value.minimumRequired)}</Fact>
                <Fact label="Checked every">
                  {value.checkIntervalSeconds === null ? (
                    <Missing />
                  ) : (
                    `${countText(value.checkIntervalSeconds)} s`
                  )}
                </Fact>
              </Facts>
            </>
          )}
        </StripCell>
        <StripCell title="Orchestrator" source={status} paused={paused}>
          {({ status: word, server }) => {
            const { glyph, word: said, role } = statusWords[word];
            return (
              <Headline
                source={status}
                paused={paused}
                glyph={glyph}
                role={role}
                said={said.toLowerCase()}
                sub={`version ${server.version}, by its own word`}
              >
                {said}
              </Headline>
            );
          }}
        </StripCell>
        <StripCell title="Provisioning" source={status} paused={paused} note={blockNote}>
          {({ provisioning }) => (
            <Facts>
              <Fact label="Starting engines" wide>
                <StartState source={status} brief />
              </Fact>
              <Fact label="Failed last" wide>
                {provisioning.lastFailure === null ? (
                  <Missing why="no failure reported" />
                ) : (
                  dateTimeText(provisioning.lastFailure)
                )}
              </Fact>
            </Facts>
          )}
        </StripCell>
      </Strip>
      <LatestChanges server={serverKinds} own={ownKinds} />
      <Breakers source={health} paused={paused} />
    </>
  );
}

function headlineOf({ totalEngines, healthyEngines, unhealthyEngines }: HealthStatus) {
  if (healthyEngines === null || totalEngines === null) {
    return { said: 'Not reported', sub: '', glyph: '–', role: 'neutral' } as const;
  }
  const said = `${countText(healthyEngines)} of ${countText(totalEngines)} healthy`;
  const unhealthy = unhealthyEngines ?? 0;
  // New engines count in neither until their first check.
  const unchecked = Math.max(0, totalEngines - healthyEngines - unhealthy);
  const sub = `${countText(unhealthy)} unhealthy · ${countText(unchecked)} not checked yet`;
  return unhealthy > 0
    ? ({ said, sub, glyph: '▲', role: 'attention' } as const)
    : ({ said, sub, glyph: '●', role: 'ok' } as const);
}

function counted(n: number | null) {
  return n === null ? <Missing /> : countText(n);
}
