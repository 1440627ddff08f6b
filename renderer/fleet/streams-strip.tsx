import type { StreamList } from '../../shared/contract/fleet.ts';
import type { Source } from '../live/source.ts';
import { useWatched } from '../live/watched.tsx';
import { Fact, Facts, Missing } from '../ui/facts.tsx';
import { countText } from '../ui/format.ts';
import { Headline } from '../ui/headline.tsx';
import { Strip, StripCell } from './strip.tsx';
import { mebibytesText } from './units.ts';

interface Props {
  readonly list: Source<StreamList>;
  readonly paused: boolean;
}

/** How many streams run, and how fast in all. */
export function StreamsStrip({ list, paused }: Props) {
  const { status } = useWatched();
  return (
    <Strip>
      <StripCell title="Stream list" source={list} paused={paused}>
        {({ streams }) => {
          const running = streams.filter(({ endedAt }) => endedAt === null);
          const words = `${countText(running.length)} running`;
          return (
            <>
              <Headline
                source={list}
                paused={paused}
                glyph={running.length > 0 ? '●' : '○'}
                role={running.length > 0 ? 'ok' : 'neutral'}
                said={words}
                sub={`${countText(streams.length - running.length)} ended and still listed`}
              >
                {words}
              </Headline>
              <Facts>
                <Fact label="Down, all">{sumOf(running.map(({ speedDown }) => speedDown))}</Fact>
                <Fact label="Up, all">{sumOf(running.map(({ speedUp }) => speedUp))}</Fact>
                <Fact label="Without peers">
                  {countText(running.filter(({ peers }) => peers === 0).length)}
                </Fact>
              </Facts>
            </>
          );
        }}
      </StripCell>
      <StripCell title="As the orchestrator counts" source={status} paused={paused}>
        {({ streams, engines }) => (
          <Facts>
            <Fact label="Streams active">{counted(streams.active)}</Fact>
            <Fact label="Streams known">{counted(streams.total)}</Fact>
            <Fact label="Engines healthy">{counted(engines.healthy)}</Fact>
          </Facts>
        )}
      </StripCell>
    </Strip>
  );
}

function counted(n: number | null) {
  return n === null ? <Missing /> : countText(n);
}

function sumOf(speeds: readonly (number | null)[]) {
  const known = speeds.filter((speed) => speed !== null);
  if (known.length === 0 && speeds.length > 0) return <Missing />;
  return `${mebibytesText(known.reduce((sum, speed) => sum + speed, 0))} MiB/s`;
}
