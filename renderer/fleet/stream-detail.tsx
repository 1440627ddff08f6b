import { use } from 'react';
import type { Stream } from '../../shared/contract/fleet.ts';
import { showFound } from '../live/found.ts';
import { WordMark } from '../panels/engines-mark.tsx';
import { Fact, Facts, Missing } from '../ui/facts.tsx';
import { countText, dateTimeText } from '../ui/format.ts';
import { AgeOf } from './age-of.tsx';
import { CopyableId, Detail } from './detail.tsx';
import type { Opened } from './opened.tsx';
import { StopStreams } from './stop-streams.tsx';
import { StreamCharts } from './stream-charts.tsx';
import { EngineNamesContext, engineOf } from './stream-columns.tsx';
import { bufferWords, keyTypeWords, shortKey, streamState } from './stream-words.ts';
import { mebibytesText } from './units.ts';

interface Props {
  readonly id: string;
  /** undefined: the list does not have it (any more). */
  readonly stream: Stream | undefined;
  readonly opened: Opened;
}

/** Everything that is told of one stream, with its speed and peers as they are now. */
export function StreamDetail({ id, stream, opened }: Props) {
  return (
    <Detail opened={opened} title={stream ? `Stream ${shortKey(stream)}` : 'Stream'}>
      {stream ? (
        <>
          <StreamFacts stream={stream} />
          <CopyableId label={`Key (${keyTypeWords[stream.keyType]})`} value={stream.key} />
        </>
      ) : (
        <p className="empty">
          It is not listed any more: ended ones are forgotten after a time, and at once by new releases.
        </p>
      )}
      <CopyableId label="Stream id" value={id} />
      {stream && (
        <div className="detail-actions">
          <StopStreams streams={[stream]} one />
        </div>
      )}
      {stream && <StreamCharts key={id} stream={id} running={stream.endedAt === null} />}
    </Detail>
  );
}

function StreamFacts({ stream }: { readonly stream: Stream }) {
  const names = use(EngineNamesContext);
  const { peers, speedDown, speedUp, downloaded, uploaded, buffer, startedAt, endedAt, live, engineId } =
    stream;
  return (
    <Facts>
      <Fact label="State">
        <WordMark mark={streamState(stream)} />
      </Fact>
      <Fact label={endedAt === null ? 'Since' : 'Started'}>
        <AgeOf at={startedAt} />
      </Fact>
      <Fact label={endedAt === null ? 'Kind' : 'Ended'}>
        {endedAt !== null ? dateTimeText(endedAt) : live === null ? <Missing /> : live ? 'live' : 'recorded'}
      </Fact>
      <Fact label="Engine" wide>
        {engineId === null ? (
          <Missing />
        ) : (
          <button type="button" className="row-open" onClick={() => showFound('engine', engineId)}>
            {engineOf(stream, names)}
          </button>
        )}
      </Fact>
      <Fact label="Down">{speedDown === null ? <Missing /> : `${mebibytesText(speedDown)} MiB/s`}</Fact>
      <Fact label="Up">{speedUp === null ? <Missing /> : `${mebibytesText(speedUp)} MiB/s`}</Fact>
      <Fact label="Peers">{peers === null ? <Missing /> : countText(peers)}</Fact>
      <Fact label="Downloaded">{downloaded === null ? <Missing /> : `${mebibytesText(downloaded)} MiB`}</Fact>
      <Fact label="Uploaded">{uploaded === null ? <Missing /> : `${mebibytesText(uploaded)} MiB`}</Fact>
      <Fact label="Pieces ahead">{buffer?.pieces ?? <Missing />}</Fact>
      <Fact label="Buffer" wide>
        {buffer ? bufferWords(buffer) : <Missing />}
      </Fact>
    </Facts>
  );
}
