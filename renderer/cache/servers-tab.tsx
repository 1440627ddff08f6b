import { useFeed, usePaused } from '../live/feed.ts';
import { useActiveProfile, useHasOrchestrator } from '../live/profile.ts';
import { ServerCachePanel } from '../panels/server-cache-panel.tsx';
import { ManagerCachePanel } from '../workstations/manager-cache.tsx';

/** The caches the servers keep for themselves. Clearing ours leaves them as they are, and the other way round. */
export function ServersTab() {
  const paused = usePaused();
  const read = useHasOrchestrator();
  const profile = useActiveProfile();
  const url = useFeed('profiles.state')?.url ?? 'no address';
  const session = useFeed('workstations.session');
  const manager = session?.connected === true;
  return (
    <div className="servers">
      {read && (
        <ServerCachePanel
          paused={paused}
          target={profile ? `${profile.name} (${url})` : 'the connected orchestrator'}
        />
      )}
      {manager && session && <ManagerCachePanel session={session} paused={paused} />}
      {!read && !manager && <p className="empty">This profile has no server that keeps a cache.</p>}
    </div>
  );
}
