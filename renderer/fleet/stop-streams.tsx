import { Square } from 'lucide-react';
import { useState } from 'react';
import type { Stream } from '../../shared/contract/fleet.ts';
import type { CallOutput } from '../../shared/rpc/client.ts';
import { useClient } from '../live/client-context.ts';
import { plural } from '../ui/format.ts';
import { StrongConfirm } from '../ui/strong-confirm.tsx';
import { useChanges } from './changes.tsx';
import type { Settled } from './changes.tsx';
import { shortKey } from './stream-words.ts';
import { useNameToType, useTarget } from './target.ts';
import { Gate } from '../ui/gate.tsx';

/** Streams one call stops. */
export const mostStopped = 200;
/** Names listed in the question. */
const mostNamed = 5;
const target = 'streams';

interface Props {
  /** Those that are to be stopped; ended ones among them are left out. */
  readonly streams: readonly Stream[];
  /** What the button is about: one stream of its own, or those that are selected. */
  readonly one?: boolean;
  readonly onSent?: () => void;
}

/** Stops streams after a question, each once. */
export function StopStreams({ streams, one = false, onSent }: Props) {
  const client = useClient();
  const { run, isRunning } = useChanges();
  const nameToType = useNameToType();
  const where = useTarget();
  const [asked, setAsked] = useState<readonly Stream[] | null>(null);
  const running = streams.filter(({ endedAt }) => endedAt === null);
  const busy = isRunning(target);
  const refusal = refusalOf(running.length, { busy, one });
  const what = one ? 'this stream' : plural(running.length, 'stream', 'streams');
  const wanted = asked ?? [];
  return (
    <>
      <Gate call="streams.stop">
        <button
          type="button"
          className={one ? 'button small danger' : 'button'}
          aria-disabled={refusal !== null}
          title={refusal ?? undefined}
          onClick={() => setAsked(refusal === null ? running : null)}
        >
          <Square size={14} aria-hidden="true" />
          {busy ? 'Stopping…' : !one && running.length === 0 ? 'Stop selected…' : `Stop ${what}…`}
        </button>
      </Gate>
      {refusal !== null && (one || running.length > 0) && <span className="fact-note">{refusal}</span>}
      <StrongConfirm
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        title={`Stop ${plural(wanted.length, 'stream', 'streams')}?`}
        verb="stop"
        busy={busy}
        nameToType={nameToType}
        onConfirmed={() => {
          setAsked(null);
          run(target, `Stopping ${plural(wanted.length, 'stream', 'streams')}`, async () =>
            settledOf(await client.call('streams.stop', { ids: wanted.map(({ id }) => id) }), wanted),
          );
          onSent?.();
        }}
      >
        <p>
          On <strong>{where}</strong>. Who watches {wanted.length === 1 ? 'it' : 'them'} is cut off. There is
          no undo. Each is sent once.
        </p>
        <ul className="named mono">
          {wanted.slice(0, mostNamed).map((stream) => (
            <li key={stream.id}>{shortKey(stream)}</li>
          ))}
        </ul>
        {wanted.length > mostNamed && <p>and {wanted.length - mostNamed} more</p>}
      </StrongConfirm>
    </>
  );
}

/** Why the button does nothing now, in a sentence; null: it does. */
function refusalOf(
  n: number,
  { busy, one }: { readonly busy: boolean; readonly one: boolean },
): string | null {
  if (busy) return 'Streams are being stopped; wait for what comes of it.';
  if (n === 0) return one ? 'It has ended.' : 'Select running streams first.';
  return n > mostStopped ? `At most ${mostStopped} at once.` : null;
}

function settledOf({ results, found }: CallOutput<'streams.stop'>, wanted: readonly Stream[]): Settled {
  const names = new Map(wanted.map((stream) => [stream.id, shortKey(stream)]));
  const parts = results.map(({ id, stopped, said }) => ({
    id,
    name: names.get(id) ?? id.slice(0, 12),
    done: stopped,
    said,
  }));
  const stopped = parts.filter(({ done }) => done).length;
  return {
    outcome: stopped === parts.length ? 'done' : stopped > 0 ? 'part' : 'failed',
    said: `${stopped} of ${plural(parts.length, 'stream', 'streams')} stopped.`,
    found,
    retryInSeconds: null,
    parts,
  };
}
