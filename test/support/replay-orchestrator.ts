import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { systemClock } from '../../electron/core/clock.ts';
import type { Clock } from '../../electron/core/clock.ts';
import { changeFor } from './replay-changes.ts';
import type { ReplayedChange } from './replay-changes.ts';
import { scenarios } from './replay-scenarios.ts';
import type { Scenario, ScenarioName } from './replay-scenarios.ts';
import { newestTimestamp, shiftTimestamps } from './shift-timestamps.ts';

/** The key that the replayed servers accept for what they guard: every change and GET /by-label. */
export const replayKey = 'replay-key-0f6c';

export interface ReplayServer {
  readonly url: string;
  setScenario(name: ScenarioName): void;
  /** Requests that arrived for a path with its base path: '/api/v1/version'. */
  requestCount(path: string): number;
  close(): Promise<void>;
}

export interface ReplayOptions {
  /** Default 0: the system chooses. */
  readonly port?: number;
  readonly clock?: Clock;
}

function fixture(file: string): string {
  return readFileSync(new URL(`recordings/${file}`, import.meta.url), 'utf8');
}

function filesOf({ get, vpnTimeline }: Scenario): string[] {
  return [...Object.values(get), ...(vpnTimeline?.steps.map(({ file }) => file) ?? [])];
}

/** These are computed when asked for, so their own newest time is the moment of the request. */
const computed = new Set(['/orchestrator/status', '/vpn/status']);

/**
 * Serves the recorded replies of a scenario. The newest timestamp of the scenario becomes "now" and the others
 * keep their distance to it.
 */
export async function startReplay(
  name: ScenarioName,
  { port = 0, clock = systemClock }: ReplayOptions = {},
): Promise<ReplayServer> {
  let scenario: Scenario = scenarios[name];
  let startedAt = clock.mono();
  let newest = newestTimestamp(filesOf(scenario).map(fixture));
  const counts = new Map<string, number>();
  /** The last change that changed something. */
  let changed: { readonly at: number; readonly change: ReplayedChange } | null = null;

  const server = createServer((request, response) => {
    request.resume();
    const full = (request.url ?? '/').split('?')[0] ?? '/';
    counts.set(full, (counts.get(full) ?? 0) + 1);
    const base = scenario.bases.findLast((one) => full.startsWith(`${one}/`));
    const path = base === undefined ? null : full.slice(base.length);
    if (path === '/cache/clear' && request.method === 'POST')
      return guarded(request, response, clearedReply());
    if (path === '/by-label' && request.method === 'GET') return guarded(request, response, '[]');
    const change = path === null ? undefined : changeFor(scenario.changes, request.method ?? '', path);
    if (change) return guarded(request, response, '', change);
    const file = path === null ? undefined : fileFor(path);
    if (file === undefined || request.method !== 'GET') return notFound(response);
    const text = fixture(file);
    const latest = path !== null && computed.has(path) ? newestTimestamp([text]) : newest;
    return send(response, 200, shiftTimestamps(text, latest === null ? 0 : clock.wall() - latest));
  });

  function fileFor(path: string): string | undefined {
    const { vpnTimeline } = scenario;
    if (path === '/vpn/status' && vpnTimeline) {
      const seconds = ((clock.mono() - startedAt) / 1000) % vpnTimeline.cycleSeconds;
      return vpnTimeline.steps.findLast(({ from }) => from <= seconds)?.file;
    }
    const seconds = changed === null ? 0 : (clock.mono() - changed.at) / 1000;
    const afterwards = changed?.change.afterwards?.findLast(({ after }) => after <= seconds)?.get ?? {};
    const routes = { ...scenario.get, ...afterwards };
    return Object.hasOwn(routes, path) ? routes[path] : undefined;
  }

  function clearedReply(): string {
    const go = scenario.generation === 'go';
    return fixture(go ? 'synthetic/v2/cache_clear.json' : 'orchestrator/v1.5.0-no-vpn/cache_clear_200.json');
  }

  /** The same guard stands before all that needs the key, so its recorded refusals fit each of them. */
  function guarded(
    { headers }: IncomingMessage,
    response: ServerResponse,
    body: string,
    change: ReplayedChange | null = null,
  ): void {
    const bearer = headers.authorization;
    if (scenario.generation === 'go') {
      const accepted = headers['x-api-key'] === replayKey || bearer === `Bearer ${replayKey}`;
      if (accepted) return change ? changedBy(change, response) : send(response, 200, body);
      return send(response, 401, 'unauthorized', 'text/plain; charset=utf-8');
    }
    if (bearer === `Bearer ${replayKey}`) {
      return change ? changedBy(change, response) : send(response, 200, body);
    }
    const status = bearer?.startsWith('Bearer ') ? 403 : 401;
    return send(response, status, fixture(`orchestrator/v1.5.0-no-vpn/cache_clear_${status}.json`));
  }

  function changedBy(change: ReplayedChange, response: ServerResponse): void {
    if (change.afterwards) changed = { at: clock.mono(), change };
    const body = change.file === null ? (change.body ?? '') : bodyOf(fixture(change.file));
    send(response, change.status, body, change.contentType);
  }

  function notFound(response: ServerResponse): void {
    if (scenario.generation === 'go') return send(response, 404, '404 page not found', 'text/plain');
    return send(response, 404, '{"detail":"Not Found"}');
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = server.address();
  const boundPort = bound !== null && typeof bound === 'object' ? bound.port : port;
  return {
    url: `http://127.0.0.1:${boundPort}`,
    setScenario(next) {
      scenario = scenarios[next];
      changed = null;
      startedAt = clock.mono();
      newest = newestTimestamp(filesOf(scenario).map(fixture));
    },
    requestCount: (path) => counts.get(path) ?? 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Some recordings hold their status beside their body. */
function bodyOf(text: string): string {
  if (!text.startsWith('{')) return text;
  const value = JSON.parse(text) as object;
  return 'status' in value && 'body' in value ? JSON.stringify(value.body) : text;
}

function send(
  response: ServerResponse,
  status: number,
  body: string,
  contentType = 'application/json',
): void {
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
