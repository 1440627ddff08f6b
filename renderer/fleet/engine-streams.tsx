import { usePoll } from '../live/use-poll.ts';
import { usePaused } from '../live/feed.ts';
import { showFound } from '../live/found.ts';
import { ChipWithChain } from '../ui/age-chain.tsx';
import { plural } from '../ui/format.ts';
import { shortKey } from './stream-words.ts';
import { mebibytesText } from './units.ts';

/** Streams listed; the Streams tab has the rest. */
const mostListed = 6;

/** What an engine serves now. */
export function EngineStreams({ engine }: { readonly engine: string }) {
  const source = usePoll('streams.list');
  const paused = usePaused();
  const { value, supported } = source.reading;
  const streams =
    value?.streams.filter(({ engineId, endedAt }) => engineId === engine && endedAt === null) ?? [];
  return (
    <section aria-label="Its streams">
      <header className="card-head">
        <h3>{value ? plural(streams.length, 'stream runs', 'streams run') : 'Its streams'}</h3>
        <ChipWithChain source={source} paused={paused} />
      </header>
      {!supported && <p className="fact-note">This backend does not list streams.</p>}
      <ul className="engine-streams">
        {streams.slice(0, mostListed).map((stream) => (
          <li key={stream.id}>
            <button type="button" className="row-open mono" onClick={() => showFound('stream', stream.id)}>
              {shortKey(stream)}
            </button>
            <span className="muted">{mebibytesText(stream.speedDown)} MiB/s down</span>
          </li>
        ))}
      </ul>
      {streams.length > mostListed && (
        <p className="fact-note">and {streams.length - mostListed} more, in the tab Streams</p>
      )}
    </section>
  );
}
