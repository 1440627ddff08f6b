import { Cloud, Monitor } from 'lucide-react';
import { useEffect, useId } from 'react';
import type { ReactNode } from 'react';
import type { PortalState } from '../../shared/contract/portal.ts';
import type { ManagerSessionState } from '../../shared/contract/workstations.ts';
import { useFeed } from '../live/feed.ts';
import { remember, remembered } from '../live/remembered.ts';
import type { Source } from '../live/source.ts';
import { usePoll } from '../live/use-poll.ts';
import { ChipWithChain } from '../ui/age-chain.tsx';
import { plural } from '../ui/format.ts';
import { useUnsure } from '../ui/use-unsure.ts';
import { notOnlineWords, onlineWords } from '../workstations/list-model.ts';

const memory = 'further-backends';

/** A line for each further backend of the profile; nothing where it has none. */
export function FurtherBackends({ paused }: { readonly paused: boolean }) {
  const portal = useFeed('portal.state');
  const manager = useFeed('workstations.session');
  const known = portal !== undefined && manager !== undefined;
  const some = (portal?.connected ?? false) || (manager?.connected ?? false);
  useEffect(() => {
    if (known) remember(memory, some ? 'some' : 'none');
  }, [known, some]);
  // The room is kept until main has told, so that nothing moves then.
  if (!known) return remembered(memory) === 'none' ? null : <div className="further further-space" />;
  if (!some) return null;
  return (
    <div className="further">
      {portal.connected && <PortalCard state={portal} />}
      {manager.connected && <WorkstationsCard session={manager} paused={paused} />}
    </div>
  );
}

interface CardProps {
  readonly title: string;
  readonly hash: string;
  readonly icon: ReactNode;
  readonly chip?: ReactNode;
  readonly children: ReactNode;
}

function FurtherCard({ title, hash, icon, chip, children }: CardProps) {
  const id = useId();
  return (
    <section className="card further-card" aria-labelledby={id}>
      <h2 id={id}>
        {icon}
        <a href={hash}>{title}</a>
      </h2>
      <p className="further-words">{children}</p>
      {chip}
    </section>
  );
}

/** Who is signed in, as main knows: the portal itself is asked on its own page only. */
function PortalCard({ state: { users } }: { readonly state: PortalState }) {
  const waiting = users.filter(({ needsSignIn }) => needsSignIn).length;
  return (
    <FurtherCard title="Portal" hash="#/portal" icon={<Cloud size={16} aria-hidden="true" />}>
      <strong>
        {users.length === waiting ? 'Nobody' : plural(users.length - waiting, 'user', 'users')} signed in
      </strong>
      {waiting > 0 && (
        <span className="mark" data-role="attention">
          {' · '}
          <span className="chip-glyph" aria-hidden="true">
            ▲
          </span>{' '}
          {waiting === 1 ? '1 needs' : `${waiting} need`} to sign in
        </span>
      )}
    </FurtherCard>
  );
}

interface WorkstationsProps {
  readonly session: ManagerSessionState;
  readonly paused: boolean;
}

function WorkstationsCard({ session, paused }: WorkstationsProps) {
  const list = usePoll('workstations.list', session.user);
  const unsure = useUnsure(list, paused);
  const { value } = list.reading;
  const others = value ? notOnlineWords(value.workstations) : '';
  return (
    <FurtherCard
      title="Workstations"
      hash="#/workstations"
      icon={<Monitor size={16} aria-hidden="true" />}
      chip={<ChipWithChain source={list} paused={paused} />}
    >
      {value ? (
        <>
          <strong>
            {unsure ? `Last said: ${onlineWords(value.workstations)}` : onlineWords(value.workstations)}
          </strong>
          {others !== '' && ` · ${others}`}
        </>
      ) : (
        <span className="muted">{noListWords(session, list)}</span>
      )}
    </FurtherCard>
  );
}

function noListWords({ signedOut }: ManagerSessionState, { reading, callError }: Source<unknown>): string {
  if (!reading.supported) return 'This backend does not list workstations.';
  const { failure } = reading;
  if (!failure) return callError ?? 'Reading the list…';
  return signedOut !== null && failure.code === 'unauthorized' ? 'Nobody is signed in' : failure.message;
}
