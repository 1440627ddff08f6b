import { breakerTimeout, engineCount, firstVpn, secondVpn, spareReplicas } from './cast.ts';
import type { VpnRole } from './cast.ts';
import { EnginePark } from './engine-park.ts';
import { StreamPark } from './stream-park.ts';
import type { VpnScript, World, WorldBreaker, WorldEvent, WorldSize, WorldStream } from './world-state.ts';

const second = 1000;
const minute = 60 * second;
const maxSteps = 120;
const maxStreams = 7;
const keepEvents = 500;
/** One VPN that is lost and comes back, each for long enough to be noticed and to be told. */
const flapCycle = 60 * second;
const flapDown = 30 * second;

/** `random`: 0 ≤ n < 1; the same sequence gives the same world. */
export function createWorld(options: { now: number; random: () => number; size?: WorldSize }): World {
  const { random } = options;
  const between = (from: number, to: number) => from + random() * (to - from);

  let now = options.now;
  let script: VpnScript = 'redundant';
  let scriptSince = now;
  let nextEvent = 1;
  let flap: { readonly role: VpnRole; readonly until: number } | null = null;
  let nextFlapAt = now + between(1.5 * minute, 3 * minute);
  let emergency: World['emergency'] = null;
  let breaker: WorldBreaker = { state: 'closed', lastFailure: null };
  const events: WorldEvent[] = [];
  const count = options.size?.engines ?? engineCount;
  const engines = new EnginePark({ now, random, count });
  const streams = new StreamPark({
    now,
    random,
    count: options.size?.streams ?? null,
    most: maxStreams,
    engines: () => engines.listed.filter(({ vpn, leavesAt }) => leavesAt === null && isUp(vpn)),
    note: noteStream,
  });

  function note(event: Omit<WorldEvent, 'id' | 'at'>): void {
    events.push({ id: nextEvent++, at: now, ...event });
    if (events.length > keepEvents) events.shift();
  }

  function noteVpn(role: VpnRole, up: boolean): void {
    note({
      type: 'vpn',
      category: up ? 'recovered' : 'disconnected',
      message: up
        ? `VPN '${role.container}' recovered from unhealthy state`
        : `VPN '${role.container}' became unhealthy`,
      details: { container: role.container },
      containerId: null,
      streamId: null,
    });
  }

  function isUp(role: VpnRole): boolean {
    if (script === 'both-down') return false;
    if (script === 'single-flapping') return (now - scriptSince) % flapCycle >= flapDown;
    return flap?.role !== role;
  }

  function stepVpn(): void {
    if (script !== 'redundant') return;
    if (flap && now >= flap.until) {
      noteVpn(flap.role, true);
      flap = null;
      emergency = null;
      nextFlapAt = now + between(3 * minute, 5 * minute);
    } else if (!flap && now >= nextFlapAt) {
      flap = { role: random() < 0.5 ? firstVpn : secondVpn, until: now + between(12, 25) * second };
      emergency = { failed: flap.role, since: now };
      noteVpn(flap.role, false);
    }
  }

  function noteStream(stream: WorldStream, category: 'started' | 'ended'): void {
    note({
      type: 'stream',
      category,
      message: `Stream ${category} on ${engines.find(stream.engineId)?.name ?? 'an engine that is gone'}`,
      details: { key_type: 'infohash' },
      containerId: stream.engineId,
      streamId: stream.id,
    });
  }

  function noteEngine(category: string, message: string, containerId: string | null): void {
    note({ type: 'engine', category, message, details: {}, containerId, streamId: null });
  }

  note({
    type: 'system',
    category: 'scaling',
    message: `Auto-scaling: provisioning ${count} engines to meet MIN_REPLICAS=${count} total containers`,
    details: { target: count },
    containerId: null,
    streamId: null,
  });
  streams.begin(now);

  return {
    get engines() {
      return engines.listed;
    },
    events,
    get streams() {
      return streams.all;
    },
    get script() {
      return script;
    },
    get emergency() {
      return script === 'single-flapping' ? null : emergency;
    },
    now: () => now,
    vpns() {
      const shown = script === 'single-flapping' ? [firstVpn] : [firstVpn, secondVpn];
      const firstWindow = now - scriptSince < flapCycle;
      return shown.map((role) => ({
        role,
        up: isUp(role),
        verified: isUp(role) && (script !== 'single-flapping' || firstWindow),
      }));
    },
    advance(to) {
      const gap = to - now;
      if (gap <= 0) return;
      const steps = Math.min(maxSteps, Math.ceil(gap / second));
      const from = now;
      for (let step = 1; step <= steps; step += 1) {
        const before = now;
        now = from + (gap * step) / steps;
        const seconds = (now - before) / second;
        stepVpn();
        streams.step(now);
        engines.step(now, seconds, (id) => streams.trafficOf(id));
      }
    },
    setScript(next) {
      if (next === script) return;
      const before = [firstVpn, secondVpn].map((role) => isUp(role));
      script = next;
      scriptSince = now;
      flap = null;
      nextFlapAt = now + between(1.5 * minute, 3 * minute);
      emergency = next === 'both-down' ? (emergency ?? { failed: secondVpn, since: now }) : null;
      if (next === 'both-down') breaker = { state: 'open', lastFailure: now };
      [firstVpn, secondVpn].forEach((role, index) => {
        const up = isUp(role);
        if (up !== before[index]) noteVpn(role, up);
      });
    },

    maxReplicas: count + spareReplicas,
    get replacementBreaker() {
      const due = breaker.lastFailure !== null && now - breaker.lastFailure >= breakerTimeout;
      const state = due && script !== 'both-down' ? 'closed' : breaker.state;
      return { ...breaker, state };
    },
    resetBreaker() {
      breaker = { ...breaker, state: 'closed' };
    },
    engine: (id) => engines.find(id),
    stream: (id) => streams.find(id),
    provision(hostPort) {
      const behind = (role: VpnRole): number => engines.listed.filter(({ vpn }) => vpn === role).length;
      const [vpn] = [firstVpn, secondVpn].filter(isUp).toSorted((a, b) => behind(a) - behind(b));
      if (!vpn) return false;
      engines.start(now, vpn, hostPort);
      return true;
    },
    remove(id) {
      noteEngine('deleted', `Engine deleted: ${id.slice(0, 12)}`, id);
      if (!engines.remove(now, id)) return false;
      streams.endOn(id, now);
      return true;
    },
    stopStream(stream) {
      streams.end(stream, now, true); // the real server writes no event for it
    },
  };
}
