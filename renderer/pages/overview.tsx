import { useFeed, usePaused } from '../live/feed.ts';
import { useActiveProfile, useHasOrchestrator } from '../live/profile.ts';
import { usePoll } from '../live/use-poll.ts';
import { useWatched } from '../live/watched.tsx';
import { ActiveAlerts } from '../panels/active-alerts.tsx';
import { EnginesCard } from '../panels/engines-card.tsx';
import { EnginesTable } from '../panels/engines-table.tsx';
import { FurtherBackends } from '../panels/further-backends.tsx';
import { HitRatePanel } from '../panels/hit-rate-panel.tsx';
import { LatestEvents } from '../panels/latest-events.tsx';
import { OrchestratorCard } from '../panels/orchestrator-card.tsx';
import { ServerCachePanel } from '../panels/server-cache-panel.tsx';
import { Tiles } from '../panels/tiles.tsx';
import { TimelinePanel } from '../panels/timeline-panel.tsx';
import { VpnCard } from '../panels/vpn-card.tsx';
import { PageHeading } from '../ui/page-heading.tsx';

/** The state of what the active profile connects. */
export function Overview() {
  const read = useHasOrchestrator();
  return (
    <>
      <PageHeading hidden>Overview</PageHeading>
      {read ? <Orchestrator /> : <NoOrchestrator />}
    </>
  );
}

function NoOrchestrator() {
  const paused = usePaused();
  return (
    <>
      <FurtherBackends paused={paused} />
      <section className="panel">
        <p>
          This profile has no orchestrator. <a href="#/settings">Add one in Settings.</a>
        </p>
      </section>
    </>
  );
}

/** Is it fine? What changed? Why? Which item? One row of the page each. */
function Orchestrator() {
  const { totals, status, vpn } = useWatched();
  const list = usePoll('engines.list');
  const paused = usePaused();
  const profile = useActiveProfile();
  const url = useFeed('profiles.state')?.url ?? 'no address';
  const target = profile ? `${profile.name} (${url})` : 'the connected orchestrator';
  return (
    <div className="overview">
      <div className="cards">
        <EnginesCard totals={totals} status={status} list={list} paused={paused} />
        <OrchestratorCard source={status} paused={paused} />
        <VpnCard source={vpn} paused={paused} />
      </div>
      <FurtherBackends paused={paused} />
      <Tiles list={list.reading.value} />
      <HitRatePanel />
      <ServerCachePanel paused={paused} target={target} />
      <TimelinePanel />
      <LatestEvents />
      <ActiveAlerts />
      <EnginesTable list={list} totals={totals} status={status} paused={paused} />
    </div>
  );
}
