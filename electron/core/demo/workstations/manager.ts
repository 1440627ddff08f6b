import { bearer, fieldOf, json } from '../exchange.ts';
import type { DemoReply, DemoRequest } from '../exchange.ts';
import { randomText, TokenDesk } from '../tokens.ts';
import { SimpleCache } from './simple-cache.ts';
import { Stations } from './stations.ts';

const minute = 60_000;
/** The real server's are good for 30 min; short here, so that refreshing can be watched. */
const accessLife = 3 * minute;
const refreshLife = 7 * 24 * 60 * minute;
const listTtl = minute;
const latency = 150;

const roles = ['viewer', 'operator', 'admin'] as const;
type Role = (typeof roles)[number];
const fullNames: Readonly<Record<Role, string>> = {
  viewer: 'Read-only Account',
  operator: 'Shift Operator',
  admin: 'System Administrator',
};

interface DemoWorkstationAccount {
  readonly user: string;
  readonly password: string;
}

/** Who may use the demo's workstation manager. Passwords are new with every start. */
export type DemoWorkstations = Readonly<Record<Role, DemoWorkstationAccount>>;

/** A workstation manager with the real server's bodies, its Russian messages included. */
export class ManagerPart {
  readonly desk: TokenDesk;
  readonly accounts: DemoWorkstations;
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #lastLogin = new Map<Role, number>();
  readonly #stations: Stations;
  readonly #cache: SimpleCache;

  /** `now`: UTC ms. */
  constructor(now: () => number, random: () => number) {
    this.#now = now;
    this.#startedAt = now();
    this.desk = new TokenDesk(now, random);
    this.#stations = new Stations(now(), random);
    this.#cache = new SimpleCache(now);
    const account = (user: Role) => ({ user, password: randomText(random, 20) });
    this.accounts = { viewer: account('viewer'), operator: account('operator'), admin: account('admin') };
  }

  static owns(path: string): boolean {
    return path.startsWith('/api/');
  }

  get secrets(): readonly string[] {
    return [...Object.values(this.accounts).map(({ password }) => password), ...this.desk.tokens];
  }

  delayOf(): number {
    return latency;
  }

