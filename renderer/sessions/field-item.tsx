import { RotateCw } from 'lucide-react';
import type { InspectedSession } from '../../shared/contract/sessions.ts';
import { sessionFieldTitles } from '../../shared/model/sessions.ts';
import { ageText } from '../../shared/model/age.ts';
import type { ChipRole } from '../../shared/model/freshness.ts';
import { useClient } from '../live/client-context.ts';
import { spanBetween, useTicking } from '../live/ticker.ts';
import type { Stamp } from '../live/ticker.ts';
import { useAttempt } from '../settings/use-attempt.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { bytesText } from '../ui/format.ts';
import { useSessionsChanged } from './use-sessions.ts';
import { loadFailureWords, timeLeft } from './words.ts';

type Field = InspectedSession['fields'][number];

function markOf({ present, loading, failure }: Field): { glyph: string; word: string; role: ChipRole } {
  if (loading) return { glyph: '◐', word: 'Loading', role: present ? 'ok' : 'neutral' };
  if (failure && present) return { glyph: '✕', word: 'Last refresh failed', role: 'attention' };
  if (failure) return { glyph: '✕', word: 'Not loaded', role: 'bad' };
  if (present) return { glyph: '●', word: 'Kept', role: 'ok' };
  return { glyph: '○', word: 'Not kept', role: 'neutral' };
}

interface Props {
  readonly user: string;
  readonly field: Field;
  /** When main told. */
  readonly at: Stamp;
}

/** One field: how old, for how long, how large, where from, and what it is. */
export function FieldItem({ user, field, at }: Props) {
  const client = useClient();
  const changed = useSessionsChanged();
  const { attempt, run } = useAttempt();
  const title = sessionFieldTitles[field.field];
  const busy = attempt.state === 'running' || field.loading;
  const mark = markOf({ ...field, loading: busy });
  const refresh = (): void =>
    run(async () => {
      try {
        await client.call('sessions.refreshField', { user, field: field.field });
      } finally {
        await changed();
      }
      return '';
    });
  const failure = attempt.state === 'failed' ? attempt.why : (field.failure?.message ?? null);
  return (
    <li className="inspector-field" aria-label={title}>
      <div className="inspector-field-head">
        <h3>{title}</h3>
        <span className="mark" data-role={mark.role}>
          <span className="chip-glyph" aria-hidden="true">
            {mark.glyph}
          </span>{' '}
          {mark.word}
          {field.failure && !busy && ` · ${loadFailureWords[field.failure.code]}`}
        </span>
        <button
          type="button"
          className="button small block-refresh"
          aria-label={`Refresh ${title}`}
          aria-disabled={busy}
          onClick={() => {
            if (!busy) refresh();
          }}
        >
          <RotateCw size={14} aria-hidden="true" className={busy ? 'turning' : undefined} />
          Refresh
        </button>
      </div>
      <Ages field={field} at={at} />
      <p className="inspector-source">
        <span className="muted">From</span> <span className="mono">{field.source}</span>
      </p>
      {failure !== null && !busy && (
        <p className="inspector-failure">
          <span className="chip-glyph" data-role="bad" aria-hidden="true">
            ✕
          </span>{' '}
          {failure}
        </p>
      )}
      {field.json !== null && <Json title={title} json={field.json} />}
    </li>
  );
}

function Ages({ field, at }: { readonly field: Field; readonly at: Stamp }) {
  const { age, expiresIn, bytes } = field;
  const old = useTicking((now) => {
    if (age === null) return null;
    const text = ageText(age + spanBetween(at, now));
    return text === 'just now' ? 'loaded just now' : `${text} old`;
  });
  const left = useTicking((now) => (expiresIn === null ? null : timeLeft(expiresIn, at, now)));
  if (old === null) return <p className="muted">Nothing is kept: the next look at it asks the portal.</p>;
  return (
    <p className="inspector-ages">
      <span>{old}</span>
      {left !== null && <span>{left === 'expired' ? left : `expires in ${left}`}</span>}
      <span>{bytesText(bytes)}</span>
    </p>
  );
}

function Json({ title, json }: { readonly title: string; readonly json: string }) {
  return (
    <details className="inspector-json">
      <summary>JSON</summary>
      <div className="inspector-json-body">
        <CopyButton text={() => json} className="button small" label={`Copy the JSON of ${title}`}>
          Copy
        </CopyButton>
        <pre className="mono" tabIndex={0}>
          {json}
        </pre>
      </div>
    </details>
  );
}
