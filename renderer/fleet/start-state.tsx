import type { ReactNode } from 'react';
import type { OrchestratorStatus } from '../../shared/contract/orchestrator.ts';
import type { Source } from '../live/source.ts';
import { useWatched } from '../live/watched.tsx';
import { blockedRemedy, blockedWords } from '../panels/orchestrator-words.ts';
import type { Blocked } from '../panels/orchestrator-words.ts';
import { Missing } from '../ui/facts.tsx';
import { WordMark } from '../panels/engines-mark.tsx';
import { useClearsIn } from './countdown.ts';

interface Props {
  readonly source: Source<OrchestratorStatus>;
  /** The reason stands elsewhere: see `blockNote`. */
  readonly brief?: boolean;
}

/** Whether engines can be started, and if not: why, for how long, and what it takes. */
export function StartState({ source, brief = false }: Props) {
  const provisioning = source.reading.value?.provisioning;
  if (!provisioning) return <Missing why="not known" />;
  const { canProvision, blocked } = provisioning;
  if (blocked) {
    return (
      <>
        <BlockMark blocked={blocked} />
        {!brief && (
          <span className="fact-note">
            <BlockNote blocked={blocked} />
          </span>
        )}
      </>
    );
  }
  if (canProvision === null) return <Missing />;
  return canProvision ? (
    <WordMark mark={{ glyph: '●', word: 'Can start engines', role: 'ok' }} />
  ) : (
    <WordMark mark={{ glyph: '▲', word: 'Blocked, no reason given', role: 'attention' }} />
  );
}

/** Full is a fact, not a fault. */
const fullMark = { glyph: '–', role: 'neutral' } as const;
const blockedMark = { glyph: '▲', role: 'attention' } as const;

function BlockMark({ blocked }: { readonly blocked: Blocked }) {
  const mark = blocked.code === 'max_capacity' ? fullMark : blockedMark;
  return <WordMark mark={{ ...mark, word: blockedWords(blocked) }} />;
}

/** For how long starting is blocked, and what it takes; null: it is not. */
export function blockNote({ provisioning: { blocked } }: OrchestratorStatus): ReactNode {
  return blocked && <BlockNote blocked={blocked} />;
}

function BlockNote({ blocked }: { readonly blocked: Blocked }) {
  const { status } = useWatched();
  const clears = useClearsIn(status, blocked.recoveryEtaSeconds);
  return (
    <>
      {clears} {blockedRemedy(blocked)}
    </>
  );
}
