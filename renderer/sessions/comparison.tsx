import { useQuery } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import type { PortalUser } from '../../shared/contract/portal.ts';
import { spanText } from '../../shared/model/age.ts';
import { useClient } from '../live/client-context.ts';
import { spanBetween, stampNow, useTicking } from '../live/ticker.ts';
import type { Stamp } from '../live/ticker.ts';
import { userNote, useActingUser } from '../portal/acting-user.ts';
import { FormField } from '../ui/field.tsx';
import { dateTimeText } from '../ui/format.ts';
import { Panel } from '../ui/panel.tsx';
import { Choose } from '../ui/select.tsx';
import { ComparisonTable } from './comparison-table.tsx';
import { fiveOfDocument, threeOfDocument } from './document-figures.ts';
import { Gate } from '../ui/gate.tsx';

/** The operations of the session document, measured live and shown beside its figures. */
export function Comparison({ users }: { readonly users: readonly PortalUser[] }) {
  const { user, choose } = useActingUser(users);
  return (
    <Panel title="Comparison" className="sessions-comparison">
      <p>
        Runs the document’s three and five operations against the portal, live: without a store, with an empty
        one, with the same one again, and after a restart. It takes about 30 s and touches nobody’s session.
      </p>
      {users.length === 0 ? (
        <p className="empty">It needs a user of the portal: nobody is signed in.</p>
      ) : (
        <div className="portal-user-row">
          <FormField label="As user" button>
            <Choose
              value={user?.user ?? null}
              choices={[
                ...(user === null ? [{ value: null, label: 'Nobody' }] : []),
                ...users.map((one) => ({ value: one.user, label: one.masked, note: userNote(one) })),
              ]}
              onChange={choose}
            />
          </FormField>
          {user && <Measured key={user.user} user={user} />}
        </div>
      )}
    </Panel>
  );
}

/** The last comparison as a user is kept while the app is connected. Leaving the page ends one that runs. */
function Measured({ user: { user, needsSignIn } }: { readonly user: PortalUser }) {
  const client = useClient();
  const [startedAt, setStartedAt] = useState<Stamp | null>(null);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['sessions.compare', user],
    queryFn: ({ signal }) => client.call('sessions.compare', { user }, signal),
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
    retry: false,
    networkMode: 'always',
  });
  const run = (): void => {
    setStartedAt(stampNow());
    void refetch();
  };
  return (
    <>
      <Gate call="sessions.compare">
        <button
          type="button"
          className="button"
          disabled={needsSignIn}
          aria-disabled={isFetching}
          onClick={() => {
            if (!isFetching) run();
          }}
        >
          <FlaskConical size={14} aria-hidden="true" />
          {isFetching ? 'Running…' : data ? 'Run again' : 'Run'}
        </button>
      </Gate>
      <output className="comparison-state">
        {needsSignIn && 'This user needs to sign in first.'}
        {isFetching && startedAt && <Elapsed since={startedAt} />}
        {!isFetching && error && (
          <>
            <span className="chip-glyph" data-role="bad" aria-hidden="true">
              ✕
            </span>{' '}
            The comparison ended early: {error.message}
          </>
        )}
        {!isFetching && !error && data && (
          <span className="muted">Measured {dateTimeText(data.at)}, each figure live.</span>
        )}
      </output>
      {data && (
        <div className="comparison-results">
          <ComparisonTable title="Three operations" runs={data.three} document={threeOfDocument} />
          <ComparisonTable title="Five operations" runs={data.five} document={fiveOfDocument} />
        </div>
      )}
    </>
  );
}

/** Told once at the start, and counted for the eye. */
function Elapsed({ since }: { readonly since: Stamp }) {
  const text = useTicking((now) => spanText(spanBetween(since, now)));
  return (
    <>
      The operations run one after the other<span aria-hidden="true">: {text} of about 30 s</span>.
    </>
  );
}
