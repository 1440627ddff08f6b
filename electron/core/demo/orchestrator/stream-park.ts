import { flowAt } from './stream-flow.ts';
import type { WorldEngine, WorldStream } from './world-state.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
/** Of those that ended, the newest are kept. */
const keptEnded = 200;

interface ParkOptions {
  readonly now: number;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  /** Streams that run all the time; null: a few that come and go. */
  readonly count: number | null;
  /** Streams that run at most when they come and go. */
  readonly most: number;
  /** Engines that could take a stream. */
  readonly engines: () => readonly WorldEngine[];
  readonly note: (stream: WorldStream, category: 'started' | 'ended') => void;
}

/** What all streams of an engine do together, bytes a second. */
interface Traffic {
  busy: number;
  down: number;
  up: number;
}
const idle: Readonly<Traffic> = { busy: 0, down: 0, up: 0 };

/** The demo's streams. */
export class StreamPark {
  readonly #options: ParkOptions;
  #streams: WorldStream[] = [];
  readonly #byId = new Map<string, WorldStream>();
  #traffic = new Map<string, Traffic>();
  #nextAt: number;
  #nextEngine = 0;

  constructor(options: ParkOptions) {
    this.#options = options;
    this.#nextAt = options.now;
  }

  /** Running ones and those that ended in the last hour. */
  get all(): readonly WorldStream[] {
    return this.#streams;
  }

  find(id: string): WorldStream | undefined {
    return this.#byId.get(id);
  }

  /** What begins with the world. */
  begin(now: number): void {
    const { count } = this.#options;
    for (let index = 0; index < (count ?? 3); index += 1) {
      this.#start(now - this.#between(1, 20) * minute, now);
    }
    this.#sumUp(now);
  }

  trafficOf(engineId: string): Readonly<Traffic> {
    return this.#traffic.get(engineId) ?? idle;
  }

  /** Ends and starts what is due at `now`. */
  step(now: number): void {
    const { count, most } = this.#options;
    let running = 0;
    let ended = 0;
    for (const stream of this.#streams) {
      if (stream.endedAt === null && now >= stream.endsAt) this.end(stream, now);
      if (stream.endedAt === null) running += 1;
      else ended += 1;
    }
    if (ended > 0) this.#forget(now, ended);
    if (count !== null) {
      for (; running < count && this.#start(now, now); running += 1);
    } else if (now >= this.#nextAt) {
      this.#nextAt = now + this.#between(20, 90) * second;
      if (running < most) this.#start(now, now);
    }
    this.#sumUp(now);
  }

  end(stream: WorldStream, now: number, quietly = false): void {
    stream.endedAt = now;
    if (!quietly) this.#options.note(stream, 'ended');
  }

  /** Ends what an engine serves, because it goes. */
  endOn(engineId: string, now: number): void {
    for (const stream of this.#streams) {
      if (stream.engineId === engineId && stream.endedAt === null) this.end(stream, now);
    }
  }

  /** False: no engine could take it. */
  #start(startedAt: number, now: number): boolean {
    const engine = this.#chosen();
    if (!engine) return false;
    const key = this.#hex(40);
    const session = this.#hex(10);
    const stream: WorldStream = {
      id: `${key}|${session}`,
      key,
      session,
      engineId: engine.id,
      startedAt,
      endsAt: now + this.#between(2, 12) * minute,
      endedAt: null,
      nature: {
        peers: this.#between(6, 40),
        down: this.#between(500, 1400) * 1024,
        up: this.#between(20, 160) * 1024,
        phase: this.#between(0, 2 * Math.PI),
      },
    };
    this.#streams.push(stream);
    this.#byId.set(stream.id, stream);
    const traffic = this.#traffic.get(engine.id) ?? { ...idle };
    traffic.busy += 1;
    this.#traffic.set(engine.id, traffic);
    this.#options.note(stream, 'started');
    return true;
  }

  /** Of few streams each gets an engine of its own; many are spread over all in turn. */
  #chosen(): WorldEngine | undefined {
    const engines = this.#options.engines();
    if (this.#options.count !== null) return engines[this.#nextEngine++ % Math.max(1, engines.length)];
    const free = engines.filter(({ id }) => this.trafficOf(id).busy === 0);
    return free[Math.floor(this.#options.random() * free.length)];
  }

  #forget(now: number, ended: number): void {
    let surplus = ended - keptEnded;
    this.#streams = this.#streams.filter((stream) => {
      if (stream.endedAt === null) return true;
      const gone = surplus-- > 0 || now - stream.endedAt >= hour;
      if (gone) this.#byId.delete(stream.id);
      return !gone;
    });
  }

  #sumUp(now: number): void {
    const traffic = new Map<string, Traffic>();
    for (const stream of this.#streams) {
      if (stream.endedAt !== null) continue;
      const { speedDown, speedUp } = flowAt(stream, now);
      const sum = traffic.get(stream.engineId);
      if (sum) {
        sum.busy += 1;
        sum.down += speedDown;
        sum.up += speedUp;
      } else traffic.set(stream.engineId, { busy: 1, down: speedDown, up: speedUp });
    }
    this.#traffic = traffic;
  }

  #between(from: number, to: number): number {
    return from + this.#options.random() * (to - from);
  }

  #hex(digits: number): string {
    return Array.from({ length: digits }, () => Math.floor(this.#options.random() * 16).toString(16)).join(
      '',
    );
  }
}
