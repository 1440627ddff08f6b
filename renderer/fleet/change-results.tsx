import { X } from 'lucide-react';
import { spanBetween, useTicking } from '../live/ticker.ts';
import { spanText } from '../../shared/model/age.ts';
import { outcomeMarks, useChanges } from './changes.tsx';
import type { Change, Settled } from './changes.tsx';

/** Parts that are told one by one. */
const mostParts = 50;

/** What came of what was changed from this page, until it is dismissed. Spoken as it comes. */
export function ChangeResults() {
  const { list } = useChanges();
  return (
    <div className="change-results" role="log" aria-label="Results of changes">
      {list.map((change) => (
        <Result key={change.target} change={change} />
      ))}
    </div>
  );
}

function Result({ change: { target, title, settled, at } }: { readonly change: Change }) {
  const { dismiss } = useChanges();
  const since = useTicking((now) => spanText(spanBetween(at, now)));
  if (settled === null) {
    return (
      <p className="change-result">
        <span className="chip-glyph" data-role="neutral" aria-hidden="true">
          ◐
        </span>
        <span>
          <strong>{title}:</strong> sent once, waiting for the answer, at most 35 s.{' '}
          {/* Not spoken at every second. */}
          <span className="muted" aria-hidden="true">
            {since}
          </span>
        </span>
      </p>
    );
  }
  const { glyph, word, role } = outcomeMarks[settled.outcome];
  return (
    <div className="change-result" data-outcome={settled.outcome}>
      <span className="chip-glyph" data-role={role} aria-hidden="true">
        {glyph}
      </span>
      <div>
        <p>
          <strong>
            {title}: {word.toLowerCase()}.
          </strong>{' '}
          {settled.said} {settled.found} <Retry settled={settled} at={at} />
        </p>
        {settled.parts && <Parts parts={settled.parts} />}
      </div>
      <button
        type="button"
        className="icon-button"
        aria-label={`Dismiss: ${title}`}
        onClick={() => dismiss(target)}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  );
}

/** Whether and when another try is worth it. Nothing is sent again by itself. */
function Retry({ settled, at }: Pick<Change, 'at'> & { readonly settled: Settled }) {
  const left = useTicking((now) =>
    settled.retryInSeconds === null
      ? null
      : Math.max(0, Math.ceil(settled.retryInSeconds - spanBetween(at, now) / 1000)),
  );
  if (left !== null) {
    return (
      <>
        <span className="visually-hidden">
          The server says that another try is worth it in {settled.retryInSeconds} s.
        </span>
        <span aria-hidden="true">
          {left === 0
            ? 'By what the server said, another try is worth it now.'
            : `The server says that another try is worth it in ${left} s.`}
        </span>
      </>
    );
  }
  return settled.outcome === 'unknown' ? (
    <span className="muted">It is not sent again by itself.</span>
  ) : null;
}

function Parts({ parts }: { readonly parts: NonNullable<Settled['parts']> }) {
  return (
    <ul className="change-parts">
      {parts.slice(0, mostParts).map(({ id, name, done, said }) => (
        <li key={id}>
          <span className="chip-glyph" data-role={done ? 'ok' : 'bad'} aria-hidden="true">
            {done ? '✓' : '✕'}
          </span>{' '}
          <span className="mono">{name}</span> {done ? 'stopped' : 'not stopped'}: {said}
        </li>
      ))}
      {parts.length > mostParts && <li className="muted">and {parts.length - mostParts} more</li>}
    </ul>
  );
}
