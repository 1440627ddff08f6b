import { chips } from '../../shared/model/freshness.ts';
import type { ChipKind, ChipRole } from '../../shared/model/freshness.ts';
import { useZone } from '../live/appearance.ts';
import { chipAt } from '../live/source.ts';
import { useFeed, useLinkState, usePaused } from '../live/feed.ts';
import { useHasOrchestrator } from '../live/profile.ts';
import { useTicking } from '../live/ticker.ts';
import { sourcesOf, useWatched } from '../live/watched.tsx';
import { minuteText } from '../ui/format.ts';

export interface Overall {
  readonly text: string;
  readonly glyph: string;
  readonly role: ChipRole;
  /** Before the document's title: "▲ 1 stale"; empty when there is nothing to say. */
  readonly prefix: string;
}

/** Worst first: what a group of sources is called by. */
const order: readonly ChipKind[] = ['no-data', 'stale', 'failing', 'late', 'not-loaded', 'last-session'];
const words: Readonly<Partial<Record<ChipKind, string>>> = {
  'no-data': 'without data',
  stale: 'stale',
  failing: 'failing',
  late: 'late',
  'not-loaded': 'not loaded yet',
  'last-session': 'from the last session',
};

/** The group's state: that of its worst member, counted. `pausedUntil`: wall clock, UTC ms; null: open. */
export function overallOf(kinds: readonly ChipKind[], pausedUntil: number | null = null): Overall {
  const all = kinds.length;
  if (kinds.length > 0 && kinds.every((kind) => kind === 'paused' || kind === 'not-reported')) {
    const until = pausedUntil === null ? '' : ` until ${minuteText(pausedUntil)}`;
    return { text: `Paused${until}`, glyph: '❚❚', role: 'neutral', prefix: '❚❚ Paused' };
  }
  for (const worst of order) {
    const n = kinds.filter((kind) => kind === worst).length;
    if (n === 0) continue;
    const chip = chips[worst];
    const word = words[worst] ?? '';
    const loud = chip.role === 'attention' || chip.role === 'bad';
    return {
      text: worst === 'not-loaded' ? 'Loading…' : `${n} of ${all} sources ${word}`,
      glyph: chip.glyph,
      role: chip.role,
      prefix: loud && worst !== 'late' ? `${chip.glyph} ${n} ${word}` : '',
    };
  }
  const reported = kinds.filter((kind) => kind !== 'not-reported').length;
  return {
    text: reported === all ? `All ${all} sources live` : `${reported} of ${all} live, rest not reported`,
    glyph: '●',
    role: 'ok',
    prefix: '',
  };
}

const separator = ' ';

/** The chip kinds of the watched sources, each second, as one string so that only a change renders. */
export function useKinds(): readonly ChipKind[] {
  const sources = sourcesOf(useWatched());
  const paused = usePaused();
  const joined = useTicking((now) =>
    sources.map((source) => chipAt(source, now, paused).kind).join(separator),
  );
  return joined.split(separator) as ChipKind[];
}

export function useOverall(): Overall {
  const kinds = useKinds();
  const link = useLinkState();
  const read = useHasOrchestrator();
  const until = useFeed('polling.state')?.pausedUntil ?? null;
  useZone();
  switch (link) {
    case 'open':
      return read
        ? overallOf(kinds, until)
        : { text: 'No orchestrator', glyph: '–', role: 'neutral', prefix: '' };
    case 'connecting':
      return { text: 'Connecting…', glyph: '○', role: 'neutral', prefix: '' };
    case 'lost':
      return { text: 'Not connected', glyph: '✕', role: 'bad', prefix: '✕ Not connected' };
    case 'signed-out':
      return { text: 'Signed out', glyph: '✕', role: 'bad', prefix: '✕ Signed out' };
  }
}

export function OverallChip() {
  const { text, glyph, role } = useOverall();
  return (
    <span className="overall" data-role={role} data-testid="overall">
      <span className="chip-glyph" aria-hidden="true">
        {glyph}
      </span>
      {text}
    </span>
  );
}
