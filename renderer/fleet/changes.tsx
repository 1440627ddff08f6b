import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { MutationOutcome } from '../../shared/model/fleet.ts';
import { stampNow } from '../live/ticker.ts';
import type { Stamp } from '../live/ticker.ts';
import type { PollName } from '../live/source.ts';
import { useSay } from '../ui/toasts.tsx';
import type { ToastRole } from '../ui/toasts.tsx';

/** Of several things at once, one of them. */
export interface Part {
  readonly id: string;
  readonly name: string;
  readonly done: boolean;
  readonly said: string;
}

/** What came of a change. `part`: of several, some; `failed`: it was not sent, or nobody told. */
export interface Settled {
  readonly outcome: MutationOutcome | 'part' | 'failed';
  readonly said: string;
  readonly found: string;
  readonly retryInSeconds: number | null;
  readonly parts?: readonly Part[];
}

export interface Change {
  /** What it changes: no two run on the same. */
  readonly target: string;
  /** "Starting an engine". */
  readonly title: string;
  /** null: it runs. */
  readonly settled: Settled | null;
  /** When it began; once it has settled, when it did. */
  readonly at: Stamp;
}

interface Changes {
  /** The last ones of this visit, newest first. */
  readonly list: readonly Change[];
  readonly isRunning: (target: string) => boolean;
  /** Sends it once. While one runs on the same target, nothing is sent. */
  readonly run: (target: string, title: string, send: () => Promise<Settled>) => void;
  readonly dismiss: (target: string) => void;
}

/** What is read again after a change, as far as the page shows it. */
const readAgain: readonly PollName[] = [
  'engines.list',
  'engines.totals',
  'orchestrator.status',
  'orchestrator.health',
  'streams.list',
  'server.events',
];
/** Results kept on the page; the Events page has them all. */
const mostListed = 4;

export const outcomeMarks = {
  done: { glyph: '✓', word: 'Done', role: 'ok' },
  part: { glyph: '▲', word: 'Done in part', role: 'attention' },
  refused: { glyph: '▲', word: 'Refused', role: 'attention' },
  unknown: { glyph: '?', word: 'Unknown', role: 'attention' },
  failed: { glyph: '✕', word: 'Not done', role: 'bad' },
} as const satisfies Readonly<
  Record<Settled['outcome'], { readonly glyph: string; readonly word: string; readonly role: ToastRole }>
>;

const ChangesContext = createContext<Changes | null>(null);

export function useChanges(): Changes {
  const changes = use(ChangesContext);
  if (!changes) throw new Error('ChangesProvider is missing');
  return changes;
}

/**
 * What operators change on the orchestrator from this page: each once, never again by itself, whatever tab is shown.
 * Of what settles after the page was left, a message tells.
 */
export function ChangesProvider({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient();
  const say = useSay();
  const [list, setList] = useState<readonly Change[]>([]);
  const running = useRef(new Set<string>());
  const here = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);

  const run = useCallback<Changes['run']>(
    (target, title, send) => {
      if (running.current.has(target)) return;
      running.current.add(target);
      const put = (settled: Settled | null): void => {
        const next = { target, title, settled, at: stampNow() };
        setList((before) => [next, ...before.filter((one) => one.target !== target)].slice(0, mostListed));
      };
      const settle = async (): Promise<void> => {
        const settled = await send().catch(notSent);
        running.current.delete(target);
        if (here.current) put(settled);
        else {
          const { word, role } = outcomeMarks[settled.outcome];
          say(`${title}: ${word.toLowerCase()}`, `${settled.said} ${settled.found}`.trim(), role);
        }
        await Promise.all(readAgain.map((name) => queries.invalidateQueries({ queryKey: [name] })));
      };
      put(null);
      void settle();
    },
    [queries, say],
  );
  const dismiss = useCallback((target: string) => {
    setList((before) => before.filter((one) => one.target !== target || one.settled === null));
  }, []);
  const changes = useMemo(
    (): Changes => ({
      list,
      isRunning: (target) => list.some((one) => one.target === target && one.settled === null),
      run,
      dismiss,
    }),
    [list, run, dismiss],
  );
  return <ChangesContext value={changes}>{children}</ChangesContext>;
}

function notSent(error: unknown): Settled {
  return {
    outcome: 'failed',
    said: error instanceof Error ? error.message : String(error),
    found: '',
    retryInSeconds: null,
  };
}
