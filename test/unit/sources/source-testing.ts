import { onTestFinished } from 'vitest';
import type { ServerResponse } from 'node:http';
import { SourceError } from '../../../electron/core/sources/source-error.ts';
import { createOrchestratorSource } from '../../../electron/core/sources/orchestrator/create-orchestrator-source.ts';
import type { OrchestratorSource } from '../../../electron/core/sources/orchestrator/orchestrator-source.ts';
import type { Loopback } from '../../support/loopback.ts';
import { sendJson, startLoopback } from '../../support/loopback.ts';
import type { ReplayServer } from '../../support/replay-orchestrator.ts';
import { replayKey, startReplay } from '../../support/replay-orchestrator.ts';
import type { ScenarioName } from '../../support/replay-scenarios.ts';

/** A signal that nobody fires. */
export const patient = (): AbortSignal => new AbortController().signal;

/** The SourceError a read ends with; fails the test when it succeeds or throws something else. */
export async function failureOf(read: Promise<unknown>): Promise<SourceError> {
  const outcome = await read.then(
    () => 'succeeded',
    (error: unknown) => error,
  );
  if (outcome instanceof SourceError) return outcome;
  throw new Error(`expected a SourceError, got ${String(outcome)}`);
}

/** A replayed server and a source that reads it; both end with the test. */
export async function replayed(
  scenario: ScenarioName,
): Promise<{ server: ReplayServer; source: OrchestratorSource }> {
  const server = await startReplay(scenario);
  onTestFinished(() => server.close());
  return { server, source: createOrchestratorSource({ url: server.url, apiKey: replayKey }) };
}

export type Answer = (response: ServerResponse) => void;

/** A server that answers GET paths (without query) from a table, 404 elsewhere; it ends with the test. */
export async function served(routes: Readonly<Record<string, Answer>>): Promise<Loopback> {
  const server = await startLoopback((request, response) => {
    const answer = routes[(request.url ?? '').split('?')[0] ?? ''];
    if (answer) answer(response);
    else sendJson(response, 404, { detail: 'Not Found' });
  });
  onTestFinished(() => server.close());
  return server;
}

export const json =
  (body: unknown, status = 200): Answer =>
  (response) =>
    sendJson(response, status, body);

export const raw =
  (status: number, contentType: string, body: string, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': contentType, ...headers });
    response.end(body);
  };

/** A source that knows the server's generation from its first request on. */
export const pythonVersion = { '/version': json({ version: '1.7.3', title: 'On-Demand Orchestrator' }) };
