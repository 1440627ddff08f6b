import '../styles/pages/explorer.css';
import { Dialog } from '@base-ui/react/dialog';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActions } from '../frame/actions.tsx';
import { useClient } from '../live/client-context.ts';
import { FieldError, TextField } from '../ui/field.tsx';
import { countText, plural } from '../ui/format.ts';
import { useSettled } from '../ui/use-settled.ts';
import { useTellRemoved } from './undo.ts';

interface Props {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Removes what a pattern matches, with the list of it while it is typed. */
export function InvalidateDialog({ open, onOpenChange }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog by-pattern">
          <Dialog.Title className="dialog-title">Invalidate by pattern</Dialog.Title>
          <PatternForm onDone={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const maxPattern = 500;
/** ms after the last letter until main is asked. */
const typingMs = 150;

function PatternForm({ onDone }: { readonly onDone: () => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const tellRemoved = useTellRemoved();
  const { openDialog } = useActions();
  const [typed, setTyped] = useState('');
  const pattern = typed.trim();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const asked = useSettled(pattern, typingMs);
  const all = /^\*+$/.test(pattern);
  const { data, error } = useQuery({
    queryKey: ['cache.match', asked],
    queryFn: async ({ signal }) => ({
      pattern: asked,
      ...(await client.call('cache.match', { pattern: asked }, signal)),
    }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
    networkMode: 'always',
    refetchInterval: 1000, // keys come and go while the operator reads
  });
  const matches = pattern === '' ? undefined : data;
  // Only what was counted for this very pattern may be removed by it.
  const counted = matches?.pattern === pattern ? matches : undefined;
  const ready = !all && !busy && counted !== undefined && counted.matching > 0;

  async function invalidate(): Promise<void> {
    setBusy(true);
    setRefusal(null);
    try {
      tellRemoved('Removed', await client.call('cache.invalidate', { pattern }));
      await queries.invalidateQueries();
      onDone();
    } catch (failure) {
      setRefusal(failure instanceof Error ? failure.message : String(failure));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void invalidate();
      }}
    >
      <div className="dialog-body">
        <TextField
          label="Pattern"
          value={typed}
          onChange={setTyped}
          maxLength={maxPattern}
          placeholder="vpn:*"
          note="* any run, ? one character, \ before one of them takes it as it is. The whole key has to fit."
          error={pattern !== '' ? (error?.message ?? null) : null}
        />
        <output className="invalidate-count">
          {pattern === ''
            ? 'Type a pattern to see what it matches.'
            : counted
              ? `Matches ${countText(counted.matching)} of ${plural(counted.total, 'key', 'keys')}.`
              : 'Looking…'}
        </output>
        <ul className="invalidate-keys" aria-label="Matching keys">
          {(matches?.keys ?? []).map((key) => (
            <li key={key} className="mono">
              {key}
            </li>
          ))}
        </ul>
        <p className="muted invalidate-more">
          {matches && matches.matching > matches.keys.length
            ? `and ${countText(matches.matching - matches.keys.length)} more`
            : ''}
        </p>
        <FieldError text={refusal} />
      </div>
      <div className="dialog-actions">
        <Dialog.Close className="button">Keep all</Dialog.Close>
        {all ? (
          <button
            type="button"
            className="button danger"
            onClick={() => {
              onDone();
              openDialog('clear');
            }}
          >
            That is all: clear the cache…
          </button>
        ) : (
          <button type="submit" className="button danger" disabled={!ready}>
            {counted && counted.matching > 0
              ? `Remove ${plural(counted.matching, 'entry', 'entries')}`
              : 'Remove'}
          </button>
        )}
      </div>
    </form>
  );
}
