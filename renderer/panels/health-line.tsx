import { memo } from 'react';
import type { HealthStatus } from '../../shared/contract/orchestrator.ts';
import { usePoll } from '../live/use-poll.ts';
import { BorrowedAge } from '../ui/chip.tsx';
import { countText, timeText } from '../ui/format.ts';
import { useClaims } from '../ui/use-unsure.ts';
import { breakerWords } from './orchestrator-words.ts';

type Breaker = NonNullable<HealthStatus['breakers']['general']>;

/** The orchestrator's health manager in one line: circuit breakers and replacements. */
export const HealthLine = memo(function HealthLine({ paused }: { readonly paused: boolean }) {
  const source = usePoll('orchestrator.health');
  const claims = useClaims(source, paused);
  const { value, supported } = source.reading;
  if (!supported || !value) return null;
  const { general, replacement } = value.breakers;
  return (
    <p className="health-line" data-unsure={!claims || undefined}>
      <span className="muted">Health checks</span>
      {general && <BreakerWords name="Provisioning breaker" breaker={general} />}
      {replacement && <BreakerWords name="Replacement breaker" breaker={replacement} />}
      {value.markedForReplacement !== null && (
        <span>{countText(value.markedForReplacement)} marked for replacement</span>
      )}
      {value.minimumRequired !== null && <span>{countText(value.minimumRequired)} required at least</span>}
      <BorrowedAge source={source} paused={paused} />
    </p>
  );
});

function BreakerWords({ name, breaker }: { readonly name: string; readonly breaker: Breaker }) {
  const { state, failureCount, failureThreshold, lastFailure } = breaker;
  const open = state === 'open' || state === 'half_open';
  const count =
    failureCount === null || failureThreshold === null
      ? ''
      : ` · ${failureCount} of ${failureThreshold} failures`;
  return (
    <span className="mark" data-role={open ? 'attention' : 'ok'}>
      <span className="chip-glyph" aria-hidden="true">
        {open ? '▲' : '●'}
      </span>{' '}
      {name}: {breakerWords[state].toLowerCase()}
      {count}
      {open && lastFailure !== null && ` · last failure ${timeText(lastFailure)}`}
    </span>
  );
}
