import { useFeed, usePaused } from '../live/feed.ts';
import { usePoll } from '../live/use-poll.ts';
import { useWatched } from '../live/watched.tsx';
import { EnginesCard } from '../panels/engines-card.tsx';
import { EnginesTable } from '../panels/engines-table.tsx';
import { HitRatePanel } from '../panels/hit-rate-panel.tsx';
import { OrchestratorCard } from '../panels/orchestrator-card.tsx';
import { ServerCachePanel } from '../panels/server-cache-panel.tsx';
import { Tiles } from '../panels/tiles.tsx';
import { TimelinePanel } from '../panels/timeline-panel.tsx';
import { VpnCard } from '../panels/vpn-card.tsx';

/** Is it fine? What changed? Why? Which item? One row of the page each. */
export function Overview() {
  const { totals, status, vpn } = useWatched();
  const list = usePoll('engines.list');
  const paused = usePaused();
  const profiles = useFeed('profiles.state');
  const profile = profiles?.profiles.find(({ id }) => id === profiles.active);
  const target = profile
    ? `${profile.name} (${profiles?.url ?? 'no address'})`
    : 'the connected orchestrator';
  return (
    <div className="overview">
      <h1 className="visually-hidden">Overview</h1>
      <div className="cards">
        <EnginesCard totals={totals} status={status} list={list} paused={paused} />
        <OrchestratorCard source={status} paused={paused} />
        <VpnCard source={vpn} paused={paused} />
      </div>
      <Tiles list={list.reading.value} />
      <HitRatePanel />
      <ServerCachePanel paused={paused} target={target} />
      <TimelinePanel />
      <EnginesTable list={list} totals={totals} status={status} paused={paused} />
    </div>
  );
}
