import { useEffect, useRef } from 'react';
import type { PortalContext, PortalUser } from '../../shared/contract/portal.ts';
import type { Stamp } from '../live/ticker.ts';
import { Banner } from '../ui/banner.tsx';
import { errorOf } from './block-state.ts';
import { ClustersBlock } from './clusters-block.tsx';
import { EngagementChooser, EngagementPanel } from './engagement-panel.tsx';
import { StructureBlocks } from './structure-blocks.tsx';
import { useContext, useEngagementChoice } from './use-portal.ts';
import { VmsBlock } from './vms-block.tsx';

/** Everything of one user. Keyed by the user: nothing of the one before is there for the next. */
export function UserData({ user }: { readonly user: PortalUser }) {
  const choice = useEngagementChoice(user.user);
  const place = useRef<HTMLElement>(null);
  const { state } = choice.attempt;
  useEffect(() => {
    // The button that was pressed is gone with what it stood in.
    if (state === 'running' && document.activeElement === document.body) place.current?.focus();
  }, [state]);
  return (
    <section ref={place} className="portal-data" aria-label={`Data of ${user.masked}`} tabIndex={-1}>
      <Told user={user} {...choice} />
    </section>
  );
}

type ToldProps = { readonly user: PortalUser } & ReturnType<typeof useEngagementChoice>;

/** What the portal told, or why it did not. */
function Told({ user, attempt, choose }: ToldProps) {
  const { data, error, isFetching, refetch } = useContext(user.user);
  if (attempt.state === 'running') {
    return (
      <p className="panel empty page-space">Changing to the engagement: everything is asked for anew…</p>
    );
  }
  const failed = error !== null && (
    <Banner tone="attention" glyph="▲" title="The portal could not be asked:">
      {errorOf(error).message}{' '}
      <button type="button" className="link-button" onClick={() => void refetch()}>
        Try again
      </button>
    </Banner>
  );
  if (!data) return failed || <p className="panel empty page-space">Asking the portal who this user is…</p>;
  const { value: context, at } = data;
  const failure = attempt.state === 'failed' ? attempt.why : null;
  if (context.mustChoose) {
    return (
      <>
        {failed}
        <EngagementChooser offered={context.engagements} at={at} failure={failure} onChoose={choose} />
      </>
    );
  }
  return (
    <>
      {failed}
      {failure !== null && (
        <Banner tone="attention" glyph="✕" title="The engagement was not changed:">
          {failure}
        </Banner>
      )}
      <Known user={user} context={context} at={at} busy={isFetching} onChoose={choose} />
    </>
  );
}

interface KnownProps {
  readonly user: PortalUser;
  readonly context: PortalContext;
  readonly at: Stamp;
  readonly busy: boolean;
  readonly onChoose: (id: number) => void;
}

function Known({ user: { user, needsSignIn }, context, at, busy, onChoose }: KnownProps) {
  const id = context.engagement.value?.id;
  return (
    <>
      <EngagementPanel user={user} context={context} at={at} busy={busy} onChoose={onChoose} />
      <StructureBlocks user={user} context={context} at={at} busy={busy} />
      {id !== undefined && (
        // Another engagement's lists are other lists, with their own filter.
        <div key={id} className="portal-lists">
          <ClustersBlock
            user={user}
            engagementId={id}
            mayAsk={!needsSignIn}
            endpoints={context.endpoints.value}
          />
          <VmsBlock user={user} engagementId={id} mayAsk={!needsSignIn} />
        </div>
      )}
    </>
  );
}
