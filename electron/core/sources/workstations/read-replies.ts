import { z } from 'zod';
import type {
  ManagerCache,
  ManagerMetrics,
  WorkstationList,
} from '../../../../shared/contract/workstations.ts';
import { number, readReply, recognised, section, text, time, word } from '../orchestrator/fields.ts';
import type { Observed } from '../orchestrator/orchestrator-source.ts';
import { oneLine } from '../server-detail.ts';
import { manager, ManagerRefusal } from './manager-client.ts';

const sender = 'a workstation manager';

/** Copied from the server's configuration by hand: a time that is none costs itself, not the list. */
const seen = time.catch(null);
/** The server's local time without its zone tells no moment, so only a time with a zone counts. */
const observed = z
  .preprocess((value) => (/(?:[zZ]|[+-]\d{2}:?\d{2})$/.test(String(value)) ? value : null), time)
  .catch(null);

const workstations = z
  .array(
    z.object({
      id: z.union([z.string().min(1), z.number()]).transform(String),
      name: text,
      ip_address: text,
      status: word(['online', 'offline', 'connecting', 'error']),
      total_emulators: number,
      active_emulators: number,
      cpu_usage: number,
      memory_usage: number,
      disk_usage: number,
      last_seen: seen,
    }),
  )
  .max(5000);

/** GET /api/workstations: a bare list. Its numbers are those of the server's configuration, so it has no time. */
export function readWorkstations(reply: unknown, endpoint: string): Observed<WorkstationList> {
  const rows = readReply(workstations, reply, endpoint, sender);
  return {
    observedAt: null,
    value: {
      workstations: rows.map((row) => ({
        id: row.id,
        name: row.name,
        address: row.ip_address,
        status: row.status,
        emulators: row.total_emulators,
        activeEmulators: row.active_emulators,
        cpuPercent: row.cpu_usage,
        memoryPercent: row.memory_usage,
        diskPercent: row.disk_usage,
        lastSeen: row.last_seen,
      })),
    },
  };
}

/** Both dialects of the cache's counters: the names of the statistics, and those of the real server's metrics. */
const counters = {
  hits: number,
  total_hits: number,
  misses: number,
  total_misses: number,
  evictions: number,
  size: number,
  cached_items: number,
  total_requests: number,
  hit_rate_percent: number,
} as const;

function cacheOf(wire: z.output<z.ZodObject<typeof counters>>): ManagerCache {
  return {
    hits: wire.hits ?? wire.total_hits,
    misses: wire.misses ?? wire.total_misses,
    evictions: wire.evictions,
    size: wire.size ?? wire.cached_items,
    requests: wire.total_requests,
    hitRatePercent: wire.hit_rate_percent,
  };
}

const statistics = z.object({ cache_stats: recognised(counters), timestamp: observed });

/** GET /api/performance/cache-stats. */
export function readCacheStats(reply: unknown, endpoint: string): Observed<ManagerCache> {
  const { cache_stats: wire, timestamp } = readReply(statistics, reply, endpoint, sender);
  return { value: cacheOf(wire), observedAt: timestamp };
}

const metrics = z.object({
  metrics: z.object({
    cache: section(counters),
    managers: section({ workstations: number, ldplayers: number, count: number }),
    websockets: section({ active_connections: number }),
  }),
  timestamp: observed,
});

/** GET /api/performance/metrics. `managers.count` (in the older form) counts those of workstations. */
export function readMetrics(reply: unknown, endpoint: string): Observed<ManagerMetrics> {
  const { metrics: wire, timestamp } = readReply(metrics, reply, endpoint, sender);
  const { managers, websockets } = wire;
  return {
    observedAt: timestamp,
    value: {
      cache: cacheOf(wire.cache),
      workstations: managers.workstations ?? managers.count,
      emulators: managers.ldplayers,
      websockets: websockets.active_connections,
    },
  };
}

const envelope = z
  .object({
    success: z.boolean().nullish(),
    status: text,
    message: text,
    error: text,
    entries_removed: number,
    data: z.object({ id: text, workstation_id: text }).nullish().catch(null),
  })
  .nullable();

/** What an action led to, in the server's words. */
interface Done {
  readonly message: string;
  /** As the server counted; null: it does not say. */
  readonly removed: number | null;
  /** Of what was made; null: it does not say. */
  readonly id: string | null;
}

const silently = 'The server accepted the request and said no more.';
/** Where the older form puts its count. */
const counted = /^(\d{1,9}) cache entr(?:y|ies) invalidated/i;

/**
 * The reply to an action, in both forms of the envelope.
 * @param secrets what must not be repeated
 * @throws ManagerRefusal when a reply with a good status says that nothing was done
 */
export function readDone(reply: unknown, endpoint: string, secrets: readonly string[] = []): Done {
  const wire = readReply(envelope, reply, endpoint, sender);
  const words = oneLine(wire?.message ?? wire?.error ?? '');
  const said = words !== null && secrets.some((secret) => words.includes(secret)) ? null : words;
  if (wire?.success === false || wire?.status === 'error') {
    const tail = said === null ? '' : `: ${said}`;
    throw new ManagerRefusal('server-error', `${manager} did not do it (${endpoint}${tail}).`, {
      status: 200,
      said,
    });
  }
  const inWords = counted.exec(said ?? '')?.[1];
  return {
    message: said ?? silently,
    removed: wire?.entries_removed ?? (inWords === undefined ? null : Number(inWords)),
    id: wire?.data?.id ?? wire?.data?.workstation_id ?? null,
  };
}

/** Whether a workstation answered its manager: a refusal in a good reply and a 400 both mean "no". */
export async function readConnected(
  ask: Promise<unknown>,
  endpoint: string,
): Promise<{ ok: boolean; message: string }> {
  try {
    const { message } = readDone(await ask, endpoint);
    return { ok: true, message };
  } catch (error) {
    const no = error instanceof ManagerRefusal && (error.status === 400 || error.status === 200);
    if (!no) throw error;
    return { ok: false, message: error.said ?? error.message };
  }
}
