import type { StreamList } from '../../../shared/contract/fleet.ts';
import type { EngineList, HealthStatus, VpnStatus } from '../../../shared/contract/orchestrator.ts';

/* What reading again showed, in a sentence. null as the value: it could not be read. */

/** Names listed in a sentence. */
const mostNames = 3;
const notRead = 'The engine list could not be read again.';
/** The server hides the engines of a VPN that does not work. */
const hidden = 'a VPN is down, and the server hides its engines meanwhile';

/** Engines that are listed now and were not before. null: either list is missing. */
export function newEngines(before: EngineList | null, after: EngineList | null): readonly string[] | null {
  if (before === null || after === null) return null;
  const known = new Set(before.engines.map(({ id }) => id));
  return after.engines.flatMap(({ id, name }) => (known.has(id) ? [] : [name ?? shortId(id)]));
}

/** After an engine was to be started. */
export function provisionFound(
  before: EngineList | null,
  after: EngineList | null,
  vpn: VpnStatus | null,
): string {
  if (after === null) return notRead;
  const added = newEngines(before, after);
  if (added === null) {
    const n = after.engines.length;
    return `${n === 1 ? '1 engine is' : `${n} engines are`} listed now; how many there were before is not known.`;
  }
  const [first, ...others] = added;
  if (first === undefined) return anyDown(vpn) ? `No new engine so far; ${hidden}.` : 'No new engine so far.';
  if (others.length === 0) return `One new engine appeared: ${first}.`;
  return `${added.length} new engines appeared: ${named(added)}.`;
}

/** After an engine was to be removed. `leaving`: the server said that it deletes it. */
export function removalFound(
  id: string,
  {
    before,
    after,
    vpn,
    leaving,
  }: {
    readonly before: EngineList | null;
    readonly after: EngineList | null;
    readonly vpn: VpnStatus | null;
    readonly leaving: boolean;
  },
): string {
  if (after === null) return notRead;
  if (lists(after, id)) {
    return leaving
      ? 'The engine is still listed; that can last about 10 seconds.'
      : 'The engine is still listed.';
  }
  if (anyDown(vpn)) return `The engine is not listed, which does not say that it is gone: ${hidden}.`;
  return before !== null && lists(before, id) ? 'The engine is gone.' : 'The engine is not listed.';
}

/** After streams were to be stopped. */
export function streamsFound(ids: readonly string[], after: StreamList | null): string {
  const running = runningOf(ids, after);
  if (running === null) return 'The streams could not be read again.';
  if (ids.length === 1) return running.size === 0 ? 'It does not run any more.' : 'It still runs.';
  if (running.size === 0) return 'None of them runs any more.';
  return `${running.size} of ${ids.length} still ${running.size === 1 ? 'runs' : 'run'}.`;
}

/** Those of `ids` that run. */
export function runningOf(ids: readonly string[], list: StreamList | null): ReadonlySet<string> | null {
  if (list === null) return null;
  const running = new Set(list.streams.flatMap(({ id, endedAt }) => (endedAt === null ? [id] : [])));
  return new Set(ids.filter((id) => running.has(id)));
}

/** After a breaker was to be reset. */
export function breakerFound(breaker: 'general' | 'replacement', after: HealthStatus | null): string {
  if (after === null) return 'The state of the breakers could not be read again.';
  const state = after.breakers[breaker]?.state ?? 'unknown';
  if (state === 'unknown') return 'The server does not tell the breaker’s state.';
  return `The breaker is ${state === 'half_open' ? 'half open' : state}.`;
}

/** How an engine is called in a title. */
export function engineName(id: string, list: EngineList | null): string {
  return list?.engines.find((one) => one.id === id)?.name ?? shortId(id);
}

/** As Docker shortens the id of a container. */
function shortId(id: string): string {
  return id.slice(0, 12);
}

function lists({ engines }: EngineList, wanted: string): boolean {
  return engines.some(({ id }) => id === wanted);
}

function anyDown(vpn: VpnStatus | null): boolean {
  return vpn !== null && (vpn.connected === false || vpn.nodes.some(({ connected }) => connected === false))
    ? vpn.mode !== 'disabled'
    : false;
}

function named(names: readonly string[]): string {
  return names.slice(0, mostNames).join(', ') + (names.length > mostNames ? ', …' : '');
}
