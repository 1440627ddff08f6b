import { useState } from 'react';
import type { Engagement, PortalContext } from '../../shared/contract/portal.ts';
import type { Stamp } from '../live/ticker.ts';
import { Fact, Facts, Missing } from '../ui/facts.tsx';
import { Panel } from '../ui/panel.tsx';
import { failureOf, fieldState } from './block-state.ts';
import { Block, BlockAge, BlockChip } from './block.tsx';
import { EngagementList } from './engagement-list.tsx';
import { useFieldRefresh } from './use-portal.ts';

interface Props {
  readonly user: string;
  readonly context: PortalContext;
  readonly at: Stamp;
  readonly busy: boolean;
  readonly onChoose: (id: number) => void;
}

/** What the panel shows: both are loaded anew, because an administrator may have changed either. */
const shownHere = ['engagement_data', 'ipc_engagement_id'] as const;

/** The engagement that everything below belongs to: its name and its customer are always to be seen. */
export function EngagementPanel({ user, context, at, busy, onChoose }: Props) {
  const { engagement, engagements, ipcEngagementId } = context;
  const { running, failed, refresh } = useFieldRefresh(user, shownHere);
  const [changing, setChanging] = useState(false);
  const offered = engagements.value ?? [];
  const { value } = engagement;
  return (
    <Block
      title="Engagement"
      what="engagement"
      className="portal-engagement"
      state={fieldState(engagement, at, busy || running, failed)}
      onRefresh={refresh}
      call="sessions.refreshField"
      empty={null}
      actions={
        value &&
        offered.length > 1 && (
          <button
            type="button"
            className="button small"
            aria-expanded={changing}
            onClick={() => setChanging(!changing)}
          >
            Change…
          </button>
        )
      }
      note={
        engagements.failure
          ? `Which engagements there are is not known: ${failureOf(engagements.failure).message}`
          : offered.length > 1
            ? `One of ${offered.length} that the portal offers this user.`
            : 'The only one that the portal offers this user.'
      }
    >
      {value && (
        <>
          <p className="headline-word">{value.name ?? `Engagement ${value.id}`}</p>
          <p className="headline-sub">
            {value.customer === null ? 'Customer not reported' : `Customer: ${value.customer}`}
          </p>
          <Facts>
            <Fact label="Type">{value.type ?? <Missing />}</Fact>
            <Fact label="PaaS engagement id">
              <span className="mono">{value.id}</span>
            </Fact>
            <Fact label="IPC engagement id">
              {ipcEngagementId.value === null ? (
                <Missing why={ipcEngagementId.failure?.message ?? 'not loaded yet'} />
              ) : (
                <>
                  <span className="mono">{ipcEngagementId.value}</span>
                  <BlockAge state={fieldState(ipcEngagementId, at, false)} />
                </>
              )}
            </Fact>
          </Facts>
          {changing && <Change offered={offered} current={value.id} onChoose={onChoose} />}
        </>
      )}
    </Block>
  );
}

interface ChangeProps {
  readonly offered: readonly Engagement[];
  readonly current: number;
  readonly onChoose: (id: number) => void;
}

function Change({ offered, current, onChoose }: ChangeProps) {
  return (
    <div className="portal-change">
      <p className="muted">
        Another engagement drops everything that is kept of this one for this user; it is loaded anew.
      </p>
      <EngagementList offered={offered} current={current} onChoose={onChoose} />
    </div>
  );
}

interface ChooserProps {
  readonly offered: PortalContext['engagements'];
  readonly at: Stamp;
  /** Why the last choice did not work; null: there was none, or it did. */
  readonly failure: string | null;
  readonly onChoose: (id: number) => void;
}

/** For a user with several engagements and none chosen: nothing else is asked for before. */
export function EngagementChooser({ offered, at, failure, onChoose }: ChooserProps) {
  const list = offered.value ?? [];
  return (
    <Panel
      title="Choose an engagement"
      className="portal-chooser"
      aside={<BlockChip state={fieldState(offered, at, false)} />}
    >
      <p>
        This user has {list.length} engagements. Nothing else is asked for until one is chosen, so that no
        customer’s data is taken for another’s.
      </p>
      <EngagementList offered={list} current={null} onChoose={onChoose} />
      {failure !== null && (
        <p role="alert">
          <span className="chip-glyph" data-role="bad" aria-hidden="true">
            ✕
          </span>{' '}
          {failure}
        </p>
      )}
    </Panel>
  );
}
