import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { TtlCache } from '../../electron/core/cache/ttl-cache.ts';
import type { CacheEvent } from '../../electron/core/cache/types.ts';
import { systemClock } from '../../electron/core/clock.ts';
import { startHttpHost } from '../../electron/hosts/http-host.ts';
import type { Client } from '../../shared/rpc/client.ts';
import type { Role } from '../../shared/rpc/define.ts';
import { startCoreOnDemo } from '../support/core-on-demo.ts';
import { recordingAppLog } from '../support/recording-log.ts';

/** The keys of the bench's host, by role. */
const keys: Readonly<Record<Role, string>> = {
  viewer: 'the-viewer-key',
  operator: 'the-operator-key',
  admin: 'the-admin-key',
};

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** ms until it was read. */
  readonly ms: number;
}

export interface ControlBench {
  /** Asks over HTTP as a role; null: without a key. `wrong`: with a key that is none. */
  readonly ask: (method: string, path: string, as: Role | 'wrong' | null, body?: unknown) => Promise<Answer>;
  readonly client: Client;
  readonly cache: TtlCache;
  readonly events: readonly CacheEvent[];
}

/** The browser host with the control API on the demo: everything real. */
export async function onControl<T>(work: (bench: ControlBench) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'cachedeck-seeds-'));
  const caches: TtlCache[] = [];
  const events: CacheEvent[] = [];
  const { core, client } = await startCoreOnDemo({
    environment: {
      CACHEDECK_API_KEY: keys.admin,
      CACHEDECK_API_KEY_OPERATOR: keys.operator,
      CACHEDECK_API_KEY_VIEWER: keys.viewer,
    },
    fill: (cache) => {
      caches.push(cache);
      cache.on((event) => events.push(event));
    },
  });
  const { log } = recordingAppLog();
  const host = await startHttpHost({ core, pageFolder: folder, clock: systemClock, log });
  try {
    const [cache] = caches;
    if (!cache) throw new Error('The core has no cache');
    return await work({
      client,
      cache,
      events,
      async ask(method, path, as, body) {
        const started = performance.now();
        const key = as === 'wrong' ? 'a-key-of-nobody' : as && keys[as];
        const response = await fetch(new URL(path, host.url), {
          method,
          headers: {
            ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
            ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const text = await response.text();
        const { status, headers } = response;
        return { status, headers, text, ms: performance.now() - started };
      },
    });
  } finally {
    await host.close();
    await core.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const totals = z.object({
  hits: z.number(),
  misses: z.number(),
  size: z.number(),
  evictions: z.number(),
  hit_rate_percent: z.number(),
});

/** The bodies of the documents. */
export const bodies = {
  stats: z.object({
    size: z.number(),
    hits: z.number(),
    misses: z.number(),
    hit_rate: z.number(),
    entries: z.array(z.object({ key: z.string(), age: z.number(), ttl_remaining: z.number() })),
  }),
  cacheStats: z.object({ status: z.literal('success'), cache_stats: totals, timestamp: z.string() }),
  cleared: z.object({
    status: z.literal('success'),
    message: z.literal('Cache cleared'),
    entries_removed: z.number(),
  }),
  invalidated: z.object({
    status: z.literal('success'),
    message: z.string(),
    pattern: z.string(),
    entries_removed: z.number(),
  }),
  metrics: z.object({
    status: z.literal('success'),
    metrics: z.object({
      cache: totals,
      managers: z.object({ count: z.number() }),
      websockets: z.object({ active_connections: z.number() }),
    }),
    timestamp: z.string(),
  }),
  workstations: z.array(z.looseObject({ name: z.string() })),
  sessions: z.object({
    size: z.number(),
    sessions: z.array(
      z.object({ id: z.string(), user: z.string(), fields: z.number(), bytes: z.number(), hits: z.number() }),
    ),
  }),
} as const;

/** The body of a reply that should be a success. @throws when it is not, with what it is */
export function read<T>(schema: z.ZodType<T>, { status, text }: Answer): T {
  if (status >= 300) throw new Error(`${status} ${text}`);
  return schema.parse(JSON.parse(text));
}

/** Who asks in `statusesOf`, and what they are told where an admin alone may. */
export const asked = 'no key, a wrong one, viewer, operator, admin';
export const adminOnly = [401, 401, 403, 403, 200];

/** Statuses of a request without a key, with a wrong one, and as each role. */
export async function statusesOf({ ask }: ControlBench, method: string, path: string): Promise<number[]> {
  const statuses: number[] = [];
  for (const as of [null, 'wrong', 'viewer', 'operator', 'admin'] as const) {
    statuses.push((await ask(method, path, as)).status);
  }
  return statuses;
}
