import type {
  ManagerCache,
  ManagerMetrics,
  ManagerSessionState,
} from '../../shared/contract/workstations.ts';
import type { Source } from '../live/source.ts';
import { usePoll } from '../live/use-poll.ts';
import { ChipWithChain } from '../ui/age-chain.tsx';
import { Fact, Facts, Missing } from '../ui/facts.tsx';
import { countText, percentText } from '../ui/format.ts';
import { Panel } from '../ui/panel.tsx';
import { failureWordsOf } from '../ui/words.ts';
import { CacheActions } from './cache-actions.tsx';
import { refusalOf } from './manager.ts';

/** Below this many requests a rate says little. */
const fewSamples = 20;

interface Props {
  readonly session: ManagerSessionState;
  readonly paused: boolean;
}

/** The manager's own cache, apart from Cachedeck's. */
export function ManagerCachePanel({ session, paused }: Props) {
  const refusal = refusalOf(session, 'cache');
  if (refusal === null) return <ReadCache session={session} paused={paused} />;
  return (
    <Panel title="Manager’s own cache" className="manager-cache">
      <p className="empty manager-facts">Its statistics are not read. {refusal}</p>
      <CacheActions session={session} />
    </Panel>
  );
}

function ReadCache({ session, paused }: Props) {
  const source = usePoll('workstations.cache', session.user);
  const { value } = source.reading;
  return (
    <Panel
      title="Manager’s own cache"
      className="manager-cache"
      aside={<ChipWithChain source={source} paused={paused} />}
    >
      <div className="manager-facts">
        {value ? <CacheFacts value={value} /> : <p className="empty">{noValueWords(source)}</p>}
        <p className="fact-note">
          What the manager keeps for itself, not Cachedeck’s cache. Clearing one leaves the other as it is.
        </p>
      </div>
      <CacheActions session={session} />
    </Panel>
  );
}

function CacheFacts({ value }: { readonly value: ManagerCache }) {
  const { hits, misses, evictions, size } = value;
  return (
    <Facts>
      <Fact label="Hit rate">
        <HitRate value={value} />
      </Fact>
      <Fact label="Hits">{counted(hits)}</Fact>
      <Fact label="Misses">{counted(misses)}</Fact>
      <Fact label="Evictions">{counted(evictions)}</Fact>
      <Fact label="Entries">{counted(size)}</Fact>
    </Facts>
  );
}

function counted(n: number | null) {
  return n === null ? <Missing /> : countText(n);
}

/** A server's 0 % without requests is no rate. */
function HitRate({ value: { hits, misses, requests, hitRatePercent } }: { readonly value: ManagerCache }) {
  const n = requests ?? (hits === null || misses === null ? null : hits + misses);
  if (n === 0) return <Missing why="no requests" />;
  if (hitRatePercent === null) return <Missing />;
  const samples = n === null ? 'n not reported' : `n ${countText(n)}${n < fewSamples ? ', few samples' : ''}`;
  return (
    <>
      {percentText(hitRatePercent)} % <span className="muted">({samples})</span>
    </>
  );
}

/** What the manager counts of itself. */
export function ManagerMetricsPanel({ session, paused }: Props) {
  const refusal = refusalOf(session, 'metrics');
  if (refusal === null) return <ReadMetrics session={session} paused={paused} />;
  return (
    <Panel title="Manager’s metrics" className="manager-metrics">
      <p className="empty">They are not read. {refusal}</p>
    </Panel>
  );
}

function ReadMetrics({ session, paused }: Props) {
  const source = usePoll('workstations.metrics', session.user);
  const { value } = source.reading;
  return (
    <Panel
      title="Manager’s metrics"
      className="manager-metrics"
      aside={<ChipWithChain source={source} paused={paused} />}
    >
      {value ? <MetricFacts value={value} /> : <p className="empty">{noValueWords(source)}</p>}
    </Panel>
  );
}

function MetricFacts({ value }: { readonly value: ManagerMetrics }) {
  return (
    <Facts>
      <Fact label="Workstations managed">{counted(value.workstations)}</Fact>
      <Fact label="Emulators managed">{counted(value.emulators)}</Fact>
      <Fact label="Open websockets">{counted(value.websockets)}</Fact>
      <Fact label="Cache hit rate">
        <HitRate value={value.cache} />
      </Fact>
      <Fact label="Cache entries">{counted(value.cache.size)}</Fact>
    </Facts>
  );
}

function noValueWords(source: Source<unknown>): string {
  const { reading, callError } = source;
  if (!reading.supported) return 'This backend does not report it.';
  if (reading.failure) return `No data: ${failureWordsOf(source) ?? ''}. ${reading.failure.message}`;
  return callError ?? 'Not loaded yet.';
}
