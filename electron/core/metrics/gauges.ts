import type { Gauge } from 'prom-client';
import { alertRules, alertStates } from '../../../shared/model/alerts.ts';
import type { Reading } from '../../../shared/model/reading.ts';
import { resourceKeys } from '../../../shared/model/resources.ts';
import type { Workspace } from '../workspace.ts';
import type { Instruments } from './instruments.ts';
import { managerKeys } from './resource-labels.ts';
import type { ResourceLabel } from './resource-labels.ts';

/** What of a connected profile is looked at. */
export type Looked = Pick<Workspace, 'status' | 'portal' | 'workstations' | 'alerts' | 'cache'>;

const second = 1000;

/**
 * Reads what is true now, by peeking only: nothing is loaded or counted. What nobody knows is absent, never 0.
 * @param workspace null: another profile is being connected
 */
export function setGauges(instruments: Instruments, workspace: Looked | null): void {
  for (const one of ofProfile(instruments)) one.reset();
  if (workspace === null) return;
  const { status, portal, workstations, alerts, cache } = workspace;

  const caches = { main: cache, ...(portal.kept === null ? {} : { sessions: portal.cache }) };
  for (const [name, { size, bytes }] of Object.entries(caches)) {
    instruments.entries.set({ cache: name }, size);
    instruments.bytes.set({ cache: name }, bytes);
  }
  for (const key of resourceKeys) setReading(instruments, key, status.peek(key));
  if (workstations.session.value.connected) {
    for (const key of managerKeys) setReading(instruments, key, workstations.peek(key));
    set(instruments.workstations, workstations.peek('workstations_list').value?.workstations.length);
  }
  setFleet(instruments, workspace);

  const active = alerts.state.value.active.filter(
    ({ heldBy }) => !heldBy.some(({ by }) => by === 'not-watched'),
  );
  for (const rule of alertRules) {
    for (const state of alertStates) {
      const n = active.filter((alert) => alert.rule === rule && alert.state === state).length;
      instruments.alerts.set({ rule, state }, n);
    }
  }
  set(instruments.sessions, portal.kept);
  instruments.pollInterval.set(status.pollMs / second);
  instruments.paused.set(Number(status.paused));
  instruments.enabled.set(Number(status.cacheOn));
}

function setReading(instruments: Instruments, resource: ResourceLabel, reading: Reading<unknown>): void {
  const { age, ttl, failure, supported } = reading;
  if (!supported) return;
  instruments.ttl.set({ resource }, ttl / second);
  if (age !== null) instruments.dataAge.set({ resource }, age / second);
  if (age === null && failure === null) return;
  instruments.up.set({ resource }, failure === null ? 1 : 0);
  instruments.failures.set({ resource }, failure?.count ?? 0);
}

/** The last good numbers, however old: their age stands beside them. */
function setFleet(instruments: Instruments, { status }: Looked): void {
  const totals = status.peek('stats:total').value;
  set(instruments.containers, totals?.containerCount);
  set(instruments.cpu, totals?.cpuPercent, 1 / 100);
  set(instruments.memory, totals?.memoryBytes);
  set(instruments.received, totals?.networkRxBytes);
  set(instruments.sent, totals?.networkTxBytes);

  const { engines, streams, provisioning } = status.peek('orchestrator:status').value ?? {};
  for (const state of ['total', 'running', 'healthy', 'unhealthy'] as const) {
    const n = engines?.[state];
    if (typeof n === 'number') instruments.engines.set({ state }, n);
  }
  set(instruments.streams, streams?.active);
  set(instruments.canProvision, provisioning?.canProvision);

  const vpn = status.peek('vpn:status').value;
  set(instruments.vpnEnabled, vpn?.enabled);
  set(instruments.vpnConnected, vpn?.connected);
  for (const health of ['healthy', 'unhealthy', 'starting', 'unknown'] as const) {
    const n = vpn?.nodes.filter((node) => node.health === health).length;
    if (n !== undefined) instruments.vpnNodes.set({ health }, n);
  }
}

/** What was not reported stays absent. */
function set(gauge: Gauge, value: number | boolean | null | undefined, factor = 1): void {
  if (value !== null && value !== undefined) gauge.set(Number(value) * factor);
}

/** What another profile may not have. `reset` of a gauge without labels makes it 0, so that one is removed. */
function ofProfile(instruments: Instruments): { reset(): void }[] {
  const { entries, bytes, dataAge, ttl, up, failures, alerts, engines, vpnNodes } = instruments;
  const plain = [
    instruments.enabled,
    instruments.sessions,
    instruments.containers,
    instruments.cpu,
    instruments.memory,
    instruments.received,
    instruments.sent,
    instruments.streams,
    instruments.canProvision,
    instruments.vpnEnabled,
    instruments.vpnConnected,
    instruments.workstations,
    instruments.pollInterval,
    instruments.paused,
  ];
  const labelled = [entries, bytes, dataAge, ttl, up, failures, alerts, engines, vpnNodes];
  return [...labelled, ...plain.map((gauge) => ({ reset: () => gauge.remove() }))];
}
