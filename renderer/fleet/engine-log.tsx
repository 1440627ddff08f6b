import { useQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { useState } from 'react';
import { useClient } from '../live/client-context.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { bothTimesText } from '../ui/format.ts';
import { Gate } from '../ui/gate.tsx';

/** Lines asked for. */
const lines = 200;

/** The end of a container's log, read when asked for: where the server has none, it says so. */
export function EngineLog({ engine }: { readonly engine: string }) {
  const client = useClient();
  const [asked, setAsked] = useState(false);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['engines.logs', engine],
    queryFn: ({ signal }) => client.call('engines.logs', { id: engine, lines }, signal),
    enabled: asked,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    networkMode: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  return (
    <section className="engine-log" aria-label="Container log">
      <div className="detail-actions">
        <Gate call="engines.logs">
          <button
            type="button"
            className="button small"
            aria-disabled={isFetching}
            onClick={() => {
              if (isFetching) return;
              if (asked) void refetch();
              else setAsked(true);
            }}
          >
            <ScrollText size={14} aria-hidden="true" />
            {isFetching
              ? 'Reading the log…'
              : asked
                ? 'Read the log again'
                : `Read the last ${lines} log lines`}
          </button>
        </Gate>
        {data && (
          <CopyButton text={() => data.text} className="button small">
            Copy
          </CopyButton>
        )}
      </div>
      {error && (
        <p className="fact-note" role="alert">
          No log: {error.message}
        </p>
      )}
      {data && (
        <>
          <p className="fact-note">Read at {bothTimesText(data.at)}.</p>
          {data.text === '' ? (
            <p className="empty">The log is empty.</p>
          ) : (
            // Scrolled by keys, too.
            <section className="log-text" tabIndex={0} aria-label="Log lines">
              <pre>{data.text}</pre>
            </section>
          )}
        </>
      )}
    </section>
  );
}
