import type { ManagerSessionState } from '../../shared/contract/workstations.ts';
import { useFeed, usePaused } from '../live/feed.ts';
import { usePoll } from '../live/use-poll.ts';
import { PageHeading } from '../ui/page-heading.tsx';
import { AccountPanel } from '../workstations/account-panel.tsx';
import { ListPanel } from '../workstations/list-panel.tsx';
import { ManagerCachePanel, ManagerMetricsPanel } from '../workstations/manager-cache.tsx';

/** The workstation manager of the active profile: who is signed in, its workstations, its own cache. */
export function Workstations() {
  const session = useFeed('workstations.session');
  return (
    <>
      <PageHeading>Workstations</PageHeading>
      {session === undefined && <p className="empty page-space">Asking who is signed in…</p>}
      {session?.connected === false && (
        <section className="panel">
          <p>
            This profile has no workstation manager. <a href="#/settings">Add one in Settings.</a>
          </p>
        </section>
      )}
      {session?.connected && <Manager session={session} />}
    </>
  );
}

function Manager({ session }: { readonly session: ManagerSessionState }) {
  const list = usePoll('workstations.list', session.user);
  const paused = usePaused();
  const { value, failure } = list.reading;
  const refused = failure?.code === 'unauthorized' || failure?.code === 'forbidden';
  const closed = session.signedOut !== null && value === null && (session.user === null || refused);
  return (
    <div className="manager">
      <AccountPanel session={session} list={list} />
      {!closed && (
        <>
          <ListPanel session={session} list={list} paused={paused} />
          <ManagerCachePanel session={session} paused={paused} />
          <ManagerMetricsPanel session={session} paused={paused} />
        </>
      )}
    </div>
  );
}
