import type { ServerEvents } from '../../shared/contract/fleet.ts';
import { usePaused } from '../live/feed.ts';
import type { Source } from '../live/source.ts';
import { useWatched } from '../live/watched.tsx';
import { ChipWithChain } from '../ui/age-chain.tsx';
import { failureWordsOf } from '../ui/words.ts';
import { skewWords } from './clock-skew.ts';

/** How old the orchestrator's own events are, and what is to be known of their times. */
export function ServerNote({ source }: { readonly source: Source<ServerEvents> }) {
  const paused = usePaused();
  const { status } = useWatched();
  const skew = skewWords(status);
  return (
    <p className="event-server">
      <span className="muted">Orchestrator’s events</span>
      <ChipWithChain source={source} paused={paused} />
      <span className="muted">{noteOf(source)}</span>
      {skew !== null && (
        <span className="mark" data-role="attention">
          <span className="chip-glyph" aria-hidden="true">
            ◔
          </span>{' '}
          {skew}
        </span>
      )}
    </p>
  );
}

function noteOf(source: Source<ServerEvents>): string {
  const { supported, failure, value } = source.reading;
  if (!supported) return 'This backend tells no events.';
  if (failure) return `Not read again: ${failureWordsOf(source) ?? ''}. The last ones are shown.`;
  if (source.callError !== null) return source.callError;
  if (value === null) return '';
  return value.events.length === 0 ? 'It tells none.' : 'What it says it did, which is no proof.';
}
