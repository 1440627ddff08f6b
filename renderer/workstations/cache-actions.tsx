import { Eraser } from 'lucide-react';
import { useState } from 'react';
import type { ManagerSessionState } from '../../shared/contract/workstations.ts';
import type { CallOutput } from '../../shared/rpc/client.ts';
import { useClient } from '../live/client-context.ts';
import { useActiveProfile } from '../live/profile.ts';
import { Outcome } from '../settings/outcome.tsx';
import { useAttempt } from '../settings/use-attempt.ts';
import { TextField } from '../ui/field.tsx';
import { plural } from '../ui/format.ts';
import { StrongConfirm } from '../ui/strong-confirm.tsx';
import { refusalOf, useReadAgain } from './manager.ts';
import { Gate } from '../ui/gate.tsx';

type Asked = 'none' | 'clear' | 'invalidate';

/** Emptying the manager's cache, in whole or by pattern: for all of its clients, without undo, never retried. */
export function CacheActions({ session }: { readonly session: ManagerSessionState }) {
  const client = useClient();
  const readAgain = useReadAgain();
  const profile = useActiveProfile();
  const { attempt, run } = useAttempt();
  const [asked, setAsked] = useState<Asked>('none');
  const [pattern, setPattern] = useState('');
  const wanted = pattern.trim();
  const target = `${profile?.name ?? 'the connected profile'} (${session.url ?? 'no address'})`;
  const busy = attempt.state === 'running';
  const clearRefusal = refusalOf(session, 'clearCache');
  const invalidateRefusal = refusalOf(session, 'invalidate');

  const act = (call: () => Promise<CallOutput<'workstations.clearCache'>>): void => {
    setAsked('none');
    run(async () => {
      try {
        return outcomeWords(await call());
      } finally {
        await readAgain('workstations.cache', 'workstations.metrics');
      }
    });
  };
  const confirm = {
    busy,
    nameToType: profile?.production ? profile.name : null,
    onOpenChange: (open: boolean) => !open && setAsked('none'),
  };

  return (
    <div className="cache-actions">
      <Gate call="workstations.invalidate">
        <form
          className="invalidate"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            // All there is has a button of its own: to this server a * alone names nothing but keys that begin with it.
            if (wanted !== '' && !busy) setAsked(wanted === '*' ? 'clear' : 'invalidate');
          }}
        >
          <TextField
            label="Invalidate by pattern"
            value={pattern}
            placeholder="workstations"
            maxLength={200}
            disabled={invalidateRefusal !== null}
            note={patternWords(wanted)}
            onChange={setPattern}
          />
          <button
            type="submit"
            className="button"
            disabled={wanted === '' || invalidateRefusal !== null}
            aria-disabled={busy}
          >
            Invalidate…
          </button>
        </form>
      </Gate>
      <div className="cache-clear">
        <Gate call="workstations.clearCache">
          <button
            type="button"
            className="button small"
            disabled={clearRefusal !== null}
            aria-disabled={busy}
            onClick={() => {
              if (!busy) setAsked('clear');
            }}
          >
            <Eraser size={14} aria-hidden="true" />
            Clear the manager’s cache…
          </button>
        </Gate>
        <Outcome attempt={attempt} running="The manager is working…" />
      </div>
      <Refusals clear={clearRefusal} invalidate={invalidateRefusal} />
      <StrongConfirm
        {...confirm}
        open={asked === 'clear'}
        title="Clear the manager’s own cache?"
        verb="clear"
        onConfirmed={() => act(() => client.call('workstations.clearCache', {}))}
      >
        <p>
          Target: <strong>{target}</strong>. All of its clients lose what it keeps for them. There is no undo.
        </p>
      </StrongConfirm>
      <StrongConfirm
        {...confirm}
        open={asked === 'invalidate'}
        title={`Invalidate “${wanted}”?`}
        verb="invalidate"
        onConfirmed={() => act(() => client.call('workstations.invalidate', { pattern: wanted }))}
      >
        <p>
          Target: <strong>{target}</strong>. It removes every key that begins with “{wanted}”, for all of its
          clients. There is no undo.
        </p>
        <p>Preview not available: this backend does not list its keys.</p>
      </StrongConfirm>
    </div>
  );
}

/** What the server makes of the pattern, where it is typed. */
function patternWords(wanted: string): string {
  const rule = 'This server removes what begins with the pattern.';
  if (wanted === '*') return `${rule} To remove everything, Clear is asked for instead.`;
  if (!wanted.includes('*')) return `${rule} A * is an ordinary character to it.`;
  const stem = wanted.slice(0, wanted.indexOf('*'));
  const instead = stem === '' ? '' : ` For all that begin with “${stem}”, type ${stem}.`;
  return `${rule} The * is an ordinary character to it.${instead}`;
}

function outcomeWords({ message, removed }: CallOutput<'workstations.clearCache'>): string {
  const count =
    removed === null
      ? 'The server does not say how many.'
      : `The server removed ${plural(removed, 'entry', 'entries')}.`;
  return `${message.replace(/[.!]?$/, '.')} ${count}`;
}

function Refusals({
  clear,
  invalidate,
}: {
  readonly clear: string | null;
  readonly invalidate: string | null;
}) {
  if (clear === null && invalidate === null) return null;
  if (clear === invalidate) return <p className="fact-note">Clearing and invalidating: {clear}</p>;
  return (
    <p className="fact-note">
      {clear !== null && `Clearing: ${clear} `}
      {invalidate !== null && `Invalidating: ${invalidate}`}
    </p>
  );
}
