import type { Attempt } from './use-attempt.ts';

interface Props {
  readonly attempt: Attempt;
  /** Shown while it runs. */
  readonly running?: string;
}

/** How an action went, in words, beside what started it. A failure stays until the next try. */
export function Outcome({ attempt, running = 'Saving…' }: Props) {
  return (
    <output className="outcome">
      {attempt.state === 'running' && <span className="muted">{running}</span>}
      {attempt.state === 'done' && (
        <span className="muted">
          <span className="chip-glyph" data-role="ok" aria-hidden="true">
            ✓
          </span>{' '}
          {attempt.said}
        </span>
      )}
      {attempt.state === 'failed' && (
        <span>
          <span className="chip-glyph" data-role="bad" aria-hidden="true">
            ✕
          </span>{' '}
          {attempt.why}
        </span>
      )}
    </output>
  );
}
