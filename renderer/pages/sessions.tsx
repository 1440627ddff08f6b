import '../styles/pages/sessions.css';
import { useState } from 'react';
import { ExportMenu } from '../export/export-menu.tsx';
import { useFeed } from '../live/feed.ts';
import { useFound } from '../live/found.ts';
import { useMay } from '../live/use-may.ts';
import { ClearAll } from '../sessions/clear-all.tsx';
import { Comparison } from '../sessions/comparison.tsx';
import { Inspector } from '../sessions/inspector.tsx';
import { Isolation } from '../sessions/isolation.tsx';
import { Totals } from '../sessions/totals.tsx';
import { useSessionList } from '../sessions/use-sessions.ts';
import { UsersTable, userColumns } from '../sessions/users-table.tsx';
import { Banner } from '../ui/banner.tsx';
import { plural } from '../ui/format.ts';
import { PageHeading } from '../ui/page-heading.tsx';
import { Panel } from '../ui/panel.tsx';
import { routes } from '../frame/routes.ts';

/** What is kept of each portal user, how old it is and what it saved. */
export function Sessions() {
  const { data, error } = useSessionList();
  const portal = useFeed('portal.state');
  const [inspected, setInspected] = useState<string | null>(null);
  const { may } = useMay('sessions.inspect');
  useFound('session', setInspected);
  const users = data?.value.users ?? [];
  const session = users.find(({ user }) => user === inspected);
  return (
    <div className="sessions">
      <PageHeading>Sessions</PageHeading>
      {error && (
        <Banner tone="attention" glyph="▲" title="The sessions could not be read:">
          {error.message}
        </Banner>
      )}
      {data && <Totals told={data.value} />}
      <Panel
        title="Users"
        aside={data && <span className="muted">{plural(users.length, 'session', 'sessions')}</span>}
        actions={
          <>
            <ExportMenu
              of={{
                name: 'sessions',
                title: 'Sessions',
                columns: userColumns(data?.at.wall ?? 0),
                rows: () => users,
              }}
              empty={users.length === 0}
            />
            <ClearAll users={users.length} />
          </>
        }
      >
        {!data && (
          <p className="empty sessions-space">{error ? 'Nothing is known.' : 'Reading the sessions…'}</p>
        )}
        {data && users.length === 0 && (
          <p className="empty sessions-space">
            {portal?.connected === false ? (
              <>
                This profile has no portal, so there are no sessions.{' '}
                <a href={routes.settings.hash}>Add one in Settings</a>
              </>
            ) : (
              'Nothing is kept of anybody yet. A session begins when a user’s engagement is looked at.'
            )}
          </p>
        )}
        {data && users.length > 0 && <UsersTable users={users} at={data.at} onInspect={setInspected} />}
      </Panel>
      <Isolation />
      <Comparison users={portal?.users ?? []} />
      {inspected !== null && may && (
        <Inspector
          key={inspected}
          user={inspected}
          masked={session?.masked ?? 'a user'}
          onClose={() => setInspected(null)}
        />
      )}
    </div>
  );
}
