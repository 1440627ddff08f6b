import type { OrchestratorStatus } from '../../shared/contract/orchestrator.ts';
import type { Source } from '../live/source.ts';
import { blockedRemedy, blockedWords } from '../panels/orchestrator-words.ts';
import type { Blocked } from '../panels/orchestrator-words.ts';
import { Missing } from '../ui/facts.tsx';
import { WordMark } from '../panels/engines-mark.tsx';
import { useClearsIn } from './countdown.ts';

interface Props {
  readonly source: Source<OrchestratorStatus>;
}

/** Whether engines can be started, and if not: why, for how long, and what it takes. */
export function StartState({ source }: Props) {
  const provisioning = source.reading.value?.provisioning;
  if (!provisioning) return <Missing why="not known" />;
  const { canProvision, blocked } = provisioning;
  if (blocked) return <Block source={source} blocked={blocked} />;
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

function Block({ source, blocked }: Props & { readonly blocked: Blocked }) {
  const clears = useClearsIn(source, blocked.recoveryEtaSeconds);
  const full = blocked.code === 'max_capacity';
  const word = blockedWords(blocked);
  return (
    <>
      <WordMark mark={full ? { ...fullMark, word } : { ...blockedMark, word }} />
      <span className="fact-note">
        {clears} {blockedRemedy(blocked)}
      </span>
    </>
  );
}
