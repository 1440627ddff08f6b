import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { updatingAfter } from '../../shared/model/freshness.ts';
import type { CallName } from '../../shared/rpc/client.ts';
import type { ChipRole } from '../../shared/model/freshness.ts';
import { ageText } from '../../shared/model/age.ts';
import { spanBetween, useTicking } from '../live/ticker.ts';
import { Panel } from '../ui/panel.tsx';
import { useDelayed } from '../ui/use-delayed.ts';
import { blockKind } from './block-state.ts';
import type { BlockKind, BlockState } from './block-state.ts';
import { Gate } from '../ui/gate.tsx';

interface Mark {
  readonly glyph: string;
  readonly word: string;
  readonly role: ChipRole;
}

const marks: Readonly<Record<BlockKind, Mark>> = {
  'not-loaded': { glyph: '○', word: 'Not loaded yet', role: 'neutral' },
  loading: { glyph: '◐', word: 'Loading', role: 'neutral' },
  'no-data': { glyph: '✕', word: 'No data', role: 'bad' },
  updating: { glyph: '◐', word: 'Updating', role: 'ok' },
  failing: { glyph: '✕', word: 'Failing', role: 'attention' },
  cached: { glyph: '●', word: 'Cached', role: 'ok' },
  loaded: { glyph: '●', word: 'Loaded', role: 'ok' },
};

/** Glyph, word and age of a block; the age counts on. */
export function BlockChip({ state }: { readonly state: BlockState }) {
  const busy = useDelayed(state.busy, updatingAfter);
  // Without a value there is nothing to keep showing: that it is being loaded is said at once.
  const kind = blockKind(state, state.from === null ? state.busy : busy);
  const age = useAge(state);
  const { glyph, word, role } = marks[kind];
  const detail =
    kind === 'no-data' ? (state.failure?.reason ?? null) : kind === 'failing' ? `showing ${age}` : age;
  return (
    <span className="chip block-chip" data-role={role} data-kind={kind}>
      <span className="chip-glyph" aria-hidden="true">
        {glyph}
      </span>
      <span className="chip-word">{word}</span>
      {detail !== null && <span className="chip-detail"> · {detail}</span>}
    </span>
  );
}

/** The age alone, beside a value that stands in another's block. */
export function BlockAge({ state }: { readonly state: BlockState }) {
  const age = useAge(state);
  return age !== null && <span className="fact-note">{age}</span>;
}

/** "3 h 04 min old"; null: there is no value. */
function useAge({ from, age, at }: BlockState): string | null {
  return useTicking((now) => {
    if (from === null) return null;
    const text = ageText(age + spanBetween(at, now));
    return text === 'just now' ? text : `${text} old`;
  });
}

interface RefreshProps {
  /** What is refreshed, for those who hear the button alone. */
  readonly what: string;
  readonly busy: boolean;
  readonly onRefresh: () => void;
  /** "Load" where nothing was loaded yet. */
  readonly word?: string;
}

export function RefreshButton({ what, busy, onRefresh, word = 'Refresh' }: RefreshProps) {
  return (
    <button
      type="button"
      className="button small block-refresh"
      aria-label={`${word} ${what}`}
      aria-disabled={busy}
      onClick={() => {
        if (!busy) onRefresh();
      }}
    >
      <RotateCw size={14} aria-hidden="true" className={busy ? 'turning' : undefined} />
      {word}
    </button>
  );
}

interface Props {
  readonly title: string;
  /** What its Refresh button is called behind the word: "business units". */
  readonly what: string;
  readonly state: BlockState;
  readonly onRefresh: () => void;
  /** What its Refresh asks for. */
  readonly call: CallName;
  /** What there is none of, in a sentence: shown where the portal's answer is empty. null: there is some. */
  readonly empty: string | null;
  /** At the foot: how many there are. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly className?: string;
  /** The value; drawn only where there is one that is not empty. */
  readonly children: ReactNode;
}

/** One thing of the portal with its own age, refresh and failure: what goes wrong here stays here. */
export function Block(props: Props) {
  const { title, what, state, onRefresh, call, empty, note, actions, className = '', children } = props;
  const { from, failure, busy } = state;
  const noun = `the ${what}`;
  return (
    <Panel
      title={title}
      className={`block ${className}`}
      aside={<BlockChip state={state} />}
      actions={
        <div className="block-actions">
          {actions}
          <Gate call={call}>
            <RefreshButton
              what={what}
              busy={busy}
              onRefresh={onRefresh}
              word={from === null && failure === null ? 'Load' : 'Refresh'}
            />
          </Gate>
        </div>
      }
    >
      <div className="block-body">
        {from !== null && empty === null && children}
        {from !== null && empty !== null && <p className="empty">{empty}</p>}
        {from === null && busy && <p className="empty">Asking the portal for {noun}…</p>}
        {from === null && !busy && !failure && <p className="empty">Nobody has asked for {noun} yet.</p>}
        {from === null && !busy && failure && (
          <p className="empty">Nothing is known of {noun}: the portal did not tell.</p>
        )}
      </div>
      <div className="block-foot">
        {from !== null && <span className="muted">{note}</span>}
        <output>{failure && !busy && <FailureLine message={failure.message} />}</output>
      </div>
    </Panel>
  );
}

function FailureLine({ message }: { readonly message: string }) {
  return (
    <span className="block-failure">
      <span className="chip-glyph" data-role="bad" aria-hidden="true">
        ✕
      </span>{' '}
      {message}
    </span>
  );
}
