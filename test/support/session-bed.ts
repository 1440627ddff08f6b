import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TtlCache } from '../../electron/core/cache/ttl-cache.ts';
import type { Clock } from '../../electron/core/clock.ts';
import { SessionFiles } from '../../electron/core/sessions/session-files.ts';
import { SessionStore } from '../../electron/core/sessions/session-store.ts';
import type {
  GetOptions,
  SessionReading,
  SessionStoreOptions,
} from '../../electron/core/sessions/session-store.ts';
import { idOf } from '../../electron/core/sessions/session-values.ts';
import type { SessionValues } from '../../electron/core/sessions/session-values.ts';
import { userRef } from '../../electron/core/sessions/user-id.ts';
import { Problems } from '../../electron/core/storage/problems.ts';
import { openConfStore } from '../../electron/hosts/conf-store.ts';
import { longestSession, sessionFields } from '../../shared/model/sessions.ts';
import type { SessionField } from '../../shared/model/sessions.ts';
import { recordingLog } from './recording-log.ts';

/** What a portal says of an engagement: every text in it names the id, so that it tells whose data a value is. */
export function sessionValues(paasId: number, ipcId = ipcOf(paasId)): SessionValues {
  return {
    paas_engagement_id: paasId,
    engagement_data: {
      id: paasId,
      name: `engagement ${paasId}`,
      type: 'PaaS',
      customer: `customer ${paasId}`,
    },
    ipc_engagement_id: ipcId,
    endpoints: [{ id: 1, name: `endpoint ${paasId}`, technicalName: 'EP_V2_DEL', aiCloud: false }],
    business_units: [{ id: 2, name: `unit ${ipcId}`, environments: 3, zones: 4, vms: 5 }],
    environments_list: [{ id: 3, name: `environment ${ipcId}` }],
    zones: [
      {
        id: 4,
        name: `zone ${ipcId}`,
        businessUnit: null,
        environment: null,
        cidr: '10.0.0.0/24',
        status: 'ACTIVE',
        endpoint: null,
      },
    ],
  };
}

/** The IPC id that the portal of these tests has for a PaaS id. */
export function ipcOf(paasId: number): number {
  return paasId + 1000;
}

/** Seed-sized: 10 endpoints, 20 business units, 30 environments, 40 zones. */
export function fullSession(paasId: number): SessionValues {
  const { endpoints, business_units, environments_list, zones, ...ids } = sessionValues(paasId);
  return {
    ...ids,
    endpoints: repeat(endpoints, 10),
    business_units: repeat(business_units, 20),
    environments_list: repeat(environments_list, 30),
    zones: repeat(zones, 40),
  };
}

function repeat<T extends { readonly id: number; readonly name: string | null }>(
  items: readonly T[],
  n: number,
): T[] {
  return Array.from({ length: n }, (_, nth) =>
    items.map((one) => ({ ...one, id: nth, name: `${one.name} ${nth}` })),
  ).flat();
}

interface Run {
  readonly cache: TtlCache;
  readonly store: SessionStore;
  readonly problems: Problems;
  readonly files: SessionFiles;
}

/** A loader whose calls stay open until told how to end. */
export class HeldLoad<T> {
  readonly #open: PromiseWithResolvers<T>[] = [];
  readonly signals: AbortSignal[] = [];

  get calls(): number {
    return this.#open.length;
  }

  readonly load = (signal: AbortSignal): Promise<T> => {
    const call = Promise.withResolvers<T>();
    this.signals.push(signal);
    this.#open.push(call);
    return call.promise;
  };

  /** Ends the nth call, the last by default. */
  answer(value: T, nth = this.calls): void {
    this.#open.at(nth - 1)?.resolve(value);
  }

  fail(error: Error, nth = this.calls): void {
    this.#open.at(nth - 1)?.reject(error);
  }
}

/** A session store on real files, one run of the app after the other. */
export class SessionBed {
  readonly root = mkdtempSync(join(tmpdir(), 'cachedeck-sessions-'));
  /** Not there until something is stored. */
  readonly folder = join(this.root, 'sessions');
  readonly clock: Clock;
  readonly log = recordingLog();
  /** Calls the portal got, as `<user's address>:<field>`. */
  readonly calls: string[] = [];
  /** Which engagement the portal says a user has. */
  engagement = 1;
  run: Run;

  constructor(clock: Clock, options: Partial<SessionStoreOptions> = {}) {
    this.clock = clock;
    this.run = this.#start(options);
  }

  get store(): SessionStore {
    return this.run.store;
  }

  get cache(): TtlCache {
    return this.run.cache;
  }

  /** The next run of the app; the one before ended or was killed. */
  restart(options: Partial<SessionStoreOptions> = {}): void {
    this.run = this.#start(options);
    this.run.store.restore();
  }

  /** A field as the portal's own code asks for it: the ids it needs first. The portal answers at once. */
  async read(email: string, field: SessionField, options: GetOptions = {}): Promise<SessionReading<unknown>> {
    const { store } = this;
    const { ahead = false } = options;
    const own = (one: SessionField): GetOptions => (one === field ? options : { ahead });
    const list = this.#asked(email, 'paas_engagement_id', () => this.engagement);
    const paas = await store.get(email, 'paas_engagement_id', list, own('paas_engagement_id'));
    if (field === 'paas_engagement_id') return paas;
    const load = this.#asked(email, field, () => paas.value);
    if (idOf(field) === 'paas_engagement_id') {
      return store.get(email, field, load, { ...options, of: paas.value });
    }
    const convert = this.#asked(email, 'ipc_engagement_id', () => paas.value);
    const ipc = await store.get(email, 'ipc_engagement_id', convert, {
      ...own('ipc_engagement_id'),
      of: paas.value,
    });
    return store.get(email, field, load, { ...options, of: ipc.value });
  }

  /** Reads every field of a user. */
  async fill(email: string): Promise<void> {
    for (const field of sessionFields) await this.read(email, field);
  }

  path(email: string): string {
    return join(this.folder, `${userRef(email)}.json`);
  }

  json(email: string): { readonly format: number; readonly data: Record<string, unknown> } {
    return JSON.parse(readFileSync(this.path(email), 'utf8')) as {
      format: number;
      data: Record<string, unknown>;
    };
  }

  get fileNames(): string[] {
    try {
      return readdirSync(this.folder).toSorted();
    } catch {
      return [];
    }
  }

  get told(): string[] {
    return this.run.problems.feed.value.map(({ title, text }) => `${title}. ${text}`);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #asked<F extends SessionField>(
    email: string,
    field: F,
    paasId: () => number,
  ): () => Promise<SessionValues[F]> {
    return () => {
      this.calls.push(`${email}:${field}`);
      return Promise.resolve(sessionValues(paasId())[field]);
    };
  }

  #start(options: Partial<SessionStoreOptions>): Run {
    const { clock } = this;
    const cache = new TtlCache({
      clock,
      random: () => 0.5,
      freeze: true,
      log: this.log.log,
      max: 20_000,
      maxBytes: 2 ** 30,
    });
    const problems = new Problems(clock);
    const files = new SessionFiles({ folder: this.folder, clock, problems, openStore: openConfStore });
    const store = new SessionStore({ cache, clock, files, ttlOf: () => longestSession, ...options });
    return { cache, store, problems, files };
  }
}
