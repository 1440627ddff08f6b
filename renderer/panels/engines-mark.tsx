import type { Engine } from '../../shared/contract/orchestrator.ts';
import { engineState } from './engines-words.ts';
import type { Word } from './orchestrator-words.ts';

/** A state by shape, word and colour. */
export function WordMark({ mark: { glyph, word, role } }: { readonly mark: Word }) {
  return (
    <span className="mark" data-role={role}>
      <span className="chip-glyph" aria-hidden="true">
        {glyph}
      </span>{' '}
      {word}
    </span>
  );
}

export function EngineMark({ engine }: { readonly engine: Engine }) {
  return <WordMark mark={engineState(engine)} />;
}
