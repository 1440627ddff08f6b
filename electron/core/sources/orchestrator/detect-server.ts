import { z } from 'zod';
import type { JsonClient } from '../http-json.ts';
import { SourceError } from '../source-error.ts';

/** Which generation answers, and under which base path. */
export interface ServerKind {
  readonly version: string;
  readonly basePath: '' | '/api/v1';
  /** false: nothing identified the server; it is read as one of the first releases. */
  readonly certain: boolean;
}

const versionReply = z.object({ version: z.string().min(1).max(60), title: z.string().optional() });
const unifiedReply = z.object({ version: z.string().max(60).optional(), go_unified: z.literal(true) });
const openApiReply = z.object({ info: z.object({ title: z.literal('On-Demand Orchestrator') }) });

/**
 * Tells the generations apart in the order of the upstream's history: GET /version (1.5.4 to 1.7),
 * GET /api/v1/version (2.x, or a proxy that exposes only that path), GET /openapi.json (before 1.5.4).
 * `versioned`: the operator's own address ended in /api/v1, which is the fallback when nothing tells.
 *
 * The returned function throws `SourceError` when the server cannot be asked; a missing or strange reply only leads
 * to the next probe. What was answered before a time limit is kept for the next attempt, so that a slow server is
 * recognised in the end though all probes together take longer than one read may.
 */
export function createDetection(
  client: JsonClient,
  versioned: boolean,
): (signal: AbortSignal) => Promise<ServerKind> {
  const answered = new Map<string, unknown>();

  async function probe(path: string, signal: AbortSignal): Promise<unknown> {
    if (!answered.has(path)) answered.set(path, await ask(client, path, signal));
    return answered.get(path);
  }

  async function detect(signal: AbortSignal): Promise<ServerKind> {
    const plain = versionReply.safeParse(await probe('/version', signal));
    if (plain.success) return { version: plain.data.version, basePath: '', certain: true };

    const reply = await probe('/api/v1/version', signal);
    const unified = unifiedReply.safeParse(reply);
    if (unified.success) {
      return { version: unified.data.version || '2.x', basePath: '/api/v1', certain: true };
    }
    const behindProxy = versionReply.safeParse(reply);
    if (behindProxy.success) {
      return { version: behindProxy.data.version, basePath: '/api/v1', certain: true };
    }

    const described = openApiReply.safeParse(await probe('/openapi.json', signal));
    if (described.success) return { version: 'before 1.5.4', basePath: '', certain: true };
    return { version: 'unknown', basePath: versioned ? '/api/v1' : '', certain: false };
  }

  return async (signal) => {
    try {
      const kind = await detect(signal);
      answered.clear();
      return kind;
    } catch (error) {
      const outOfTime =
        error instanceof SourceError && (error.code === 'timeout' || error.code === 'cancelled');
      if (!outOfTime) answered.clear();
      throw error;
    }
  };
}

/** null: this server has no such page. */
async function ask(client: JsonClient, path: string, signal: AbortSignal): Promise<unknown> {
  try {
    return await client.get(path, signal);
  } catch (error) {
    if (error instanceof SourceError && (!error.supported || error.code === 'bad-reply')) return null;
    throw error;
  }
}
