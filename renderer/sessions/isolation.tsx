import { Panel } from '../ui/panel.tsx';
import { useIsolation } from './use-sessions.ts';

/** Whether anything of one user lies in another's place, as main found by looking. */
export function Isolation() {
  const { data, error, isFetching, refetch } = useIsolation();
  const mark = error
    ? { glyph: '?', word: 'Unknown', role: 'neutral' }
    : !data
      ? { glyph: '○', word: 'Not checked yet', role: 'neutral' }
      : data.ok
        ? { glyph: '●', word: 'Isolated', role: 'ok' }
        : { glyph: '✕', word: 'Not isolated', role: 'bad' };
  return (
    <Panel
      title="Isolation"
      className="isolation"
      aside={
        <span className="chip" data-role={mark.role}>
          <span className="chip-glyph" aria-hidden="true">
            {mark.glyph}
          </span>
          <span className="chip-word">{mark.word}</span>
        </span>
      }
      actions={
        <button
          type="button"
          className="button small"
          aria-disabled={isFetching}
          onClick={() => {
            if (!isFetching) void refetch();
          }}
        >
          {isFetching ? 'Checking…' : 'Check again'}
        </button>
      }
    >
      <output>
        {error ? `The check did not run: ${error.message}` : (data?.sentence ?? 'Looking through the store…')}
      </output>
      <p className="muted fact-note">
        Checks that every value and every file follows from its own user’s address, and that no two users
        share one.
      </p>
    </Panel>
  );
}
