import { createContext, use } from 'react';
import type { After } from '../client/feed-stream.ts';

/** ms between two announcements. */
export const restMs = 10_000;
/** ms that words wait for others of the same moment; a region also has to be there before what it says. */
const gatherMs = 50;

/** The words of an announcement at the moment it is spoken; null: it has become untrue, and is not. */
export type Words = () => string | null;

/** What assistive technology is told: one voice for the whole page. */
export interface Voice {
  /**
   * Tells of a change, at most once per 10 s: what comes meanwhile waits and is told together. Later words about the
   * same take the place of those that wait.
   */
  announce(about: string, words: Words): void;
  /** The result of what the operator has just done: not held back, and together with what waits. */
  reply(words: string): void;
  readonly said: string;
  readonly subscribe: (listener: () => void) => () => void;
  /** Says nothing more. */
  end(): void;
}

/** @param now monotonic ms */
export function createVoice(now: () => number, after: After): Voice {
  const waiting = new Map<string, Words>();
  const listeners = new Set<() => void>();
  let said = '';
  let replies = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | null = null;
  let dueAt = Number.POSITIVE_INFINITY;

  function speak(): void {
    cancel = null;
    dueAt = Number.POSITIVE_INFINITY;
    const sentences = [...waiting.values()].flatMap((words) => words() ?? []);
    waiting.clear();
    if (sentences.length === 0) return;
    lastAt = now();
    said = sentences.join(' ');
    for (const listener of listeners) listener();
  }

  function speakAt(at: number): void {
    if (at >= dueAt) return;
    cancel?.();
    dueAt = at;
    cancel = after(Math.max(0, at - now()), speak);
  }

  return {
    announce(about, words) {
      waiting.delete(about); // the newest is told last
      waiting.set(about, words);
      speakAt(Math.max(now() + gatherMs, lastAt + restMs));
    },
    reply(words) {
      replies += 1;
      waiting.set(`reply ${replies}`, () => words);
      speakAt(now() + gatherMs);
    },
    get said() {
      return said;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    end() {
      cancel?.();
      cancel = null;
      dueAt = Number.POSITIVE_INFINITY;
      waiting.clear();
    },
  };
}

export const VoiceContext = createContext<Voice | null>(null);

export function useVoice(): Voice {
  const voice = use(VoiceContext);
  if (!voice) throw new Error('VoiceContext is missing');
  return voice;
}
