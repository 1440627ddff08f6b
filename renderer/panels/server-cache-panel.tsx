import { useQueryClient } from '@tanstack/react-query';
import { Eraser } from 'lucide-react';
import { memo, useState } from 'react';
import type { ServerCache } from '../../shared/contract/orchestrator.ts';
import { ageText, spanText } from '../../shared/model/age.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { useActiveProfile } from '../live/profile.ts';
import { StrongConfirm } from '../ui/strong-confirm.tsx';
import { useClient } from '../live/client-context.ts';
import { usePoll } from '../live/use-poll.ts';
import { ChipWithChain } from '../ui/age-chain.tsx';
import { Fact, Facts, Missing } from '../ui/facts.tsx';
import { countText, percentText } from '../ui/format.ts';
import { Panel } from '../ui/panel.tsx';
import { useSay } from '../ui/toasts.tsx';
import { failureWords } from '../ui/words.ts';
import { Gate } from '../ui/gate.tsx';

/** The orchestrator's own cache, apart from Cachedeck's. */
export const ServerCachePanel = memo(function ServerCachePanel({
  paused,
  target,
}: {
  readonly paused: boolean;
  readonly target: string;
}) {
  const source = usePoll('orchestrator.cache');
  const { value, supported, failure } = source.reading;
  return (
    <Panel
      title="Orchestrator’s own cache"
      className="server-cache"
      aside={<ChipWithChain source={source} paused={paused} />}
    >
      {value ? (
        <Statistics value={value} />
      ) : (
        <p className="empty">
          {!supported
            ? 'This backend does not report cache statistics.'
            : failure
              ? `No data. Last try: ${failureWords[failure.code]}.`
              : 'Not loaded yet.'}
        </p>
      )}
      <p className="explanation">
        A single client that polls every 5 s always misses here: the server keeps its values for 2 to 3 s. It
        helps when several clients ask.
      </p>
      {supported && <ClearServerCache target={target} />}
    </Panel>
  );
});

interface StatisticsProps {
  readonly value: ServerCache;
}

function Statistics({ value }: StatisticsProps) {
  const { size, hits, misses, hitRatePercent, entries } = value;
  const asked = (hits ?? 0) + (misses ?? 0);
  const rate =
    hits === null || misses === null || hitRatePercent === null ? (
      <Missing />
    ) : asked === 0 ? (
      <Missing why="no requests" />
    ) : (
      `${percentText(hitRatePercent)} % (n ${countText(asked)})`
    );
  return (
    <>
      <Facts>
        <Fact label="Hit rate">{rate}</Fact>
        <Fact label="Hits / misses">
          {hits === null || misses === null ? <Missing /> : `${countText(hits)} / ${countText(misses)}`}
        </Fact>
        <Fact label="Entries">{size === null ? <Missing /> : countText(size)}</Fact>
      </Facts>
      {entries === null ? (
        <p className="fact-note">Its entries: not reported.</p>
      ) : entries.length === 0 ? (
        <p className="fact-note">No entries stored.</p>
      ) : (
        <Entries entries={entries} />
      )}
    </>
  );
}

interface EntriesProps {
  readonly entries: NonNullable<ServerCache['entries']>;
}

/** Entries drawn; the server may hold thousands of per-stream ones. */
const maxEntries = 6;

function Entries({ entries }: EntriesProps) {
  return (
    <>
      <table className="table" aria-label="Entries of the orchestrator’s cache">
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col" className="num">
              Age then
            </th>
            <th scope="col" className="num">
              TTL left then
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.slice(0, maxEntries).map(({ key, ageSeconds, ttlRemainingSeconds }) => (
            <tr key={key}>
              <th scope="row" className="mono">
                {key}
              </th>
              <td className="num">{ageSeconds === null ? 'not reported' : ageText(ageSeconds * 1000)}</td>
              <td className="num">
                <TtlLeft seconds={ttlRemainingSeconds} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {entries.length > maxEntries && (
        <p className="fact-note">
          {countText(maxEntries)} of {countText(entries.length)} entries.
        </p>
      )}
    </>
  );
}

/** As the server said in its reply, like the age: what happened since, it alone knows. */
function TtlLeft({ seconds }: { readonly seconds: number | null }) {
  if (seconds === null) return 'not reported';
  if (seconds < 0) return <span className="muted">expired, not swept yet</span>;
  return spanText(seconds * 1000);
}

/** Empties the server's cache for all of its clients: no undo, never retried. */
function ClearServerCache({ target }: { readonly target: string }) {
  const client = useClient();
  const queries = useQueryClient();
  const say = useSay();
  const profile = useActiveProfile();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const clear = async (): Promise<void> => {
    setBusy(true);
    try {
      const { message } = await client.call('orchestrator.clearCache', {});
      say('The orchestrator answered', message, 'ok');
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (error instanceof RpcError && (error.code === 'unauthorized' || error.code === 'forbidden')) {
        setRefused(text);
      }
      say('The orchestrator’s cache was not cleared', text, 'bad');
    } finally {
      setBusy(false);
      setOpen(false);
    }
    await queries.invalidateQueries({ queryKey: ['orchestrator.cache'] });
  };
  return (
    <div className="server-clear">
      <Gate call="orchestrator.clearCache">
        <button
          type="button"
          className="button small"
          disabled={busy || refused !== null}
          onClick={() => setOpen(true)}
        >
          <Eraser size={14} aria-hidden="true" />
          {busy ? 'Clearing…' : 'Clear the orchestrator’s cache…'}
        </button>
      </Gate>
      {refused !== null && <p className="fact-note">Not allowed: {refused}</p>}

      <StrongConfirm
        open={open}
        onOpenChange={setOpen}
        title="Clear the orchestrator’s cache?"
        verb="clear"
        busy={busy}
        nameToType={profile?.production ? profile.name : null}
        onConfirmed={() => void clear()}
      >
        <p>
          Target: <strong>{target}</strong>. All of its clients lose its cached replies and its hit and miss
          counters start at 0. There is no undo.
        </p>
      </StrongConfirm>
    </div>
  );
}
