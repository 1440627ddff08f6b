import { engineCount, firstVpn, secondVpn } from './cast.ts';
import type { VpnRole } from './cast.ts';
import type { VpnScript, World, WorldEngine, WorldEvent, WorldStream } from './world-state.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const mebi = 1024 ** 2;
const maxSteps = 120;
const maxStreams = 7;
const keepEvents = 500;
/** One VPN that is lost and comes back, each for long enough to be noticed and to be told. */
const flapCycle = 60 * second;
const flapDown = 30 * second;

/** `random`: 0 ≤ n < 1; the same sequence gives the same world. */
export function createWorld(options: { now: number; random: () => number }): World {
  const { random } = options;
  const between = (from: number, to: number) => from + random() * (to - from);
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');

  let now = options.now;
  let script: VpnScript = 'redundant';
  let scriptSince = now;
  let nextEvent = 1;
  let flap: { readonly role: VpnRole; readonly until: number } | null = null;
  let nextFlapAt = now + between(1.5 * minute, 3 * minute);
  let nextStreamAt = now;
  let emergency: World['emergency'] = null;
  let streams: WorldStream[] = [];
  const events: WorldEvent[] = [];
  const engines = Array.from({ length: engineCount }, (_, index) => newEngine(index));

  function newEngine(index: number): WorldEngine {
    const first = index < engineCount / 2;
    const place = index % (engineCount / 2);
    return {
      id: hex(64),
      name: `acestream-${index + 1}`,
      port: (first ? 19_000 : 19_500) + place,
      vpn: first ? firstVpn : secondVpn,
      forwarded: place === 0,
      firstSeen: now - between(2 * hour, 40 * hour),
      lastStreamUsage: null,
      cpu: between(2, 6),
      memory: between(190, 250) * mebi,
      received: between(2, 9) * 1024 * mebi,
      sent: between(0.2, 0.9) * 1024 * mebi,
      blocksRead: between(20, 60) * mebi,
      blocksWritten: between(200, 600) * mebi,
    };
  }

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

  function startStream(startedAt: number): void {
    const free = engines.filter((engine) => isUp(engine.vpn) && load(engine) === 0);
    const engine = free[Math.floor(random() * free.length)];
    if (!engine) return;
    const key = hex(40);
    const session = hex(10);
    const stream: WorldStream = {
      id: `${key}|${session}`,
      key,
      session,
      engineId: engine.id,
      startedAt,
      endsAt: now + between(2, 12) * minute,
      endedAt: null,
      peers: Math.round(between(6, 40)),
      speedDown: between(500, 1400) * 1024,
      speedUp: between(20, 160) * 1024,
      downloaded: 0,
      uploaded: 0,
    };
    streams.push(stream);
    noteStream(stream, engine, 'started');
  }

  function noteStream(stream: WorldStream, engine: WorldEngine, category: 'started' | 'ended'): void {
    note({
      type: 'stream',
      category,
      message: `Stream ${category} on ${engine.name}`,
      details: { key_type: 'infohash' },
      containerId: engine.id,
      streamId: stream.id,
    });
  }

  function stepStreams(seconds: number): void {
    for (const stream of streams) {
      if (stream.endedAt !== null) continue;
      const engine = engines.find((one) => one.id === stream.engineId);
      if (!engine) continue;
      stream.peers = Math.max(2, Math.round(stream.peers + between(-1.5, 1.5)));
      stream.speedDown = wander(stream.speedDown, 900 * 1024, 120 * 1024, seconds);
      stream.speedUp = wander(stream.speedUp, 80 * 1024, 20 * 1024, seconds);
      stream.downloaded += stream.speedDown * seconds;
      stream.uploaded += stream.speedUp * seconds;
      engine.received += stream.speedDown * seconds;
      engine.sent += stream.speedUp * seconds;
      engine.lastStreamUsage = now;
      if (now >= stream.endsAt) {
        stream.endedAt = now;
        noteStream(stream, engine, 'ended');
      }
    }
    streams = streams.filter(({ endedAt }) => endedAt === null || now - endedAt < hour);
    if (now < nextStreamAt) return;
    nextStreamAt = now + between(20, 90) * second;
    if (streams.filter(({ endedAt }) => endedAt === null).length < maxStreams) startStream(now);
  }

  function load(engine: WorldEngine): number {
    return streams.filter(({ engineId, endedAt }) => engineId === engine.id && endedAt === null).length;
  }

  /** A random walk that is drawn back to `home`; never below a tenth of it. */
  function wander(value: number, home: number, jitter: number, seconds: number): number {
    const pull = 1 - Math.exp(-seconds / 20);
    return Math.max(home / 10, value + (home - value) * pull + between(-jitter, jitter));
  }

  function stepEngines(seconds: number): void {
    for (const engine of engines) {
      const busy = load(engine);
      engine.cpu = wander(engine.cpu, 3 + 9 * busy, 0.8 + busy, seconds);
      engine.memory = wander(engine.memory, (215 + 90 * busy) * mebi, 2 * mebi, seconds);
      engine.received += between(1, 4) * 1024 * seconds;
      engine.sent += between(0.5, 2) * 1024 * seconds;
      engine.blocksWritten += (busy * 200 + 2) * 1024 * seconds;
      engine.blocksRead += 512 * seconds;
    }
  }

  note({
    type: 'system',
    category: 'scaling',
    message: `Auto-scaling: provisioning ${engineCount} engines to meet MIN_REPLICAS=${engineCount} total containers`,
    details: { target: engineCount },
    containerId: null,
    streamId: null,
  });
  for (let index = 0; index < 3; index += 1) startStream(now - between(1, 20) * minute);
  for (const stream of streams) stream.downloaded = stream.speedDown * ((now - stream.startedAt) / second);

  return {
    engines,
    events,
    get streams() {
      return streams;
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
        stepStreams(seconds);
        stepEngines(seconds);
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
      [firstVpn, secondVpn].forEach((role, index) => {
        const up = isUp(role);
        if (up !== before[index]) noteVpn(role, up);
      });
    },
  };
}
