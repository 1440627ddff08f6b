import { spanText } from '../../shared/model/age.ts';
import type { Source } from '../live/source.ts';

/** ms; a reply's way and the server's own cache account for less. */
const worthAWord = 5000;

/** How far the clock of a backend that tells its time is off ours, in a sentence; null: by nothing worth a word. */
export function skewWords({ reading }: Source<unknown>): string | null {
  if (reading.observedAt === null || reading.loadedAt === null) return null;
  const ahead = reading.observedAt - reading.loadedAt;
  if (Math.abs(ahead) < worthAWord) return null;
  const span = spanText(Math.abs(ahead));
  return ahead > 0
    ? `The orchestrator’s clock is ${span} ahead of this computer’s; its events carry its own times.`
    : `The orchestrator’s clock is ${span} behind this computer’s, or it repeats old replies; its events carry its own times.`;
}
