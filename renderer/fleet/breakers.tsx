import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { HealthStatus } from '../../shared/contract/orchestrator.ts';
import { spanText } from '../../shared/model/age.ts';
import { useClient } from '../live/client-context.ts';
import { mainTimeAt } from '../live/source.ts';
import type { Source } from '../live/source.ts';
import { useTicking } from '../live/ticker.ts';
import { WordMark } from '../panels/engines-mark.tsx';
import { breakerWords } from '../panels/orchestrator-words.ts';
import { dash, dateTimeText } from '../ui/format.ts';
import { Meter } from '../ui/meter.tsx';
import { Panel } from '../ui/panel.tsx';
import { StrongConfirm } from '../ui/strong-confirm.tsx';
import { useClaims } from '../ui/use-unsure.ts';
import { failureWordsOf } from '../ui/words.ts';
import { useChanges } from './changes.tsx';
import { useNameToType, useTarget } from './target.ts';
import { Gate } from '../ui/gate.tsx';

type Name = keyof HealthStatus['breakers'];
type Breaker = NonNullable<HealthStatus['breakers'][Name]>;

const names: Readonly<Record<Name, string>> = { general: 'Provisioning', replacement: 'Replacement' };
const glyphs: Readonly<Record<Breaker['state'], { glyph: string; role: 'ok' | 'attention' | 'neutral' }>> = {
  closed: { glyph: '●', role: 'ok' },
  open: { glyph: '▲', role: 'attention' },
  half_open: { glyph: '◔', role: 'attention' },
  unknown: { glyph: '?', role: 'neutral' },
};

interface Props {
  readonly source: Source<HealthStatus>;
  readonly paused: boolean;
}

/** What stops the orchestrator from starting engines after failures in a row, and the way to reset it. */
export function Breakers({ source, paused }: Props) {
  const claims = useClaims(source, paused);
  const { value, supported } = source.reading;
  const breakers = (['general', 'replacement'] as const).flatMap((name) => {
    const breaker = value?.breakers[name];
    return breaker ? [{ name, breaker }] : [];
  });
  return (
    <Panel title="Circuit breakers" className="breakers">
      <p className="muted">
        A breaker opens after failures in a row and keeps the orchestrator from starting engines. It closes by
        itself after its recovery time, or when it is reset.
      </p>
      {breakers.length === 0 ? (
        <p className="empty">
          {!supported
            ? 'This backend does not report its breakers.'
            : value
              ? 'No breaker is reported.'
              : `Not read yet${source.reading.failure ? `: ${failureWordsOf(source) ?? ''}` : ''}.`}
        </p>
      ) : (
        <div className="scroll-x" data-unsure={!claims || undefined}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Breaker</th>
                <th scope="col">State</th>
                <th scope="col">Failures</th>
                <th scope="col">Closes by itself</th>
                <th scope="col">Last failure</th>
                <th scope="col">Last success</th>
                <th scope="col">
                  <span className="visually-hidden">Reset</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {breakers.map(({ name, breaker }) => (
                <Row key={name} name={name} breaker={breaker} source={source} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

interface RowProps {
  readonly name: Name;
  readonly breaker: Breaker;
  readonly source: Source<HealthStatus>;
}

function Row({ name, breaker, source }: RowProps) {
  const { state, failureCount, failureThreshold, lastFailure, lastSuccess, recoveryTimeoutSeconds } = breaker;
  const closes = useTicking((now) => {
    if (state === 'closed') return 'it is closed';
    if (lastFailure === null || recoveryTimeoutSeconds === null) return 'no time is given';
    const left = lastFailure + recoveryTimeoutSeconds * 1000 - mainTimeAt(source, now);
    return left <= 0 ? 'at the next try' : `in about ${spanText(left)}`;
  });
  return (
    <tr>
      <th scope="row">{names[name]}</th>
      <td>
        <WordMark mark={{ ...glyphs[state], word: breakerWords[state] }} />
      </td>
      <td className="breaker-failures">
        {failureCount === null || failureThreshold === null ? (
          (failureCount ?? dash)
        ) : (
          <Meter
            label={`Failures of ${names[name]}`}
            value={failureCount}
            max={failureThreshold}
            text={`${failureCount} of ${failureThreshold}`}
          />
        )}
      </td>
      <td>{closes}</td>
      <td>{lastFailure === null ? dash : dateTimeText(lastFailure)}</td>
      <td>{lastSuccess === null ? dash : dateTimeText(lastSuccess)}</td>
      <td>
        <Reset name={name} state={state} />
      </td>
    </tr>
  );
}

function Reset({ name, state }: Pick<RowProps, 'name'> & Pick<Breaker, 'state'>) {
  const client = useClient();
  const { run, isRunning } = useChanges();
  const nameToType = useNameToType();
  const where = useTarget();
  const [open, setOpen] = useState(false);
  const target = `breaker ${name}`;
  const busy = isRunning(target);
  const refusal = busy ? 'It is being reset.' : state === 'closed' ? 'It is closed: nothing to reset.' : null;
  return (
    <>
      <Gate call="orchestrator.resetBreaker">
        <button
          type="button"
          className="button small"
          aria-label={`Reset the breaker ${names[name]}`}
          aria-disabled={refusal !== null}
          title={refusal ?? undefined}
          onClick={() => setOpen(refusal === null)}
        >
          <RotateCcw size={14} aria-hidden="true" />
          {busy ? 'Resetting…' : 'Reset…'}
        </button>
      </Gate>
      <StrongConfirm
        open={open}
        onOpenChange={setOpen}
        title={`Reset the breaker ${names[name]}?`}
        verb="reset"
        busy={busy}
        nameToType={nameToType}
        onConfirmed={() => {
          setOpen(false);
          run(target, `Resetting the breaker ${names[name]}`, () =>
            client.call('orchestrator.resetBreaker', { breaker: name }),
          );
        }}
      >
        <p>
          <strong>{where}</strong> tries to start engines again at once, and what made it fail may still be
          there.
        </p>
      </StrongConfirm>
    </>
  );
}
