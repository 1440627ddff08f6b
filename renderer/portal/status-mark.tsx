import type { ChipRole } from '../../shared/model/freshness.ts';
import { dash } from '../ui/format.ts';

interface Mark {
  readonly glyph: string;
  readonly word: string;
  readonly role: ChipRole;
}

/** The states of machines, clusters and zones that are known, by the portal's word in small letters. */
const marks: Readonly<Record<string, Mark>> = {
  active: { glyph: '●', word: 'Active', role: 'ok' },
  running: { glyph: '●', word: 'Running', role: 'ok' },
  healthy: { glyph: '●', word: 'Healthy', role: 'ok' },
  pending: { glyph: '◐', word: 'Pending', role: 'attention' },
  creating: { glyph: '◐', word: 'Creating', role: 'attention' },
  restore: { glyph: '↺', word: 'Restore', role: 'attention' },
  draft: { glyph: '○', word: 'Draft', role: 'neutral' },
  inactive: { glyph: '○', word: 'Inactive', role: 'neutral' },
  error: { glyph: '✕', word: 'Error', role: 'bad' },
};

function markOf(status: string): Mark {
  return marks[status.toLowerCase()] ?? { glyph: '?', word: status, role: 'neutral' };
}

/** A state by shape, word and colour; one that is not known here in the portal's own word. */
export function StatusMark({ status }: { readonly status: string | null }) {
  if (status === null) return <>{dash}</>;
  const { glyph, word, role } = markOf(status);
  return (
    <span className="mark" data-role={role}>
      <span className="chip-glyph" aria-hidden="true">
        {glyph}
      </span>{' '}
      {word}
    </span>
  );
}

/** How many are in which state, the most frequent first: "12 Active, 2 Pending". */
export function countByStatus(items: readonly { readonly status: string | null }[]): string {
  const counts = new Map<string, number>();
  for (const { status } of items) {
    const word = status === null ? 'not reported' : markOf(status).word;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([word, n]) => `${n} ${word}`)
    .join(', ');
}
