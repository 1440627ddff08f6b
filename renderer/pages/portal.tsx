import '../styles/pages/portal.css';
import { routes } from '../frame/routes.ts';
import { useFeed } from '../live/feed.ts';
import { useFound } from '../live/found.ts';
import { useActiveProfile } from '../live/profile.ts';
import { useActingUser } from '../portal/acting-user.ts';
import { UserData } from '../portal/user-data.tsx';
import { UserPanel } from '../portal/user-panel.tsx';
import type { PortalState } from '../../shared/contract/portal.ts';
import { PageHeading } from '../ui/page-heading.tsx';

/** The portal on behalf of one user at a time: their engagement and what it holds. */
export function Portal() {
  const state = useFeed('portal.state');
  return (
    <>
      <PageHeading>Portal</PageHeading>
      {state === undefined && <p className="panel empty page-space">Waiting for the portal’s state…</p>}
      {state && !state.connected && <NoPortal />}
      {state?.connected && <Connected state={state} />}
    </>
  );
}

function Connected({ state }: { readonly state: PortalState }) {
  const { user, choose } = useActingUser(state.users);
  useFound('user', choose);
  return (
    <>
      <UserPanel state={state} user={user} onChoose={choose} />
      {user ? (
        <UserData key={user.user} user={user} />
      ) : (
        <p className="panel empty page-space">
          {state.users.length === 0
            ? 'Nobody is signed in. Sign in with a token to see an engagement.'
            : 'Nobody acts now. Choose a user to see their engagement.'}
        </p>
      )}
    </>
  );
}

function NoPortal() {
  const profile = useActiveProfile();
  return (
    <section className="panel portal-none" aria-label="No portal">
      <p>
        <strong>{profile?.name ?? 'This profile'} has no portal.</strong> With a portal’s address, this page
        shows engagements, business units, environments, zones, endpoints, VMs and clusters.
      </p>
      <p>
        <a href={routes.settings.hash}>Add a portal to a profile in Settings</a>
      </p>
    </section>
  );
}