  answer(request: DemoRequest): DemoReply {
    const test = /^\/api\/workstations\/([^/]+)\/test-connection$/.exec(request.path)?.[1];
    const asked = test === undefined ? `${request.method} ${request.path}` : `${request.method} test`;
    switch (asked) {
      case 'GET /api/health':
        return told('Сервер работает нормально', { status: 'healthy' });
      case 'POST /api/auth/login':
        return this.#login(request);
      case 'POST /api/auth/refresh':
        return this.#refresh(request);
      case 'GET /api/auth/me':
        return this.#as('viewer', request, (role) => json(200, this.#account(role)));
      case 'GET /api/workstations':
        return this.#as('viewer', request, () =>
          json(
            200,
            this.#cache.through('workstations_list', listTtl, () => this.#list()),
          ),
        );
      case 'POST /api/workstations':
        return this.#as('operator', request, () => this.#create(request));
      case 'POST test':
        return this.#as('operator', request, () => this.#test(test ?? ''));
      case 'GET /api/performance/cache-stats':
        return this.#as('admin', request, () => json(200, this.#statistics()));
      case 'GET /api/performance/metrics':
        return this.#as('admin', request, () => json(200, this.#metrics()));
      case 'POST /api/performance/cache-clear':
        return this.#as('admin', request, () => {
          this.#cache.clear();
          return told('Кэш полностью очищен', { cleared_at: this.#time() });
        });
      case 'POST /api/performance/cache-invalidate':
        return this.#as('admin', request, () => this.#invalidate(request));
      default:
        return json(404, { detail: 'Not Found' });
    }
  }

  #login({ body }: DemoRequest): DemoReply {
    const [user, password] = [fieldOf(body, 'username'), fieldOf(body, 'password')];
    for (const [field, value] of [
      ['username', user],
      ['password', password],
    ] as const) {
      if (typeof value !== 'string') return missing('body', field);
    }
    const role = roles.find(
      (one) => this.accounts[one].user === user && this.accounts[one].password === password,
    );
    if (!role) return json(401, { detail: 'Incorrect username or password' });
    this.#lastLogin.set(role, this.#now());
    return this.#session(role);
  }

  #refresh({ body }: DemoRequest): DemoReply {
    const token = fieldOf(body, 'refresh_token');
    if (typeof token !== 'string') return missing('body', 'refresh_token');
    const judged = this.desk.judge(token);
    if (judged.state === 'expired') return json(401, { detail: 'Token has expired' });
    const role = roles.find(
      (one) => judged.state === 'good' && judged.kind === 'refresh' && one === judged.subject,
    );
    return role ? this.#session(role) : json(401, { detail: 'Could not validate credentials' });
  }

  #session(role: Role): DemoReply {
    const issue = (kind: 'access' | 'refresh', lifeMs: number): string =>
      this.desk.issue(role, { kind, lifeMs, claims: { role } });
    return json(200, {
      access_token: issue('access', accessLife),
      token_type: 'bearer',
      expires_in: accessLife / 1000,
      refresh_token: issue('refresh', refreshLife),
    });
  }

  /** Runs `answer` for whoever has a good access token and at least the role `least`. */
  #as(least: Role, { authorization }: DemoRequest, answer: (role: Role) => DemoReply): DemoReply {
    const token = bearer(authorization);
    if (token === null) return json(401, { detail: 'Not authenticated' });
    const judged = this.desk.judge(token);
    if (judged.state === 'expired') return json(401, { detail: 'Token has expired' });
    const role = roles.find(
      (one) => judged.state === 'good' && judged.kind === 'access' && one === judged.subject,
    );
    if (!role) return json(401, { detail: 'Could not validate credentials' });
    if (roles.indexOf(role) < roles.indexOf(least)) {
      return json(403, {
        detail: `Insufficient permissions. Required role: UserRole.${least.toUpperCase()}`,
      });
    }
    return answer(role);
  }

  #account(role: Role): unknown {
    const at = this.#lastLogin.get(role);
    return {
      username: role,
      email: `${role}@workstations.example`,
      full_name: fullNames[role],
      role,
      disabled: false,
      created_at: naive(this.#startedAt),
      last_login: at === undefined ? null : naive(at),
    };
  }

  #list(): unknown {
    this.#stations.advance(this.#now());
    return this.#stations.list.map((station, n) => ({
      id: station.id,
      name: station.name,
      ip_address: station.address,
      status: station.status,
      total_emulators: station.emulators,
      active_emulators: station.activeEmulators,
      cpu_usage: rounded(station.cpu),
      memory_usage: rounded(station.memory),
      disk_usage: rounded(station.disk),
      // The real list mixes times that name their zone with such that do not.
      last_seen: station.lastSeen === null ? null : `${naive(station.lastSeen)}${n % 2 === 0 ? 'Z' : ''}`,
    }));
  }

  #create({ body }: DemoRequest): DemoReply {
    const [name, address] = [fieldOf(body, 'name'), fieldOf(body, 'ip_address')];
    if (typeof name !== 'string' || name.trim() === '') return empty('name');
    if (typeof address !== 'string' || address.trim() === '') return empty('ip_address');
    for (const field of ['username', 'password']) {
      if (typeof fieldOf(body, field) !== 'string') return json(400, { detail: `'${field}'` });
    }
    const id = this.#stations.add(name, address);
    this.#cache.invalidate('workstations');
    return json(201, envelope(true, `Рабочая станция ${name} добавлена`, { id, workstation_id: id }));
  }

  #test(id: string): DemoReply {
    const station = this.#stations.list.find((one) => one.id === id);
    if (!station) return json(404, { detail: 'Workstation not found' });
    const connected = station.status === 'online';
    const words = connected ? 'успешно' : 'не удалось';
    return json(200, envelope(connected, `Подключение к ${station.name}: ${words}`, { connected }));
  }

  #statistics(): unknown {
    const { hits, misses, evictions, requests, hitRate, size } = this.#cache.totals;
    return {
      status: 'success',
      cache_stats: { hits, misses, evictions, total_requests: requests, hit_rate_percent: hitRate, size },
      timestamp: this.#time(),
    };
  }

  #metrics(): unknown {
    const { hits, misses, evictions, hitRate, size } = this.#cache.totals;
    const { list } = this.#stations;
    return {
      status: 'success',
      metrics: {
        cache: {
          hit_rate_percent: hitRate,
          total_hits: hits,
          total_misses: misses,
          evictions,
          cached_items: size,
        },
        managers: {
          workstations: list.length,
          ldplayers: list.reduce((sum, { emulators }) => sum + emulators, 0),
        },
        websockets: { active_connections: 0 },
      },
      timestamp: this.#time(),
    };
  }

  #invalidate({ query }: DemoRequest): DemoReply {
    const pattern = query.get('pattern');
    if (pattern === null) return missing('query', 'pattern');
    if (pattern === '') return json(400, { detail: 'Pattern cannot be empty' });
    this.#cache.invalidate(pattern);
    return told(`Кэш инвалидирован для паттерна: ${pattern}`, { pattern, invalidated_at: this.#time() });
  }

  #time(): string {
    return naive(this.#now());
  }
}

function envelope(success: boolean, message: string, data: unknown): unknown {
  return { success, message, data, error: success ? null : message };
}

function told(message: string, data: unknown): DemoReply {
  return json(200, envelope(true, message, data));
}

function empty(field: string): DemoReply {
  return json(422, { detail: `${field} is required and cannot be empty` });
}

function missing(place: 'body' | 'query', field: string): DemoReply {
  return json(422, {
    detail: [{ type: 'missing', loc: [place, field], msg: 'Field required', input: null }],
  });
}

/** Microseconds and no zone, as Python writes a time it takes for local. */
function naive(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000');
}

function rounded(value: number): number {
  return Number(value.toFixed(1));
}
