import { usePaused } from '../live/feed.ts';
import { useWatched } from '../live/watched.tsx';
import { emergencyNote } from '../panels/vpn-card.tsx';
import { enginesPresence } from '../panels/presence.ts';
import { modeLine, vpnWord } from '../panels/vpn-words.ts';
import { Fact, Facts, Missing } from '../ui/facts.tsx';
import { Headline } from '../ui/headline.tsx';
import { countText } from '../ui/format.ts';
import { usePoll } from '../live/use-poll.ts';
import { LatestChanges } from './latest-changes.tsx';
import { Strip, StripCell } from './strip.tsx';
import { VpnHistory } from './vpn-history.tsx';
import { VpnPanels } from './vpn-panels.tsx';

const serverKinds = ['vpn'] as const;
const ownKinds = ['vpn'] as const;

/** The VPN as a whole, each of its containers, and the last hour. */
export function VpnTab() {
  const { vpn } = useWatched();
  const paused = usePaused();
  return (
    <>
      <Strip>
        <StripCell title="VPN" source={vpn} paused={paused} note={emergencyNote}>
          {(status) => {
            const { glyph, word, role } = vpnWord(status);
            return (
              <>
                <Headline
                  source={vpn}
                  paused={paused}
                  glyph={glyph}
                  role={role}
                  sub={modeLine(status)}
                  said={word.toLowerCase()}
                >
                  {word}
                </Headline>
                <Facts>
                  <Fact label="Containers">{countText(status.nodesTotal ?? status.nodes.length)}</Fact>
                  <Fact label="Healthy">
                    {countText(
                      status.nodesHealthy ?? status.nodes.filter(({ health }) => health === 'healthy').length,
                    )}
                  </Fact>
                  <EnginesBehind />
                </Facts>
              </>
            );
          }}
        </StripCell>
        <LatestChanges server={serverKinds} own={ownKinds} />
      </Strip>
      <VpnPanels source={vpn} paused={paused} />
      <VpnHistory />
    </>
  );
}

/** How many engines would lose their way out. */
function EnginesBehind() {
  const { totals, status } = useWatched();
  const list = usePoll('engines.list').reading.value;
  const hidden = enginesPresence(totals.reading.value, status.reading.value, list) === 'hidden';
  return (
    <Fact label="Engines behind it">
      {list === null || hidden ? (
        <Missing why={hidden ? 'hidden' : 'not known'} />
      ) : (
        countText(list.engines.filter(({ vpn }) => vpn !== null).length)
      )}
    </Fact>
  );
}
