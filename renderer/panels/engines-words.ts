import type { Engine } from '../../shared/contract/orchestrator.ts';
import type { Word } from './orchestrator-words.ts';

interface State extends Word {
  /** Worst first. */
  readonly rank: number;
}

/** "Unknown" is no fault: a new engine was not checked yet. */
const states = {
  unhealthy: { glyph: '✕', word: 'Unhealthy', role: 'bad', rank: 0 },
  unknown: { glyph: '?', word: 'Unknown', role: 'neutral', rank: 1 },
  leaving: { glyph: '◌', word: 'Leaving', role: 'neutral', rank: 2 },
  healthy: { glyph: '●', word: 'Healthy', role: 'ok', rank: 3 },
} as const satisfies Readonly<Record<Engine['health'] | 'leaving', State>>;

/** An engine in a word. One that is about to go says so, whatever its health was. */
export function engineState({ health, leaving }: Engine): State {
  return states[leaving ? 'leaving' : health];
}

/** Its name, or the beginning of its id as Docker shortens it. */
export function engineName({ name, id }: Pick<Engine, 'name' | 'id'>): string {
  return name ?? id.slice(0, 12);
}

/** How many are in each state, by the list itself. */
export function countStates(engines: readonly Engine[]): Readonly<Record<keyof typeof states, number>> {
  const counts = { unhealthy: 0, unknown: 0, leaving: 0, healthy: 0 };
  for (const { health, leaving } of engines) counts[leaving ? 'leaving' : health] += 1;
  return counts;
}
