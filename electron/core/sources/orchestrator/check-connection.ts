import type { Clock } from '../../clock.ts';
import { createJsonClient } from '../http-json.ts';
import type { JsonClient } from '../http-json.ts';
import { SourceError } from '../source-error.ts';
import { authHeaders } from './auth-headers.ts';
import { readAddress } from './base-address.ts';
import { createDetection } from './detect-server.ts';
import type { ServerKind } from './detect-server.ts';
import { readTotals } from './read-engines.ts';
import { readStatus } from './read-status.ts';

const who = 'The orchestrator';
/** Guarded in every generation, changes nothing, and costs the server one look at its containers. */
const guardedPath = '/by-label?key=cachedeck.check&value=none';

type GuardAnswer =
  { readonly kind: 'open' | 'untold' } | { readonly kind: 'refused'; readonly why: SourceError };

/**
 * Asks an orchestrator once who it is, how many engines it has and whether it takes the key.
 * @returns what was found, as one sentence
 * @throws SourceError with what is wrong
 */
export async function checkOrchestrator(
  { url, apiKey }: { readonly url: string; readonly apiKey: string | null },
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<string> {
  const { root, versioned } = readAddress(url);
  const key = apiKey?.trim() || null;
  const clientWith = (headers: Readonly<Record<string, string>>): JsonClient =>
    createJsonClient({ who, baseUrl: root, headers, secrets: key === null ? [] : [key] });
  const client = clientWith(authHeaders(key));

  const kind = await createDetection(client, versioned)(signal);
  const askedAt = clock.mono();
  const engines = await countEngines(client, kind, root, signal);
  const ms = Math.round(clock.mono() - askedAt);

  const guard = await askGuard(clientWith({}), kind, signal);
  const keyed = key === null || guard.kind !== 'refused' ? null : await askGuard(client, kind, signal);
  if (keyed?.kind === 'refused') {
    throw new SourceError(keyed.why.code, `${nameOf(kind)} answers, but ${lowerFirst(keyed.why.message)}`);
  }
  return [
    `${nameOf(kind)} answers in ${ms} ms`,
    ...(engines === null ? [] : [`${engines} ${engines === 1 ? 'engine' : 'engines'}`]),
    `${keyWords(key, guard, keyed)}.`,
  ].join('; ');
}

function nameOf({ certain, version }: ServerKind): string {
  return certain ? `Orchestrator ${version}` : 'Orchestrator';
}

function keyWords(key: string | null, guard: GuardAnswer, keyed: GuardAnswer | null): string {
  if (keyed?.kind === 'open') return 'the key is accepted';
  if (guard.kind === 'open') return key === null ? 'no key is needed' : 'no key is needed, yours is ignored';
  if (guard.kind === 'refused' && key === null) return 'a key is needed for changes, none is given';
  return 'whether the key is right shows when something is changed';
}

/** null: the server does not tell. */
async function countEngines(
  client: JsonClient,
  kind: ServerKind,
  root: URL,
  signal: AbortSignal,
): Promise<number | null> {
  const { basePath, version } = kind;
  const status = await unlessAbsent(client.get(`${basePath}/orchestrator/status`, signal));
  if (status !== null) {
    return readStatus(status, { version, basePath }, 'GET /orchestrator/status').value.engines.total;
  }
  const totals = await unlessAbsent(client.get(`${basePath}/engines/stats/total`, signal));
  if (totals !== null) return readTotals(totals, 'GET /engines/stats/total').containerCount;
  if (kind.certain) return null;
  const under = root.pathname === '/' ? '' : ` below ${root.pathname}`;
  throw new SourceError(
    'not-found',
    `A server answers at ${root.host}, but there is no orchestrator${under} (404). Check port and path.`,
  );
}

/** null: the server has no such page. */
async function unlessAbsent(reply: Promise<unknown>): Promise<unknown> {
  try {
    return await reply;
  } catch (error) {
    if (error instanceof SourceError && !error.supported) return null;
    throw error;
  }
}

async function askGuard(
  client: JsonClient,
  { basePath }: ServerKind,
  signal: AbortSignal,
): Promise<GuardAnswer> {
  try {
    await client.get(basePath + guardedPath, signal);
    return { kind: 'open' };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    switch (error.code) {
      case 'unauthorized':
      case 'forbidden':
        return { kind: 'refused', why: error };
      case 'timeout':
      case 'cancelled':
        throw error;
      case 'unreachable':
      case 'not-found':
      case 'rate-limited':
      case 'server-error':
      case 'bad-reply':
      case 'tls':
        return { kind: 'untold' };
    }
  }
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
