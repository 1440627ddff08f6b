import { engineCount, firstVpn, memoryLimit, secondVpn } from './cast.ts';
import type { VpnRole } from './cast.ts';
import type { WorldEngine } from './world-state.ts';

const second = 1000;
const hour = 3_600_000;
const mebi = 1024 ** 2;
/** The monitor's turn, which finds out that a container has gone. */
const monitorTurn = 10 * second;

interface ParkOptions {
  readonly now: number;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  /** Engines to begin with. */
  readonly count: number;
}

/** The demo's engines: those that run, those that start, those whose container has gone but which are still listed. */
export class EnginePark {
  readonly #between: (from: number, to: number) => number;
  readonly #hex: (digits: number) => string;
  readonly #starting: { readonly at: number; readonly engine: WorldEngine }[] = [];
  #listed: WorldEngine[];
  #byId: ReadonlyMap<string, WorldEngine>;
  #nextNumber: number;

  constructor({ now, random, count }: ParkOptions) {
    this.#between = (from, to) => from + random() * (to - from);
    this.#hex = (digits) =>
      Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');
    const half = Math.ceil(count / 2);
    this.#listed = Array.from({ length: count }, (_, index) => {
      const first = index < half;
      const place = first ? index : index - half;
      return this.#made({
        number: index + 1,
        port: (first ? 19_000 : Math.max(19_500, 19_000 + half)) + place,
        vpn: first ? firstVpn : secondVpn,
        forwarded: place === 0,
        firstSeen: now - this.#between(2 * hour, 40 * hour),
      });
    });
    this.#byId = index(this.#listed);
    this.#nextNumber = count + 1;
  }

  /** What the server lists. */
  get listed(): readonly WorldEngine[] {
    return this.#listed;
  }

  find(id: string): WorldEngine | undefined {
    return this.#byId.get(id);
  }

  /** Starts an engine behind `vpn`; it is listed 1 to 3 s later. */
  start(now: number, vpn: VpnRole, hostPort: number | null): void {
    const at = now + this.#between(1, 3) * second;
    const behind = [...this.#listed, ...this.#starting.map(({ engine }) => engine)];
    const engine = this.#made({
      number: this.#nextNumber++,
      port: hostPort ?? freePort(behind),
      vpn,
      forwarded: !behind.some((one) => one.vpn === vpn && one.forwarded && one.leavesAt === null),
      firstSeen: at,
    });
    this.#starting.push({ at, engine });
  }

  /** Deletes an engine's container; it is listed until the monitor's next turn. False: there is no such container. */
  remove(now: number, id: string): boolean {
    const engine = this.find(id);
    if (!engine || engine.leavesAt !== null) return false;
    engine.leavesAt = (Math.floor(now / monitorTurn) + 1) * monitorTurn;
    return true;
  }

  /** Moves to `now`. `busy`: streams of an engine; `moved`: bytes its streams brought and sent since `before`. */
  step(
    now: number,
    seconds: number,
    traffic: (id: string) => { readonly busy: number; readonly down: number; readonly up: number },
  ): void {
    this.#settle(now);
    for (const engine of this.#listed) {
      if (engine.leavesAt !== null) continue;
      const { busy, down, up } = traffic(engine.id);
      // Of many streams on one engine each costs less.
      const load = Math.min(busy, 1 + Math.log2(1 + busy));
      engine.cpu = this.#wander(engine.cpu, 3 + 9 * Math.min(load, 4), 0.8 + load, seconds);
      engine.memory = this.#wander(engine.memory, (215 + 90 * Math.min(load, 4)) * mebi, 2 * mebi, seconds);
      engine.received += down * seconds + this.#between(1, 4) * 1024 * seconds;
      engine.sent += up * seconds + this.#between(0.5, 2) * 1024 * seconds;
      engine.blocksWritten += (busy * 200 + 2) * 1024 * seconds;
      engine.blocksRead += 512 * seconds;
      if (busy > 0) engine.lastStreamUsage = now;
    }
  }

  #settle(now: number): void {
    const born = this.#starting.filter(({ at }) => at <= now);
    const left = this.#listed.some(({ leavesAt }) => leavesAt !== null && leavesAt <= now);
    if (born.length === 0 && !left) return;
    for (const one of born) this.#starting.splice(this.#starting.indexOf(one), 1);
    this.#listed = [
      ...this.#listed.filter(({ leavesAt }) => leavesAt === null || leavesAt > now),
      ...born.map(({ engine }) => engine),
    ];
    this.#byId = index(this.#listed);
  }

  #made({
    number,
    ...rest
  }: Pick<WorldEngine, 'port' | 'vpn' | 'forwarded' | 'firstSeen'> & {
    readonly number: number;
  }): WorldEngine {
    return {
      id: this.#hex(64),
      name: `acestream-${number}`,
      ...rest,
      lastStreamUsage: null,
      leavesAt: null,
      cpu: this.#between(2, 6),
      memory: Math.min(memoryLimit, this.#between(190, 250) * mebi),
      received: this.#between(2, 9) * 1024 * mebi,
      sent: this.#between(0.2, 0.9) * 1024 * mebi,
      blocksRead: this.#between(20, 60) * mebi,
      blocksWritten: this.#between(200, 600) * mebi,
    };
  }

  /** A random walk that is drawn back to `home`; never below a tenth of it. */
  #wander(value: number, home: number, jitter: number, seconds: number): number {
    const pull = 1 - Math.exp(-seconds / 20);
    return Math.max(home / 10, value + (home - value) * pull + this.#between(-jitter, jitter));
  }
}

function index(engines: readonly WorldEngine[]): ReadonlyMap<string, WorldEngine> {
  return new Map(engines.map((engine) => [engine.id, engine]));
}

function freePort(engines: readonly WorldEngine[]): number {
  const taken = new Set(engines.map(({ port }) => port));
  let port = 19_000 + engineCount;
  while (taken.has(port)) port += 1;
  return port;
}
