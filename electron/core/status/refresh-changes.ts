import type { StreamList } from '../../../shared/contract/fleet.ts';
import type {
  EngineList,
  EngineTotals,
  HealthStatus,
  OrchestratorStatus,
  VpnNode,
  VpnStatus,
} from '../../../shared/contract/orchestrator.ts';
import type { ResourceValues } from './resources.ts';

/** What the contract carries. */
const mostChanges = 20;
const longest = 200;
/** Engines told by name. */
const mostNames = 3;

/** What was known of each resource; what was not, or was not read again, is missing. */
export type Values = { readonly [K in keyof ResourceValues]?: ResourceValues[K] | null };

/**
 * What is another after a refresh than before it, in the operator's words, the weightiest first; "nothing changed"
 * where something could be compared. What was not known before is not compared.
 */
export function changesBetween(before: Values, after: Values): string[] {
  let compared = 0;
  function compare<T>(
    one: T | null | undefined,
    other: T | null | undefined,
    tell: (a: T, b: T) => string[],
  ) {
    if (one === null || one === undefined || other === null || other === undefined) return [];
    compared += 1;
    return tell(one, other);
  }
  const status = compare(before['orchestrator:status'], after['orchestrator:status'], statusChanges);
  const counted = before['orchestrator:status'] && after['orchestrator:status'];
  const changes = [
    ...status,
    ...compare(before['vpn:status'], after['vpn:status'], vpnChanges),
    ...compare(before['health:status'], after['health:status'], breakerChanges),
    ...compare(before['engines:list'], after['engines:list'], engineChanges),
    ...compare(before['stats:total'], after['stats:total'], counted ? () => [] : totalsChanges),
    ...compare(before['streams:list'], after['streams:list'], counted ? () => [] : streamChanges),
  ].map((text) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text));
  if (changes.length > 0) return changes.slice(0, mostChanges);
  return compared > 0 ? ['nothing changed'] : [];
}

function statusChanges(a: OrchestratorStatus, b: OrchestratorStatus): string[] {
  return [
    ...step('orchestrator', a.status, b.status),
    ...step('engines', a.engines.total, b.engines.total),
    ...step('running', a.engines.running, b.engines.running),
    ...step('healthy', a.engines.healthy, b.engines.healthy),
    ...step('streams', a.streams.active, b.streams.active),
    ...provisioningChanges(a.provisioning, b.provisioning),
  ];
}

function provisioningChanges(
  { blocked: was, breaker: before }: OrchestratorStatus['provisioning'],
  { blocked: is, breaker: after }: OrchestratorStatus['provisioning'],
): string[] {
  const breaker = step('circuit breaker', before, after);
  if (is !== null && is.code !== was?.code) return [`provisioning blocked: ${is.message}`, ...breaker];
  if (is === null && was !== null) return ['provisioning no longer blocked', ...breaker];
  return breaker;
}

function vpnChanges(a: VpnStatus, b: VpnStatus): string[] {
  const several = b.nodes.length > 1;
  const emergency =
    a.emergency === null || b.emergency === null || a.emergency.active === b.emergency.active
      ? []
      : [b.emergency.active ? 'emergency mode began' : 'emergency mode ended'];
  return [
    ...step('VPN mode', a.mode, b.mode),
    ...b.nodes.flatMap((node) => {
      const was = a.nodes.find(({ name }) => name === node.name);
      return was ? nodeChanges(was, node, several) : [];
    }),
    ...emergency,
  ];
}

function nodeChanges(was: VpnNode, is: VpnNode, several: boolean): string[] {
  const name = is.name ?? 'without a name';
  const of = several ? ` of ${name}` : '';
  return [
    ...(was.connected !== is.connected && is.connected !== null
      ? [`VPN ${name} ${is.connected ? 'connected' : 'disconnected'}`]
      : []),
    ...exitIpChanges(was.publicIp, is.publicIp, of),
    ...step(`forwarded port${of}`, was.forwardedPort, is.forwardedPort),
  ];
}

function exitIpChanges(was: string | null, is: string | null, of: string): string[] {
  if (was === is) return [];
  if (is === null) return [`exit IP${of} unverified`];
  return [was === null ? `exit IP${of} verified (${is})` : `exit IP${of} changed (${was} → ${is})`];
}

function breakerChanges(a: HealthStatus, b: HealthStatus): string[] {
  return (['general', 'replacement'] as const).flatMap((name) =>
    step(`${name} breaker`, a.breakers[name]?.state ?? null, b.breakers[name]?.state ?? null),
  );
}

function engineChanges({ engines: a }: EngineList, { engines: b }: EngineList): string[] {
  const was = new Map(a.map((one) => [one.id, one]));
  const is = new Set(b.map(({ id }) => id));
  const nameOf = ({ id, name }: EngineList['engines'][number]): string => name ?? id.slice(0, 12);
  const turned = b.filter((one) => {
    const before = was.get(one.id);
    return before !== undefined && before.health !== one.health;
  });
  return [
    ...listed('appeared', b.filter(({ id }) => !was.has(id)).map(nameOf)),
    ...listed('gone', a.filter(({ id }) => !is.has(id)).map(nameOf)),
    ...turned.slice(0, mostNames).map((one) => `engine ${nameOf(one)} ${one.health}`),
  ];
}

function listed(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > mostNames ? ', …' : '';
  const word = names.length === 1 ? 'engine' : 'engines';
  return [`${word} ${what}: ${names.slice(0, mostNames).join(', ')}${more}`];
}

function totalsChanges(a: EngineTotals, b: EngineTotals): string[] {
  return step('containers', a.containerCount, b.containerCount);
}

function streamChanges(a: StreamList, b: StreamList): string[] {
  const running = ({ streams }: StreamList): number =>
    streams.filter(({ endedAt }) => endedAt === null).length;
  return step('streams', running(a), running(b));
}

/** "engines 7 → 8"; nothing where either is not known. */
function step(what: string, was: string | number | null, is: string | number | null): string[] {
  if (was === null || is === null || was === is) return [];
  return [`${what} ${was} → ${is}`.replaceAll('half_open', 'half open')];
}
