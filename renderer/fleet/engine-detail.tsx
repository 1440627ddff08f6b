import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Engine } from '../../shared/contract/orchestrator.ts';
import { useClient } from '../live/client-context.ts';
import { EngineMark } from '../panels/engines-mark.tsx';
import { engineName } from '../panels/engines-words.ts';
import { Fact, Facts, Missing } from '../ui/facts.tsx';
import { bytesText, countText, percentText, plural } from '../ui/format.ts';
import { StrongConfirm } from '../ui/strong-confirm.tsx';
import { AgeOf } from './age-of.tsx';
import { useChanges } from './changes.tsx';
import { CopyableId, Detail } from './detail.tsx';
import { EngineLog } from './engine-log.tsx';
import { EngineStreams } from './engine-streams.tsx';
import { forwardedText } from './engine-columns.tsx';
import type { Opened } from './opened.tsx';
import { useNameToType, useTarget } from './target.ts';
import { Gate } from '../ui/gate.tsx';

interface Props {
  readonly id: string;
  /** undefined: the list does not have it (any more). */
  readonly engine: Engine | undefined;
  readonly opened: Opened;
}

/** Everything that is told of one engine. */
export function EngineDetail({ id, engine, opened }: Props) {
  const name = useLastName(id, engine);
  return (
    <Detail opened={opened} title={name}>
      {engine ? (
        <EngineFacts engine={engine} />
      ) : (
        <p className="empty">It is not listed any more: deleted, or hidden because its VPN is down.</p>
      )}
      <CopyableId label="Container id" value={id} />
      {engine && <Remove engine={engine} />}
      {engine && <EngineStreams engine={id} />}
      <EngineLog key={id} engine={id} />
    </Detail>
  );
}

/** It keeps its name after it has left the list. */
function useLastName(id: string, engine: Engine | undefined): string {
  const [last, setLast] = useState({ id, name: id.slice(0, 12) });
  const name = engine ? engineName(engine) : last.id === id ? last.name : id.slice(0, 12);
  if (last.id !== id || last.name !== name) setLast({ id, name });
  return name;
}

function EngineFacts({ engine }: { readonly engine: Engine }) {
  const { streams, cpuPercent, memoryBytes, port, host, vpn, version, firstSeen, lastSeen, lastHealthCheck } =
    engine;
  return (
    <Facts>
      <Fact label="Health">
        <EngineMark engine={engine} />
      </Fact>
      <Fact label="Checked">
        <AgeOf at={lastHealthCheck} never="never" ago />
      </Fact>
      <Fact label="Streams">{streams === null ? <Missing /> : countText(streams)}</Fact>
      <Fact label="CPU">{cpuPercent === null ? <Missing /> : `${percentText(cpuPercent)} %`}</Fact>
      <Fact label="Memory">{memoryBytes === null ? <Missing /> : bytesText(memoryBytes)}</Fact>
      <Fact label="Version">{version ?? <Missing />}</Fact>
      <Fact label="VPN">{vpn ?? <Missing why="none" />}</Fact>
      <Fact label="Host">{host ?? <Missing />}</Fact>
      <Fact label="Port">{port ?? <Missing />}</Fact>
      <Fact label="Forwarded port">{engine.forwarded ? forwardedText(engine) : <Missing why="none" />}</Fact>
      <Fact label="First seen">
        <AgeOf at={firstSeen} ago />
      </Fact>
      <Fact label="Last seen">
        <AgeOf at={lastSeen} ago />
      </Fact>
    </Facts>
  );
}

function Remove({ engine }: { readonly engine: Engine }) {
  const client = useClient();
  const { run, isRunning } = useChanges();
  const nameToType = useNameToType();
  const where = useTarget();
  const [open, setOpen] = useState(false);
  const name = engineName(engine);
  const target = `engine ${engine.id}`;
  const running = isRunning(target);
  const refusal = running
    ? 'It is being deleted; the answer can take 30 s.'
    : engine.leaving
      ? 'It was deleted and is listed for some more seconds.'
      : null;
  return (
    <div className="detail-actions">
      <Gate call="engines.remove">
        <button
          type="button"
          className="button small danger"
          aria-disabled={refusal !== null}
          onClick={() => setOpen(refusal === null)}
        >
          <Trash2 size={14} aria-hidden="true" />
          Delete this engine…
        </button>
      </Gate>
      <span className="fact-note">{refusal}</span>
      <StrongConfirm
        open={open}
        onOpenChange={setOpen}
        title={`Delete the engine ${name}?`}
        verb="delete"
        busy={running}
        nameToType={nameToType}
        onConfirmed={() => {
          setOpen(false);
          run(target, `Deleting ${name}`, () => client.call('engines.remove', { id: engine.id }));
        }}
      >
        <p>
          Its container on <strong>{where}</strong> is stopped and removed. {streamsWords(engine.streams)}{' '}
          There is no undo. It is sent once; stopping can take 10 s.
        </p>
      </StrongConfirm>
    </div>
  );
}

function streamsWords(streams: number | null): string {
  if (streams === null) return 'How many streams it serves is not reported.';
  if (streams === 0) return 'It serves no stream now.';
  return `${plural(streams, 'stream that it serves ends', 'streams that it serves end')} with it.`;
}
