import { useState } from 'react';
import type { Engine, OrchestratorStatus } from '../../shared/contract/orchestrator.ts';
import { useClient } from '../live/client-context.ts';
import { usePaused } from '../live/feed.ts';
import type { Source } from '../live/source.ts';
import { useWatched } from '../live/watched.tsx';
import { engineName } from '../panels/engines-words.ts';
import { Capacity } from '../panels/orchestrator-card.tsx';
import { ChipText } from '../ui/chip.tsx';
import { Fact, Facts, Missing } from '../ui/facts.tsx';
import { FormField } from '../ui/field.tsx';
import { NumberInput } from '../ui/number-input.tsx';
import { useUnsure } from '../ui/use-unsure.ts';
import { FormDialog } from '../workstations/form-dialog.tsx';
import { Dialog } from '@base-ui/react/dialog';
import { useChanges } from './changes.tsx';
import { StartState } from './start-state.tsx';
import { useTarget } from './target.ts';

export const provisionTarget = 'provision';

interface Props {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly engines: readonly Engine[];
}

/** Starts an engine: what it costs, whether it can be, and where. */
export function ProvisionDialog({ open, onOpenChange, engines }: Props) {
  return (
    <FormDialog open={open} onOpenChange={onOpenChange} title="Start an engine?">
      <Form engines={engines} onDone={() => onOpenChange(false)} />
    </FormDialog>
  );
}

interface FormProps {
  readonly engines: readonly Engine[];
  readonly onDone: () => void;
}

function Form({ engines, onDone }: FormProps) {
  const client = useClient();
  const { run, isRunning } = useChanges();
  const { status } = useWatched();
  const paused = usePaused();
  const target = useTarget();
  const unsure = useUnsure(status, paused);
  const [port, setPort] = useState<number | null>(null);
  const taken = port === null ? undefined : engines.find((engine) => engine.port === port);
  const refusal = unsure ? null : refusalOf(status);
  const busy = isRunning(provisionTarget);
  const value = status.reading.value;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (busy || refusal !== null) return;
        run(provisionTarget, 'Starting an engine', () =>
          client.call('engines.provision', { hostPort: port }),
        );
        onDone();
      }}
    >
      <p className="short-form-note">
        One more container on <strong>{target}</strong>, behind its VPN where it has one. It takes memory and
        CPU until it is deleted or the orchestrator removes it.
      </p>
      <div className="provision-state">
        {/* No button: the first thing to be focused is the port. */}
        <ChipText source={status} paused={paused} />
        <Facts>
          <Fact label="Capacity used" wide>
            {value ? <Capacity capacity={value.capacity} /> : <Missing why="not known" />}
          </Fact>
          <Fact label="Starting engines" wide>
            <StartState source={status} />
          </Fact>
        </Facts>
      </div>
      <FormField
        label="Port on the host (optional)"
        note="Left empty, the orchestrator chooses one."
        error={taken ? `${engineName(taken)} uses this port.` : null}
      >
        <NumberInput value={port} min={1} max={65_535} unit="" placeholder="chosen" onChange={setPort} />
      </FormField>
      <p className="form-failure">
        {refusal ?? (unsure ? 'Whether it can start engines is not known now; it may refuse.' : '')}
      </p>
      <div className="dialog-actions">
        <Dialog.Close className="button">Keep as it is</Dialog.Close>
        <button type="submit" className="button primary" disabled={busy || refusal !== null}>
          {busy ? 'One is being started…' : 'Start an engine'}
        </button>
      </div>
    </form>
  );
}

/**
 * Why it would be refused, in a sentence. A full orchestrator says so and starts engines all the same: it does not
 * check its capacity where it is asked for one more.
 */
function refusalOf({ reading }: Source<OrchestratorStatus>): string | null {
  const provisioning = reading.value?.provisioning;
  if (!provisioning || provisioning.blocked?.code === 'max_capacity') return null;
  if (provisioning.blocked)
    return 'It would be refused as long as it is blocked. It can be started once that clears.';
  return provisioning.canProvision === false
    ? 'The orchestrator says that it cannot start engines now, and not why.'
    : null;
}
