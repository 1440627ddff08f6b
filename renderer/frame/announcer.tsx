import { useEffect, useRef, useSyncExternalStore } from 'react';
import { chips } from '../../shared/model/freshness.ts';
import type { ChipKind } from '../../shared/model/freshness.ts';
import { resourceTitles, watchedResources } from '../../shared/model/resources.ts';
import { useFeed } from '../live/feed.ts';
import { useVoice } from '../live/voice.ts';
import { useKinds } from './overall.tsx';

/** Passing states: they come and go with each slow reply and are not worth a voice. */
const quiet: ReadonlySet<ChipKind> = new Set(['updating', 'late', 'not-loaded']);

/** The region whose changes are spoken. The page has this one, and it is there before anything is said. */
export function VoiceRegion() {
  const voice = useVoice();
  const said = useSyncExternalStore(voice.subscribe, () => voice.said);
  return (
    <output className="visually-hidden" aria-live="polite" aria-atomic="true">
      {said}
    </output>
  );
}

/** Tells which source changed its state, and what of the app does not work. Ages are never spoken. */
export function Announcer() {
  useTransitions();
  useProblemNews();
  return null;
}

function useTransitions(): void {
  const voice = useVoice();
  const joined = useKinds().join(' ');
  /** The state that was told last, or that the page began with. */
  const told = useRef(new Map<string, ChipKind>());
  const current = useRef(new Map<string, ChipKind>());
  useEffect(() => {
    for (const [index, text] of joined.split(' ').entries()) {
      const key = watchedResources[index];
      const kind = text as ChipKind;
      if (!key || quiet.has(kind)) continue;
      current.current.set(key, kind);
      const before = told.current.get(key);
      if (before === undefined) told.current.set(key, kind);
      else if (before !== kind) {
        voice.announce(key, () => {
          const now = current.current.get(key);
          if (now === undefined || now === told.current.get(key)) return null; // it was only for a moment
          told.current.set(key, now);
          return `${resourceTitles[key]} ${chips[now].word.toLowerCase()}.`;
        });
      }
    }
  }, [joined, voice]);
}

/** Problems that were told; for the page's whole life, because a change of profile draws everything anew. */
const toldProblems = new Set<string>();

/** Tells each problem of the app's own once. */
export function useProblemNews(): void {
  const voice = useVoice();
  const problems = useFeed('problems.list');
  useEffect(() => {
    for (const { id, at, title } of problems ?? []) {
      const name = `${id} ${at}`;
      if (toldProblems.has(name)) continue;
      toldProblems.add(name);
      voice.announce(`problem ${id}`, () => `Problem: ${title}.`);
    }
  }, [problems, voice]);
}
