export const stationStatuses = ['online', 'offline', 'connecting', 'error', 'unknown'] as const;

interface Station {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  status: (typeof stationStatuses)[number];
  readonly emulators: number;
  activeEmulators: number;
  /** Percent each. */
  cpu: number;
  memory: number;
  disk: number;
  /** UTC ms. */
  lastSeen: number | null;
}

const stepMs = 5000;
const names = [
  'Studio 1',
  'Studio 2',
  'Studio 3',
  'Studio 4',
  'Render North',
  'Render South',
  'Test Bench A',
  'Test Bench B',
  'Front Desk',
  'Workshop',
  'Spare 1',
  'Spare 2',
];
/** Those that are not simply online, by place in the list. */
const others: Readonly<Record<number, Station['status']>> = {
  7: 'connecting',
  9: 'error',
  10: 'offline',
  11: 'unknown',
};

/** Workstations whose loads wander; they change in `advance` alone. Addresses are reserved for documentation. */
export class Stations {
  readonly #random: () => number;
  readonly #list: Station[];
  #at: number;

  /** `now`: UTC ms. */
  constructor(now: number, random: () => number) {
    this.#random = random;
    this.#at = now;
    this.#list = names.map((name, n) => {
      const status = others[n] ?? 'online';
      const online = status === 'online';
      const emulators = 2 + (n % 5);
      const cpu = online ? 20 + random() * 40 : 0;
      return {
        id: idOf(n + 1),
        name,
        address: `192.0.2.${n + 11}`,
        status,
        emulators,
        activeEmulators: busyOf(emulators, cpu),
        cpu,
        memory: online ? 35 + random() * 30 : 0,
        disk: status === 'unknown' ? 0 : 30 + random() * 50,
        lastSeen: online ? now : status === 'unknown' ? null : now - (1 + n) * 3_600_000,
      };
    });
  }

  get list(): readonly Readonly<Station>[] {
    return this.#list;
  }

  /** Moves to a time, UTC ms; going back is ignored. */
  advance(to: number): void {
    if (to - this.#at < stepMs) return;
    this.#at = to;
    for (const station of this.#list) {
      if (station.status !== 'online') continue;
      station.cpu = this.#wander(station.cpu, 12);
      station.memory = this.#wander(station.memory, 4);
      station.disk = this.#wander(station.disk, 0.2);
      station.activeEmulators = busyOf(station.emulators, station.cpu);
      station.lastSeen = to;
    }
  }

  /** @returns its id */
  add(name: string, address: string): string {
    const id = idOf(this.#list.length + 1);
    this.#list.push({
      id,
      name,
      address,
      status: 'unknown',
      emulators: 0,
      activeEmulators: 0,
      cpu: 0,
      memory: 0,
      disk: 0,
      lastSeen: null,
    });
    return id;
  }

  #wander(value: number, most: number): number {
    return Math.min(97, Math.max(3, value + (this.#random() * 2 - 1) * most));
  }
}

/** The busier the machine, the more of its emulators run. */
function busyOf(emulators: number, cpu: number): number {
  return Math.round((cpu / 100) * emulators);
}

function idOf(number: number): string {
  return `ws_${String(number).padStart(3, '0')}`;
}
