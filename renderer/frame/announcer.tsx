import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { chips } from '../../shared/model/freshness.ts';
import type { ChipKind } from '../../shared/model/freshness.ts';
import { resourceTitles, watchedResources } from '../../shared/model/resources.ts';
import { useFeed } from '../live/feed.ts';
import { useKinds } from './overall.tsx';

const restMs = 10_000;
const speakAfterMs = 50;
/** Passing states: they come and go with each slow reply and are not worth a voice. */
const quiet: ReadonlySet<ChipKind> = new Set(['updating', 'late', 'not-loaded']);

function settled(kind: ChipKind, before: ChipKind | undefined): ChipKind | undefined {
  return quiet.has(kind) ? before : kind;
}

/**
 * Tells assistive technology which source changed its state, at most once per 10 s, and what of the app does not work.
 * Ages are never spoken.
 */
export function Announcer() {
  return (
    <Voice>
      <Transitions />
      <ProblemNews />
    </Voice>
  );
}

/** The region whose changes are spoken; a page has one. */
export function Voice({ children }: { readonly children: ReactNode }) {
  return (
    <output className="visually-hidden" aria-live="polite" aria-atomic="false">
      {children}
    </output>
  );
}

function Transitions() {
  const kinds = useKinds();
  const joined = kinds.join(' ');
  const [said, setSaid] = useState('');
  const known = useRef<readonly (ChipKind | undefined)[]>([]);
  const lastAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const now = joined.split(' ').map((kind, index) => settled(kind as ChipKind, known.current[index]));
    const first = known.current.length === 0;
    const speak = (): void => {
      const changes = now.flatMap((kind, index) => {
        const key = watchedResources[index];
        const before = known.current[index];
        if (!kind || !key || before === undefined || kind === before) return [];
        return [`${resourceTitles[key]} ${chips[kind].word.toLowerCase()}`];
      });
      known.current = now;
      if (changes.length === 0) return;
      lastAt.current = performance.now();
      setSaid(`${changes.join(', ')}.`);
    };
    const wait = lastAt.current + restMs - performance.now();
    if (first || wait <= 0) return speak();
    const timer = setTimeout(speak, wait);
    return () => clearTimeout(timer);
  }, [joined]);
  return <span>{said}</span>;
}

/** Problems that were told; for the page's whole life, because a change of profile draws everything anew. */
const told = new Set<string>();

/** Each problem of the app's own, once. */
export function ProblemNews() {
  const problems = useFeed('problems.list');
  const [said, setSaid] = useState('');
  useEffect(() => {
    const news = problems?.filter(({ id, at }) => !told.has(`${id} ${at}`)) ?? [];
    if (news.length === 0) return;
    // Later, because only what changes in a region that is there already is spoken.
    const timer = setTimeout(() => {
      for (const { id, at } of news) told.add(`${id} ${at}`);
      setSaid(news.map(({ title }) => `Problem: ${title}.`).join(' '));
    }, speakAfterMs);
    return () => clearTimeout(timer);
  }, [problems]);
  return <span>{said}</span>;
}
