import type { EngineList, EngineTotals, OrchestratorStatus } from '../../shared/contract/orchestrator.ts';
import type { Source } from '../live/source.ts';
import { plural } from '../ui/format.ts';
import { failureWordsOf } from '../ui/words.ts';
import { enginesPresence, runningOf } from './presence.ts';

/** Why no engine is shown: hidden, none, not listed here, or not read yet. */
export function noEnginesWords(
  list: Source<EngineList>,
  totals: EngineTotals | null,
  status: OrchestratorStatus | null,
): string {
  const { value, supported, failure } = list.reading;
  if (value === null) {
    if (!supported) return 'This backend does not list its engines.';
    if (failure) return `No list yet. Last try: ${failureWordsOf(list) ?? ''}.`;
    return list.callError ?? 'Not loaded yet.';
  }
  if (enginesPresence(totals, status, value) === 'hidden') {
    const running = plural(runningOf(totals, status), 'container runs', 'containers run');
    return `The list is empty while ${running}: hidden, not none. The orchestrator hides engines whose VPN is down.`;
  }
  return 'No engines running.';
}
