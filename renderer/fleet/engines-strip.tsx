import type { EngineList } from '../../shared/contract/orchestrator.ts';
import type { Source } from '../live/source.ts';
import { useWatched } from '../live/watched.tsx';
import { countStates } from '../panels/engines-words.ts';
import { Capacity } from '../panels/orchestrator-card.tsx';
import { enginesPresence, runningOf } from '../panels/presence.ts';
import { Fact, Facts, Missing } from '../ui/facts.tsx';
import { bytesText, countText, percentText, plural } from '../ui/format.ts';
import { Headline } from '../ui/headline.tsx';
import { StartState, blockNote } from './start-state.tsx';
import { Strip, StripCell } from './strip.tsx';

interface Props {
  readonly list: Source<EngineList>;
  readonly paused: boolean;
}

/** Are the engines fine, is there room for more, and what do they cost? */
export function EnginesStrip({ list, paused }: Props) {
  const { totals, status } = useWatched();
  return (
    <Strip>
      <StripCell title="Engine list" source={list} paused={paused}>
        {(value) => (
          <>
            <ListHeadline value={value} list={list} paused={paused} />
            <Facts>
              {vpnCounts(value).map(([vpn, n]) => (
                <Fact key={vpn} label={`Via ${vpn}`}>
                  {countText(n)}
                </Fact>
              ))}
              <Fact label="Streams">{streamsOf(value)}</Fact>
            </Facts>
          </>
        )}
      </StripCell>
      <StripCell title="Capacity" source={status} paused={paused} note={blockNote}>
        {({ capacity, engines }) => (
          <Facts>
            <Fact label="Starting engines" wide>
              <StartState source={status} brief />
            </Fact>
            <Fact label="Used" wide>
              <Capacity capacity={capacity} />
            </Fact>
            <Fact label="Running">{engines.running === null ? <Missing /> : countText(engines.running)}</Fact>
            <Fact label="At least">
              {capacity.minReplicas === null ? <Missing /> : countText(capacity.minReplicas)}
            </Fact>
          </Facts>
        )}
      </StripCell>
      <StripCell title="Load" source={totals} paused={paused}>
        {(value) => (
          <Facts>
            <Fact label="CPU (sum)">
              {value.cpuPercent === null ? <Missing /> : `${percentText(value.cpuPercent)} %`}
            </Fact>
            <Fact label="Memory">{bytesOf(value.memoryBytes)}</Fact>
            <Fact label="Containers">
              {value.containerCount === null ? <Missing /> : countText(value.containerCount)}
            </Fact>
            <Fact label="Network in">{bytesOf(value.networkRxBytes)}</Fact>
            <Fact label="Network out">{bytesOf(value.networkTxBytes)}</Fact>
            <Fact label="Disk written">{bytesOf(value.blockWriteBytes)}</Fact>
          </Facts>
        )}
      </StripCell>
    </Strip>
  );
}

const hidden = { glyph: '▲', role: 'attention' } as const;

interface HeadlineProps extends Props {
  readonly value: EngineList;
}

function ListHeadline({ value, list, paused }: HeadlineProps) {
  const { totals, status } = useWatched();
  const shared = { source: list, paused } as const;
  if (enginesPresence(totals.reading.value, status.reading.value, value) === 'hidden') {
    const running = runningOf(totals.reading.value, status.reading.value);
    return (
      <Headline
        {...shared}
        {...hidden}
        said="no engine listed"
        sub={`${plural(running, 'container runs', 'containers run')}, none is listed`}
      >
        Hidden, not none
      </Headline>
    );
  }
  const n = value.engines.length;
  if (n === 0) {
    return (
      <Headline {...shared} said="no engines" sub="none is listed, none runs">
        No engines
      </Headline>
    );
  }
  const { healthy, unhealthy, unknown, leaving } = countStates(value.engines);
  const others = [
    [unhealthy, 'unhealthy'],
    [unknown, 'not checked yet'],
    [leaving, 'leaving'],
  ] as const;
  const sub = others.flatMap(([count, word]) => (count > 0 ? `${countText(count)} ${word}` : []));
  const said = `${countText(healthy)} of ${countText(n)} healthy`;
  return (
    <Headline
      {...shared}
      glyph={unhealthy > 0 ? '▲' : unknown === n ? '?' : '●'}
      role={unhealthy > 0 ? 'attention' : unknown === n ? 'neutral' : 'ok'}
      said={said}
      sub={sub.length === 0 ? 'every one of them' : sub.join(' · ')}
    >
      {said}
    </Headline>
  );
}

/** At most two: there is room for no more, and no orchestrator has more. */
function vpnCounts({ engines }: EngineList): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { vpn } of engines) if (vpn !== null) counts.set(vpn, (counts.get(vpn) ?? 0) + 1);
  return [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(0, 2);
}

function streamsOf({ engines }: EngineList) {
  if (engines.length === 0) return <Missing why="no engine listed" />;
  const known = engines.flatMap(({ streams }) => streams ?? []);
  return known.length === 0 ? <Missing /> : countText(known.reduce((sum, n) => sum + n, 0));
}

function bytesOf(bytes: number | null) {
  return bytes === null ? <Missing /> : bytesText(bytes);
}
