import { useQuery } from '@tanstack/react-query';
import { useClient } from '../live/client-context.ts';
import { CopyButton } from '../ui/copy-button.tsx';

const linesShown = 100;

/** The end of the log file, to read and to copy. */
export function LogLines() {
  const client = useClient();
  const { data, dataUpdatedAt, error, isFetching, refetch } = useQuery({
    queryKey: ['logs.tail'],
    queryFn: ({ signal }) => client.call('logs.tail', { lines: linesShown }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    networkMode: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (error) return <p className="log-lines-note">The log could not be read: {error.message}</p>;
  if (!data) return <p className="log-lines-note muted">Reading the log…</p>;
  return (
    <div className="log-tail">
      <p className="log-lines-note">
        {data.path === null ? 'No log file is written.' : <span className="mono">{data.path}</span>}
      </p>
      {data.lines.length === 0 ? (
        <p className="muted">There is nothing in it yet.</p>
      ) : (
        <>
          <textarea
            key={dataUpdatedAt} // another one for lines read again, which are shown from their end too
            ref={toEnd}
            className="log-lines mono"
            readOnly
            rows={14}
            wrap="off"
            aria-label={`Last ${data.lines.length} lines of the log`}
            value={data.lines.join('\n')}
          />
          <div className="setting-buttons">
            <CopyButton className="button small" text={() => data.lines.join('\n')}>
              Copy
            </CopyButton>
            <button
              type="button"
              className="button small"
              disabled={isFetching}
              onClick={() => void refetch()}
            >
              Read again
            </button>
          </div>
        </>
      )}
    </div>
  );
}

/** The newest lines are the last. */
function toEnd(lines: HTMLTextAreaElement | null): void {
  if (lines) lines.scrollTop = lines.scrollHeight;
}
